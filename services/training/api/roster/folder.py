"""Rosters that universities' systems put into a folder, `<organisation>/students`, `…/teachers`, …: taken once each."""

import asyncio
import re
from pathlib import Path
from typing import Any, Final

import structlog

from services.training import queries
from services.training.api.roster.kinds import KINDS, Kind
from services.training.api.roster.receiving import Receiving, read_roster
from services.training.api.roster.views import RosterDetail
from services.training.domain.roster.roster import Roster, RosterKind, StillApplying
from shared.contracts.ids import pattern
from shared.errors import LostRace, Refusal
from shared.imports.delivery import TABLE_ENDINGS, Delivered, Delivery
from shared.kernel.work import Context
from shared.messaging import faults
from shared.observability.metrics import RosterNumbers
from shared.tables import MAX_TABLE_BYTES
from shared.web.runtime import Runtime

log: Any = structlog.get_logger(__name__)

_EVERY: Final = 30.0
_ORGANIZATION: Final = re.compile(pattern("organization"))
_LANGUAGES: Final = ("zh", "en")
_KINDS: Final = {kind.address: KINDS[kind] for kind in RosterKind}
"""What lies in which folder of an institution."""


async def watch_rosters(runtime: Runtime) -> None:
    """Take what has been put into the folder, again and again, as long as this process leads."""
    log.info("rosters are taken from a folder", folder=str(runtime.rosters))
    numbers = _numbers(runtime)
    while runtime.rosters is not None:
        try:
            await take_rosters(runtime, runtime.rosters)
        except Exception:
            # What was not taken lies there still: the next turn finds it again.
            log.exception("the folder of rosters cannot be read", folder=str(runtime.rosters))
            numbers.failed()
        await asyncio.sleep(_EVERY)


async def take_rosters(runtime: Runtime, folder: Path) -> None:
    """Take what lies there now. What fails in one institution's folder does not stop the others'."""
    numbers = _numbers(runtime)
    for place in await asyncio.to_thread(_places, folder):
        kind = _KINDS[place.name]
        taking = _Taking(runtime, Delivery(place, "roster", TABLE_ENDINGS), kind, place.parent.name, numbers)
        try:
            await taking.take()
        except Exception:
            log.exception("a folder of rosters failed", folder=str(place))
            numbers.failed(kind.kind)


class _Taking:
    """One look into the folder of an institution's students, teachers or posts."""

    def __init__(
        self, runtime: Runtime, delivery: Delivery, kind: Kind, university_id: str, numbers: RosterNumbers
    ) -> None:
        self._runtime = runtime
        self._numbers = numbers
        self._delivery = delivery
        self._kind = kind
        self._university_id = university_id

    async def take(self) -> None:
        """Take every file that is complete, one after the other, until one has to wait."""
        await asyncio.to_thread(self._delivery.forget)
        for file in await asyncio.to_thread(self._delivery.claim):
            try:
                roster = await self._became(file)
            except (StillApplying, LostRace) as refusal:
                log.info("a roster waits for the one before it", roster=file.id, code=refusal.code)
                return
            except Refusal as refusal:
                await self._set_aside(file, refusal)
            else:
                await self._finish(file, roster)

    async def _became(self, file: Delivered) -> Roster:
        """The roster that a file became, now or before somebody was killed."""
        async with self._runtime.database.reading() as connection:
            kept = await queries.kept_roster(connection, file.id)
        if kept is not None and kept.university_id == self._university_id:
            return kept
        return await self._keep(await self._read(file))

    async def _read(self, file: Delivered) -> Receiving:
        content = await asyncio.to_thread(file.read, MAX_TABLE_BYTES)
        sent_by = self._context().actor
        return await read_roster(self._kind, content, university_id=self._university_id, sent_by=sent_by, id=file.id)

    async def _keep(self, receiving: Receiving) -> Roster:
        works = self._runtime.works
        async with works.database.writing() as connection:
            for part in await receiving.commands(connection):
                work = await works.on(connection, self._context())
                await receiving.keep(part, work)
                await work.flush()
        faults.reach("roster.kept")
        return receiving.became

    async def _finish(self, file: Delivered, roster: Roster) -> None:
        outcome = {
            language: RosterDetail.in_language(roster, language).model_dump(mode="json") for language in _LANGUAGES
        }
        log.info("a roster was taken", **self._about(file), became=roster.id, status=roster.status)
        await asyncio.to_thread(self._delivery.finish, file, {"roster_id": roster.id, **outcome})
        self._numbers.taken(self._kind.kind)

    async def _set_aside(self, file: Delivered, refusal: Refusal) -> None:
        reason = {"code": refusal.code, **{language: refusal.say(language) for language in _LANGUAGES}}
        log.warning("a roster was set aside", **self._about(file), code=refusal.code)
        await asyncio.to_thread(self._delivery.set_aside, file, reason)
        self._numbers.set_aside(self._kind.kind)

    def _about(self, file: Delivered) -> dict[str, str]:
        return {"roster": file.id, "kind": self._kind.kind, "university": self._university_id}

    def _context(self) -> Context:
        runtime = self._runtime
        return Context(actor=f"system:{runtime.service}", now=runtime.clock(), traceparent=runtime.tracing.capture())


def _numbers(runtime: Runtime) -> RosterNumbers:
    return runtime.metrics.rosters(runtime.service, RosterKind)


def _places(folder: Path) -> list[Path]:
    """The folders that are looked into, as far as they are there."""
    homes = sorted(folder.iterdir()) if folder.is_dir() else []
    places = [home / kind for home in homes if _ORGANIZATION.fullmatch(home.name) for kind in _KINDS]
    return [place for place in places if place.is_dir() and not place.is_symlink()]
