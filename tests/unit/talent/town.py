"""Talent's unit of work over memory, with a region in it."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from services.talent.domain.candidate import Candidate, KnownObligation, KnownOrganization, Offer
from services.talent.domain.proposal import Proposal
from services.talent.storage import TalentWork
from tests.fakes import MemoryStore, memory_work
from tests.unit.talent.world import NEED, RULEBOOK, UNIVERSITY, base, organization, programme, teacher

Handle = Callable[[Any, Any], Awaitable[object]]


class Town:
    """What talent knows and has published; each event is handled in a work of its own, as if it came in a batch."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.know(organization())

    def know(self, *things: Candidate | Offer | KnownOrganization | KnownObligation) -> None:
        """Keep things as if their projections had written them."""
        readers: dict[type, Any] = {
            Candidate: TalentWork.candidates,
            Offer: TalentWork.offers,
            KnownOrganization: TalentWork.organizations,
            KnownObligation: TalentWork.obligations,
        }
        for thing in things:
            self.store.put(readers[type(thing)].mapping, thing)

    async def hear(self, handle: Handle, event: object, **context: Any) -> list[Any]:
        """Let a handler act on an event; the facts that it published."""
        before = len(self.store.facts)
        work = self.work(**{"correlation_id": NEED, **context})
        await handle(event, work)
        await work.flush()
        return self.store.facts[before:]  # type: ignore[return-value]

    def work(self, **context: Any) -> TalentWork:
        """A unit of work over this town."""
        return memory_work(TalentWork, self.store, rules=RULEBOOK, **context)

    async def proposals(self) -> dict[str, Proposal]:
        """What was proposed, by candidate."""
        return {found.candidate_id: found for found in await self.work().proposals.where()}


def region() -> Iterable[Candidate]:
    """Three programmes, two bases and six teachers of one university, and some who do not fit."""
    yield from (programme(number) for number in (1, 2, 3))
    yield from (base(number) for number in (1, 2))
    yield from (teacher(number) for number in range(1, 7))
    yield programme(8, skills=())
    yield base(8, status="planned")
    yield teacher(8, teacher_kind="public_basic")
    yield teacher(9, organization_id=UNIVERSITY, region_code="420102")
