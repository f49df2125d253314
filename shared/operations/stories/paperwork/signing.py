"""Steps 4 to 6 of story S4: insurances, agreements, their signatures and the approvals, each by one request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.teller import Teller


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The signings by placement, and the statuses that the approvals were answered with."""

    signings: Mapping[str, str]
    approved: Sequence[str]


async def insure(teller: Teller, cast: InternshipCast, planned: Mapping[str, str]) -> None:
    """Enter every student's insurance."""
    teller.step(4, "The insurances are entered by one request")
    rows = [{"id": placement, "body": _insurance(teller, cast, placement)} for placement in planned.values()]
    await teller.batch("insurances", cast.cooperation, "training", "placements/evidence", rows)


async def sign(teller: Teller, cast: InternshipCast, planned: Mapping[str, str]) -> Mapping[str, str]:
    """The signings by placement, each complete."""
    teller.step(5, "The agreements are printed, put out and signed by school and enterprise, each by one request")
    rows = [{"id": placement, "body": {"kind": "tripartite_paper"}} for placement in planned.values()]
    papers = await teller.batch("papers", cast.cooperation, "training", "placements/papers", rows)
    asked = [{"body": {"document_id": paper["id"]}} for paper in papers]
    rounds = await teller.batch("signings", cast.cooperation, "training", "signings", asked)
    given = [{"id": round["id"], "body": {"sha256": round["sha256"]}} for round in rounds]
    for side, who in (("school", cast.cooperation), ("enterprise", cast.administrator)):
        await teller.batch(f"signatures/{side}", who, "training", "signings/signatures", given)
    for name, row in zip(planned, given, strict=True):
        teller.say(f"{row['id']} is signed by its student")
        path = f"/v1/signings/{row['id']}/signatures"
        await teller.post(f"signature/{row['id']}", cast.student(name), "training", path, row["body"])
    # What the platform cannot know of its own paper the school says: that it follows the official model.
    stated = [{"id": paper["about"], "body": _on_model(paper)} for paper in papers]
    await teller.batch("models", cast.cooperation, "training", "placements/evidence", stated)
    return {str(round["about"]): str(round["id"]) for round in rounds}


async def approve(teller: Teller, cast: InternshipCast, planned: Mapping[str, str]) -> Sequence[str]:
    """The statuses of the placements, once they are checked and approved."""
    teller.step(6, "All internships are checked and approved, each by one request")
    rows = [{"id": placement} for placement in planned.values()]
    checked = await teller.batch("checks", cast.cooperation, "training", "placements/checks", rows)
    teller.say(f"checked: {', '.join(sorted({placement['status'] for placement in checked}))}")
    approved = await teller.batch("approvals", cast.cooperation, "training", "placements/approval", rows)
    return [str(placement["status"]) for placement in approved]


def _on_model(paper: Mapping[str, Any]) -> dict[str, Any]:
    of_paper = {"number": paper["number"], "issuer": "校企合作处", "issued_on": paper["issued_on"]}
    return {
        "kind": "tripartite_agreement",
        "paper": {**of_paper, "document": paper["id"]},
        "signed_by": ["school", "enterprise", "student"],
        "on_official_model": True,
    }


def _insurance(teller: Teller, cast: InternshipCast, placement: str) -> dict[str, Any]:
    number = f"责任险-{placement[-6:]}"
    return {
        "kind": "insurance",
        "paper": {"number": number, "issuer": "保险公司（演示）", "issued_on": teller.run.day(0)},
        "covers_from": cast.starts_on.isoformat(),
        "covers_to": cast.ends_on.isoformat(),
        "payer": "school",
        "deducted_from_pay": False,
    }
