"""Partnership on both databases: what falls due, what comes back, and what must hold when many act at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.partnership import queries
from services.partnership.commands import CreateSignatureLink, SignAgreement, SignByLink
from services.partnership.domain.agreement import Agreement
from services.partnership.handlers import agreement, match, need, signing
from services.partnership.main import SERVICE
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedPosted, NeedState
from shared.kernel.work import Context
from shared.messaging.log import OUTBOX
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.migrated import migrate
from tests.unit.partnership.alliance import (
    COOP_OFFICE,
    ENTERPRISE_ADMIN,
    RULEBOOK,
    TODAY,
    Alliance,
)

TOKEN_HASH = "hash of the token"


class StoredAlliance(Alliance):
    """The same alliance in a real database."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.works: Works[PartnershipWork] = Works(database, PartnershipWork, RULEBOOK)

    async def do(self, handler: Any, command: object, **context: Any) -> Any:
        told = {"actor": "test:per_1", "now": self.at, **context}
        async with self.works.open(Context(**told)) as work:
            return await handler(command, work)

    async def proposed(self, posted: Any, line_no: int = 1, **fields: Any) -> Any:
        event = self.proposal(posted, line_no, **fields)
        await self.do(match.keep_proposal, event)
        return await self.kept(event.match_id)

    async def kept(self, match_id: str) -> Any:
        async with self.works.open(Context(actor="test:per_1", now=self.at)) as work:
            return await work.matches.get(match_id)

    async def due(self, find: Any) -> list[str]:
        async with self.database.reading() as connection:
            return await find(connection, self.at, 10)


@pytest.fixture
async def stored(database_url: str) -> AsyncIterator[StoredAlliance]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield await StoredAlliance(database).open()
    await database.close()


async def test_what_a_need_is_is_told_before_what_happened_to_it(stored: StoredAlliance) -> None:
    await stored.post()

    async with stored.database.reading() as connection:
        told = (
            await connection.execute(
                select(OUTBOX.c.type).order_by(OUTBOX.c.id).where(OUTBOX.c.type.contains(".need."))
            )
        ).scalars()
    assert list(told) == [NeedState.wire.type, NeedPosted.wire.type]


async def test_needs_and_matches_fall_due_when_their_time_is_over(stored: StoredAlliance) -> None:
    posted = await stored.post(expires_at=stored.at + timedelta(days=20))
    proposed = await stored.proposed(posted)
    early = [await stored.due(find) for find in (queries.matches_to_expire, queries.needs_to_expire)]
    stored.later(days=15)
    matches = await stored.due(queries.matches_to_expire)
    stored.later(days=5)
    needs = await stored.due(queries.needs_to_expire)

    await stored.do(match.expire_match, proposed.id)
    await stored.do(need.expire_need, posted.id)

    late = [await stored.due(find) for find in (queries.matches_to_expire, queries.needs_to_expire)]
    assert (early, matches, needs, late) == ([[], []], [proposed.id], [posted.id], [[], []])


async def test_agreements_fall_due_on_their_first_day_and_after_their_last(stored: StoredAlliance) -> None:
    paper = await stored.signed(starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    early = await stored.due(queries.agreements_to_activate)
    stored.later(days=1)
    begun = await stored.due(queries.agreements_to_activate)
    await stored.do(agreement.activate_agreement, paper.id)
    running = await stored.due(queries.agreements_to_complete)
    stored.later(days=2)

    over = await stored.due(queries.agreements_to_complete)

    assert (early, begun, running, over) == ([], [paper.id], [], [paper.id])


async def test_a_whole_agreement_comes_back_as_it_was_kept(stored: StoredAlliance) -> None:
    paper = await stored.signed(await stored.confirmed(await stored.post()), starts_on=TODAY - timedelta(days=200))

    async with stored.works.open(Context(actor="test:per_1", now=stored.at)) as work:
        kept = await work.agreements.get(paper.id)

    assert kept == paper


async def link(stored: StoredAlliance, paper: Agreement) -> None:
    """Let somebody of the enterprise sign once."""
    command = CreateSignatureLink(
        link_id=new_id("signature_link"),
        agreement_id=paper.id,
        organization_id=stored.enterprise,
        roles=ENTERPRISE_ADMIN,
        signatory="Legal Representative",
        token_hash=TOKEN_HASH,
    )
    await stored.do(signing.create_signature_link, command)


async def test_a_link_shows_what_is_to_be_signed(stored: StoredAlliance) -> None:
    paper = await stored.submitted()
    await link(stored, paper)

    async with stored.database.reading() as connection:
        linked = await queries.linked_agreement(connection, TOKEN_HASH)

    assert linked is not None
    assert (linked.organization_id, linked.type, linked.starts_on) == (stored.enterprise, "framework", TODAY)
    assert linked.content["goals"] == paper.content.goals


async def test_of_many_who_use_a_link_at_once_one_signs(stored: StoredAlliance) -> None:
    paper = await stored.submitted()
    await link(stored, paper)

    uses = [stored.do(signing.sign_by_link, SignByLink(token_hash=TOKEN_HASH)) for _ in range(8)]
    outcomes = await asyncio.gather(*uses, return_exceptions=True)

    assert len([outcome for outcome in outcomes if isinstance(outcome, Agreement)]) == 1


async def test_parties_who_sign_at_once_both_sign(stored: StoredAlliance) -> None:
    paper = await stored.submitted(await stored.confirmed(await stored.post()))
    commands = [
        SignAgreement(agreement_id=paper.id, organization_id=organization_id, roles=roles)
        for organization_id, roles in ((stored.university, COOP_OFFICE), (stored.enterprise, ENTERPRISE_ADMIN))
    ]

    outcomes = await asyncio.gather(*(stored.do(signing.sign_agreement, command) for command in commands))

    assert sorted(outcome.status for outcome in outcomes) == ["active", "pending_signatures"]
