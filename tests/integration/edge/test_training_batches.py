"""Internships in batches: consents asked, insurances, papers, signings and approvals, each by one request."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.ids import new_id
from tests.integration.edge.planned import School, planned

CONSENT, TRIPARTITE = {"kind": "consent_paper"}, {"kind": "tripartite_paper"}


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    async with planned(database_url, tmp_path) as made:
        yield made


async def outcomes(school: School, act: str, rows: list[dict[str, Any]], who: dict[str, str] | None = None) -> Any:
    answer = await school.client.post(f"/v1/batches/{act}", json={"rows": rows}, headers=who or school.office)
    return answer.raise_for_status().json()["rows"]


def statuses(rows: list[dict[str, Any]]) -> list[tuple[int, str | None]]:
    return [(row["status"], row["problem"] and row["problem"]["code"]) for row in rows]


async def test_papers_are_printed_put_out_and_signed_each_by_one_request(school: School) -> None:
    id = school.someone.placement_id

    printed = await outcomes(
        school,
        "placements/papers",
        [{"id": id, "body": TRIPARTITE}, {"id": new_id("placement"), "body": TRIPARTITE}, {"id": id, "body": CONSENT}],
    )
    papers = [row["answer"]["id"] for row in printed if row["answer"]]
    out = await outcomes(school, "signings", [{"body": {"document_id": paper}} for paper in (*papers, papers[0])])
    rounds = [row["answer"] for row in out if row["answer"]]
    given = [{"id": round["id"], "body": {"sha256": round["sha256"]}} for round in rounds]
    signed = await outcomes(school, "signings/signatures", given)

    assert statuses(printed) == [(201, None), (404, "not_found"), (201, None)]
    assert [row["answer"]["kind"] for row in printed if row["answer"]] == ["tripartite_paper", "consent_paper"]
    assert [round["document_id"] for round in rounds] == papers
    assert statuses(out) == [(201, None), (201, None), (409, "already_out")]
    # The school signs the agreement, and has no part in the consent.
    assert [row["status"] for row in signed] == [201, 403]
    assert signed[0]["answer"]["pending"][0].startswith("role:enterprise_admin@")


async def test_the_same_paper_twice_in_a_batch_is_one_document(school: School) -> None:
    row = {"id": school.someone.placement_id, "body": TRIPARTITE}

    one, other = await outcomes(school, "placements/papers", [row, row])

    assert one["answer"]["id"] == other["answer"]["id"]


async def test_guardians_are_asked_by_one_request_each_with_a_link_that_opens(school: School) -> None:
    row = {"id": school.someone.placement_id, "body": {"guardian_name": "王芳"}}

    asked = await outcomes(school, "placements/consent-links", [row, {**row, "id": new_id("placement")}, row])

    assert [status for status, _ in statuses(asked)] == [201, 404, 201]
    for link in (asked[0]["answer"], asked[2]["answer"]):
        assert (await school.client.get(link["path"])).status_code == 200


async def test_checks_and_approvals_are_answered_row_by_row(school: School) -> None:
    rows = [{"id": school.someone.placement_id}, {"id": "plc_1"}]

    checked = await outcomes(school, "placements/checks", rows)
    approved = await outcomes(school, "placements/approval", rows)

    assert [status for status, _ in statuses(checked)] == [200, 422]
    assert checked[0]["answer"]["status"] == "blocked"
    assert [status for status, _ in statuses(approved)] == [409, 422]


async def test_what_one_row_has_changed_the_next_one_meets(school: School) -> None:
    insurance = {
        "kind": "insurance",
        "paper": {"number": "A1", "issuer": "保险公司", "issued_on": "2026-08-30"},
        "covers_from": "2026-09-01",
        "covers_to": "2027-08-31",
        "payer": "school",
        "deducted_from_pay": False,
    }
    row = {"id": school.someone.placement_id, "body": insurance}

    first, second = await outcomes(school, "placements/evidence", [row, row])

    assert (first["status"], second["status"]) == (200, 200)
    assert second["answer"]["version"] == first["answer"]["version"] + 1
