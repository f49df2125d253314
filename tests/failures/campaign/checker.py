"""The checker: after everything has come to rest, databases and topics are held against the journal and each other."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from shared.persistence.spine import DeadLetterRow, InboxRow, OutboxRow, table_of
from tests.failures.campaign.checks.accounting import check_accounting
from tests.failures.campaign.checks.commands import check_commands
from tests.failures.campaign.checks.consequences import check_consequences
from tests.failures.campaign.checks.notices import check_notices
from tests.failures.campaign.checks.order import check_order
from tests.failures.campaign.checks.quotas import check_quotas
from tests.failures.campaign.checks.states import check_states
from tests.failures.campaign.evidence import Told, read_all
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.installation import Installation
from tests.failures.campaign.journal import Journal
from tests.failures.campaign.rows import Rows

_LOOKS: Final = 3
_STILL_SECONDS: Final = 8.0
_LONG_STILL_SECONDS: Final = 60.0
_LOOK_EVERY: Final = 1.0
_TABLES: Final = (table_of(OutboxRow), table_of(InboxRow), table_of(DeadLetterRow))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was told, and what was wrong with it."""

    told: Told
    harm: Harm


class Checker:
    """Looks into an installation that was healed. What only came late is no harm."""

    def __init__(self, installation: Installation, journal: Journal) -> None:
        self._installation = installation
        self._journal = journal

    async def judge(self, seconds: float) -> Verdict:
        """Wait for quiet, check; where there is harm look again, in case that it was only late."""
        rows, ends = Rows(self._installation.databases), time.monotonic() + seconds
        try:
            for look in range(1, _LOOKS + 1):
                await self._quiet(rows, ends)
                verdict = await self._check(rows)
                if verdict.harm.none or look == _LOOKS:
                    break
                await asyncio.sleep(_STILL_SECONDS)
            return verdict
        finally:
            await rows.close()

    async def _quiet(self, rows: Rows, ends: float) -> None:
        """Until nothing moves: for a while, or for long where something is still to be sent or waits for its parent."""
        seen: Mapping[str, int] = {}
        since = time.monotonic()
        while time.monotonic() < ends:
            now = await self._counts(rows)
            if now != seen:
                seen, since = now, time.monotonic()
            if time.monotonic() - since > (_LONG_STILL_SECONDS if self._waiting(now) else _STILL_SECONDS):
                return
            await asyncio.sleep(_LOOK_EVERY)

    def _waiting(self, counts: Mapping[str, int]) -> int:
        embedded = self._installation.bootstrap is None
        return sum(number for name, number in counts.items() if "letter" in name or ("outbox" in name and not embedded))

    async def _counts(self, rows: Rows) -> Mapping[str, int]:
        counts = {}
        for name, database in rows.databases.items():
            try:
                async with database.reading() as connection:
                    for table in _TABLES:
                        number = await connection.execute(select(func.count()).select_from(table))
                        counts[f"{name} {table.name}"] = int(number.scalar_one())
            except (DBAPIError, OSError):
                counts[name] = -1
        return counts

    async def _check(self, rows: Rows) -> Verdict:
        told, harm = await read_all(rows.databases, self._installation.bootstrap), Harm()
        embedded = self._installation.bootstrap is None
        check_order(told, harm)
        await check_commands(self._journal, told, rows, harm)
        await check_consequences(self._journal, told, rows, harm)
        await check_quotas(self._journal, rows, harm)
        await check_accounting(told, rows, harm, embedded=embedded)
        await check_states(told, rows, harm)
        await check_notices(told, rows, harm)
        return Verdict(told, harm)
