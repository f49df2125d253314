"""Talent on both databases, from what others tell to what it proposes and shows, and back from what they answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from services.talent.main import SERVICE
from services.talent.queries import demands_to_look_at_again
from shared.contracts.partnership import Candidate, MatchConfirmed, MatchDeclined, NeedWithdrawn
from shared.persistence.database import Database
from tests.conformance.deliveries import dead_letters, now
from tests.conformance.docking import PROGRAMMES, Docking, by, region
from tests.migrated import migrate
from tests.unit.talent.test_demand import S1, contracted
from tests.unit.talent.world import ENTERPRISE, NEED, OTHER, UNIVERSITY, posted

OFFICE = f"university_academic_office@{UNIVERSITY}"
ENTRY = {
    "code": "460301",
    "name": "机电一体化技术",
    "level": "college",
    "region_code": "500101",
    "total_half_credits": 280,
    "skills": [{"code": "6-31-01-03", "level": "senior"}],
}


@pytest.fixture
async def docking(database_url: str) -> AsyncIterator[Docking]:
    """Talent where a region has arrived and no need yet."""
    database = Database(database_url)
    await migrate(database, SERVICE)
    made = Docking(database)
    await made.hear(*region())
    yield made
    await made.client.aclose()
    await database.close()


@pytest.fixture
async def matched(docking: Docking) -> Docking:
    """Talent that has proposed candidates for the need of the headline story."""
    await docking.hear((posted(S1), 1))
    return docking


def answer(proposal: Any) -> dict[str, Any]:
    """What partnership tells of a proposal that was answered."""
    candidate = Candidate(kind=proposal["candidate_kind"], id=proposal["candidate_id"], organization_id=UNIVERSITY)
    return {
        "match_id": proposal["id"],
        "need_id": NEED,
        "line_no": proposal["line_no"],
        "need_organization_id": ENTERPRISE,
        "candidate": candidate,
    }


async def test_everybody_is_listed_page_by_page_and_once(docking: Docking) -> None:
    first = await docking.get("/v1/candidates", "ops", limit=4)
    rest = await docking.get("/v1/candidates", "ops", limit=100, cursor=first["next"])

    ids = [item["candidate_id"] for item in (*first["items"], *rest["items"])]
    assert len(first["items"]) == 4
    assert (len(ids), len({*ids}), rest["next"]) == (11, 11, None)


async def test_a_candidate_is_listed_with_what_it_is_offered_as(docking: Docking) -> None:
    page = await docking.get("/v1/candidates", "alliance_office", kind="programme", organization_id=UNIVERSITY)

    assert [item["candidate_id"] for item in page["items"]] == PROGRAMMES
    assert all(item["offered_as"] == ["order_class"] and item["organization_known"] for item in page["items"])


async def test_a_need_is_answered_by_a_proposal_for_every_candidate_that_fits(matched: Docking) -> None:
    ranked = await matched.get(f"/v1/needs/{NEED}/candidates", f"enterprise_admin@{ENTERPRISE}")

    assert [len(line["ranking"]) for line in ranked["lines"]] == [3, 2, 6]
    shown = {candidate["match_id"] for line in ranked["lines"] for candidate in line["ranking"]}
    assert shown == {proposal["id"] for proposal in await matched.rows("proposal")}


async def test_a_ranking_is_shown_to_who_posted_the_need_and_to_the_alliance_s_office(matched: Docking) -> None:
    callers = [f"enterprise_admin@{OTHER}", f"alliance_office@{OTHER}"]

    answers = [await matched.client.get(f"/v1/needs/{NEED}/candidates", headers=by(who)) for who in callers]

    assert [answer.status_code for answer in answers] == [404, 200]


async def test_what_both_sides_answered_counts_for_the_partner(matched: Docking) -> None:
    one, other = (await matched.rows("proposal"))[:2]
    confirmed = MatchConfirmed(**answer(one))
    declined = MatchDeclined(**answer(other), declined_by_id=UNIVERSITY, reason="no places")

    await matched.hear((confirmed, 2), (declined, 2))

    assert [(record["confirmed"], record["answered"]) for record in await matched.rows("track_record")] == [(1, 2)]


async def test_an_amended_need_proposes_nobody_a_second_time(matched: Docking) -> None:
    amended = posted((("order_class", 24), ("co_build_base", 1)), amended=True)

    await matched.hear((amended, 2), (contracted(1), 3))

    assert len(await matched.rows("proposal")) == 11


async def due(docking: Docking, **later: int) -> list[str]:
    """The needs to be looked at again by then."""
    async with docking.database.reading() as connection:
        return await demands_to_look_at_again(connection, now() + timedelta(**later), 10)


async def test_a_need_gets_a_second_look_after_a_while(matched: Docking) -> None:
    assert (await due(matched), await due(matched, minutes=2)) == ([], [NEED])


async def test_where_a_side_said_no_somebody_else_is_looked_for_at_once(matched: Docking) -> None:
    one = (await matched.rows("proposal"))[0]

    await matched.hear((MatchDeclined(**answer(one), declined_by_id=UNIVERSITY, reason="no places"), 2))

    assert await due(matched) == [NEED]


async def test_a_need_that_is_withdrawn_closes_its_proposals(matched: Docking) -> None:
    await matched.hear((NeedWithdrawn(need_id=NEED, organization_id=ENTERPRISE, reason="no longer needed"), 2))

    assert {proposal["status"] for proposal in await matched.rows("proposal")} == {"closed"}
    assert list(await dead_letters(matched.database)) == []


async def test_a_programme_is_entered_and_replaced_over_the_version_that_was_seen(docking: Docking) -> None:
    entered = await docking.client.post("/v1/programmes", json=ENTRY, headers=by(OFFICE))
    tag = {"if-match": entered.headers["etag"]}

    replaced = await docking.client.put(
        entered.headers["location"], json={**ENTRY, "students": 5}, headers=by(OFFICE, **tag)
    )

    assert (entered.status_code, replaced.status_code) == (201, 200)
    assert (replaced.json()["students"], replaced.json()["version"]) == (5, 2)


async def test_programmes_are_narrowed_by_what_is_given(docking: Docking) -> None:
    await docking.client.post("/v1/programmes", json=ENTRY, headers=by(OFFICE))
    asked = [{"code": "460301", "level": "college"}, {"code": "460301", "level": "secondary"}, {"code": "1"}]

    found = [await docking.get("/v1/programmes", f"enterprise_admin@{OTHER}", **query) for query in asked]

    assert [len(page["items"]) for page in found] == [1, 0, 0]


@pytest.mark.parametrize(
    "wrong", [{"level": "unheard-of"}, {"skills": [{"code": "6-31-01-03", "level": "unheard-of"}]}]
)
async def test_a_level_that_nobody_knows_is_refused(docking: Docking, wrong: dict[str, Any]) -> None:
    refused = await docking.client.post("/v1/programmes", json={**ENTRY, **wrong}, headers=by(OFFICE))

    assert refused.status_code == 422
