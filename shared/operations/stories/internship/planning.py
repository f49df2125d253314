"""Step 2 of story S2: internships are planned in one batch and get their papers; students and guardians consent."""

from collections.abc import Collection, Mapping
from typing import Any

from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.workshop import Intern, Workshop
from shared.operations.stories.teller import Teller
from shared.operations.visitor import AnswerError

_ALREADY_DONE = "already_done"
_SAID = {"given": True}


async def plan(teller: Teller, workshop: Workshop, cast: InternshipCast, posts: Mapping[str, str]) -> Mapping[str, str]:
    """The ids of the placements by student's name, each with all its papers but for what is told to be missing."""
    teller.step(2, "Twelve internships are planned in one batch, and seven that must not be")
    interns = workshop.interns
    body = {"placements": [_row(intern, workshop, cast, posts) for intern in interns]}
    made = await teller.post_when_ready("placements", cast.cooperation, "training", "/v1/placement-batches", body)
    if made["planned"] != len(interns):
        raise AnswerError(f"the batch was not planned: {[row for row in made['rows'] if row['message']]}")
    planned = {intern.name: str(row["placement_id"]) for intern, row in zip(interns, made["rows"], strict=True)}
    for placement in planned.values():
        await _hand_in(teller, cast, placement)
    await _consent(teller, workshop, cast, planned)
    return planned


def _row(intern: Intern, workshop: Workshop, cast: InternshipCast, posts: Mapping[str, str]) -> dict[str, Any]:
    stipend = intern.stipend_fen or workshop.posts[intern.post].stipend_fen
    return {
        "student_id": cast.students[intern.name],
        "post_id": posts[intern.post],
        "segments": [{"starts_on": cast.starts_on.isoformat(), "ends_on": cast.ends_on.isoformat()}],
        "terms": {
            "supervisor_id": cast.teacher,
            "pay": {"stipend_fen": stipend, "cycle_days": intern.cycle_days},
            "forced": False,
            "for_profit": False,
        },
    }


async def _hand_in(teller: Teller, cast: InternshipCast, placement: str) -> None:
    teller.say(f"papers of {placement}")
    today = teller.run.day(0)
    agreement = {
        "kind": "tripartite_agreement",
        "paper": {"number": f"三方-{placement[-6:]}", "issuer": "校企合作处", "issued_on": today},
        "signed_by": ["school", "enterprise", "student"],
        "on_official_model": True,
    }
    insurance = {
        "kind": "insurance",
        "paper": {"number": f"责任险-{placement[-6:]}", "issuer": "保险公司（演示）", "issued_on": today},
        "covers_from": cast.starts_on.isoformat(),
        "covers_to": cast.ends_on.isoformat(),
        "payer": "school",
        "deducted_from_pay": False,
    }
    for paper in (agreement, insurance):
        path = f"/v1/placements/{placement}/evidence"
        await teller.post(f"{paper['kind']}/{placement}", cast.cooperation, "training", path, paper)


async def _consent(teller: Teller, workshop: Workshop, cast: InternshipCast, planned: Mapping[str, str]) -> None:
    published = workshop.consent.model_dump()
    text = await teller.post("consent-text", cast.cooperation, "training", "/v1/consent-texts", published)
    given = await teller.all(cast.cooperation, "training", "/v1/consents")
    answered = {consent["placement_id"] for consent in given if consent["giver"] == "guardian"}
    for intern in workshop.interns:
        placement = planned[intern.name]
        teller.say(f"consent to {placement}")
        path, answer = f"/v1/placements/{placement}/consents", {**_SAID, "text_id": text["id"]}
        await teller.post(f"consent/{placement}", cast.student(intern.name), "training", path, answer)
        if intern.guardian:
            await _ask_guardian(teller, workshop.guardian, cast, placement, answered)


async def _ask_guardian(
    teller: Teller, name: str, cast: InternshipCast, placement: str, answered: Collection[str]
) -> None:
    """Let a guardian answer by a link, unless they have in an earlier part of this run."""
    if placement in answered:
        return
    link = await _link(teller, name, cast, placement)
    # The key is the link's: where the telling of one was cut short, another one is made and answered.
    await teller.post(f"guardian/{link['id']}", None, "training", f"{link['path']}/answer", _SAID)


async def _link(teller: Teller, name: str, cast: InternshipCast, placement: str) -> Mapping[str, Any]:
    """A new link. Its token is told once: where that telling was cut short, another link is made."""
    turn = 0

    async def made() -> Mapping[str, Any] | None:
        nonlocal turn
        turn += 1
        step, path = f"consent-link/{placement}/{turn}", f"/v1/placements/{placement}/consent-links"
        try:
            return await teller.post(step, cast.cooperation, "training", path, {"guardian_name": name})
        except AnswerError as error:
            if error.code != _ALREADY_DONE:
                raise
            return None

    return await teller.until("a link to consent with", made)
