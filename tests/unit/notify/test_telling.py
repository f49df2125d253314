"""What a story's parties had to be told beside what they were told: equal when all is well, else one sees which."""

import pytest

from services.notify import handlers
from services.notify.domain.directory import Known
from services.notify.queries import telling
from services.notify.queries.telling import NotKnownYet, Telling
from services.notify.storage import NotifyWork
from shared.contracts.event import Event
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.notify import EscalationRaised
from shared.contracts.partnership import NeedPosted
from shared.contracts.talent import MatchProposed
from shared.contracts.training import RuleOverridden
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.unit.notify.arrivals import arrive, give_places, know_on, raw
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, OFFICE_U, UNIVERSITY, golden

STORY = "need_1"
POSTED = golden(NeedPosted, organization_id=ENTERPRISE)
CANDIDATE = {"kind": "programme", "id": "prog_1", "organization_id": UNIVERSITY}
MATCHES = [
    golden(MatchProposed, match_id=f"mat_{n:026d}", need_organization_id=ENTERPRISE, candidate=CANDIDATE)
    for n in range(2)
]
BOTH = (Known(UNIVERSITY, 1, "university", UNIVERSITY), Known(ENTERPRISE, 1, "enterprise", ENTERPRISE))


async def publish(database: Database, event: Event) -> str:
    """Let the event come into the feed; its id."""
    event_id = new_event_id()
    told = {"type": event.wire.type, "payload": event.write(), "correlationid": STORY, "id": event_id}
    await arrive(database, raw(event.subject, **told))
    await give_places(database)
    return event_id


async def tell(database: Database, event: Event, event_id: str) -> None:
    """Let the inbox hear of it."""
    context = Context(actor="system:notify", now=NOON, causation_id=event_id, correlation_id=STORY)
    async with Works(database, NotifyWork).open(context) as work:
        await handlers.tell_parties(event, work)


async def due(database: Database) -> list[Telling]:
    async with database.reading() as connection:
        return await telling.due(connection, STORY)


async def told(database: Database) -> list[Telling]:
    async with database.reading() as connection:
        return await telling.told(connection, STORY)


async def test_what_was_told_is_what_had_to_be(database: Database) -> None:
    await know_on(database, *BOTH)
    for event in (POSTED, *MATCHES):
        await tell(database, event, await publish(database, event))

    assert await due(database) == await told(database)


async def test_a_digest_is_due_once_for_each_party_and_counts_its_matches(database: Database) -> None:
    await know_on(database, *BOTH)
    for event in MATCHES:
        await publish(database, event)

    need = MATCHES[0].need_id
    expected = {Telling(need, party, "match_proposed", 2) for party in (ADMIN_E, OFFICE_U)}
    assert set(await due(database)) == expected


async def test_what_nobody_was_told_is_due_nevertheless(database: Database) -> None:
    await know_on(database, *BOTH)
    event_id = await publish(database, POSTED)

    assert await due(database) == [Telling(event_id, ADMIN_E, "need_posted", 1)]
    assert await told(database) == []


async def test_what_was_told_of_no_event_is_not_due(database: Database) -> None:
    await know_on(database, *BOTH)
    await tell(database, POSTED, new_event_id())

    assert await due(database) == []
    assert [each.template for each in await told(database)] == ["need_posted"]


async def test_whose_office_is_not_known_cannot_be_said(database: Database) -> None:
    await publish(database, POSTED)

    with pytest.raises(NotKnownYet, match=ENTERPRISE):
        await due(database)


async def test_what_goes_to_every_authority_and_what_a_step_of_a_ladder_says_is_due_as_it_is_told(
    database: Database,
) -> None:
    await know_on(database, *BOTH, *(Known(new_id("organization"), 1, "government", UNIVERSITY) for _ in range(2)))
    for event in (golden(RuleOverridden), golden(EscalationRaised)):
        await tell(database, event, await publish(database, event))

    assert await due(database) == await told(database)
    assert [each.template for each in await told(database)].count("log_reminder") == 1
