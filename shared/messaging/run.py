"""One pass of a batch through one transaction: claim, project, react step by step, set aside what fails."""

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.event import Message
from shared.errors import NotFound
from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Context, NotYet, Told
from shared.messaging import dead_letters
from shared.messaging.blame import is_away, is_database, is_race
from shared.messaging.consumer import Consumer, Foresee, Reaction
from shared.messaging.dead_letters import SetAside
from shared.messaging.delivery import Delivery, raw_event
from shared.messaging.inbox import Inbox
from shared.messaging.projecting import Projector, standing_of
from shared.observability.logging import bind
from shared.observability.tracing import Tracing, consumer_attributes
from shared.persistence.unit_of_work import UnitOfWork
from shared.persistence.work import Works

log: Any = structlog.get_logger(__name__)

Refused = Mapping[str, Exception]
"""Ids of events of which the database has said that it cannot keep them, with what it said."""
NOTHING_REFUSED: Final[Refused] = MappingProxyType({})


class BehindAnotherError(Exception):
    """An earlier event of the same key is set aside, and this reaction keeps their order."""


class RefusedByDatabaseError(Exception):
    """The database cannot keep what this event asks for."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every pass of one consumer uses."""

    consumer: Consumer
    works: Works[Any]
    projector: Projector
    tracing: Tracing

    async def open(self, connection: AsyncConnection, now: datetime) -> UnitOfWork:
        """A unit of work on this transaction."""
        context = Context(actor=f"system:{self.consumer.service}", now=now)
        work: UnitOfWork = await self.works.on(connection, context)
        return work

    async def react(self, delivery: Delivery, work: UnitOfWork, now: datetime) -> None:
        """One event's step: its own context, its own span, its own function. Raises whatever the function raises."""
        envelope = delivery.envelope
        attributes = partial(
            consumer_attributes,
            group=self.consumer.name,
            event_id=envelope.id,
            event_type=envelope.type,
            outcome="processed",
        )
        hop = delivery.texts.get("traceparent") or envelope.traceparent
        # A replay belongs to the operator's request; what it repeats is a link, not its parent.
        parent, links = (self.tracing.capture(), [hop]) if delivery.replay and hop else (hop, [])
        with (
            bind(event_id=envelope.id, correlation_id=envelope.correlationid, consumer=self.consumer.name),
            self.tracing.continue_from(parent, f"process {delivery.topic}", links=links, attributes=attributes),
        ):
            work.begin_step(self._context(delivery, now))
            await self._call(delivery, work)

    async def prefetch(self, deliveries: Sequence[Delivery], work: UnitOfWork) -> None:
        """Load what these events will ask for, each kind of aggregate by one statement."""
        wanted: dict[type[Aggregate], set[str]] = defaultdict(set)
        for delivery in deliveries:
            for shape, id in self._named_by(delivery):
                wanted[shape].add(id)
        for shape, ids in wanted.items():
            await work.prefetch(shape, ids)
        for foresee, events in self._foreseen(deliveries).items():
            await _foresee(foresee, events, work)

    def _foreseen(self, deliveries: Iterable[Delivery]) -> dict[Foresee, dict[str, Message]]:
        """The events of each kind of foresight, by their ids."""
        foreseen: dict[Foresee, dict[str, Message]] = defaultdict(dict)
        for delivery in deliveries:
            reaction = self.consumer.reactions.get(delivery.type)
            if reaction is not None and reaction.foresee is not None:
                # Its own step meets the same bytes and sets them aside.
                with contextlib.suppress(ValueError):
                    foreseen[reaction.foresee][delivery.envelope.id] = delivery.read(reaction.body)
        return foreseen

    def _named_by(self, delivery: Delivery) -> Iterable[tuple[type[Aggregate], str]]:
        reaction = self.consumer.reactions.get(delivery.type)
        if reaction is None or reaction.loads is None:
            return ()
        try:
            return reaction.loads(delivery.read(reaction.body))
        except ValueError:
            # Its own step meets the same bytes and sets them aside.
            return ()

    def _context(self, delivery: Delivery, now: datetime) -> Context:
        envelope = delivery.envelope
        return Context(
            actor=f"system:{self.consumer.service}",
            now=now,
            correlation_id=envelope.correlationid,
            causation_id=envelope.id,
            test=envelope.test,
            replay=delivery.replay,
            traceparent=self.tracing.capture() or envelope.traceparent,
            told=Told(envelope.source, envelope.sequence, envelope.time),
        )

    async def _call(self, delivery: Delivery, work: UnitOfWork) -> None:
        reaction = self.consumer.reactions.get(delivery.type)
        if reaction is not None:
            await _react_typed(reaction, delivery, work)
        elif self.consumer.raw_reaction is not None:
            await self.consumer.raw_reaction.react(raw_event(delivery), work)


async def _foresee(foresee: Foresee, events: Mapping[str, Message], work: UnitOfWork) -> None:
    try:
        await foresee(events, work)
    except Exception as error:
        if is_away(error) or is_race(error) or is_database(error):
            raise
        # One of them is bad; its own step finds out which, and the others do without foresight.
        log.debug("nothing was foreseen", error=type(error).__name__)


async def _react_typed(reaction: Reaction, delivery: Delivery, work: UnitOfWork) -> None:
    if delivery.payload is None and reaction.forget is not None:
        await reaction.forget(delivery.envelope.subject, work)
        return
    event = delivery.read(reaction.body)
    if event.subject != delivery.envelope.subject:
        raise ValueError("the subject of the envelope is not that of the body")
    await reaction.react(event, work)


class Run:
    """One pass over a batch."""

    def __init__(self, bench: Bench, batch: Sequence[Delivery], refused: Refused, now: datetime) -> None:
        self.bench = bench
        self.batch = batch
        self._refused = refused
        self.now = now
        self._sequences: dict[tuple[str, str], int] = {}
        self._blocked: set[str] = set()
        self.aside: list[SetAside] = []
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.ages: dict[str, list[float]] = defaultdict(list)

    @property
    def to_claim(self) -> Iterable[Delivery]:
        """Those that are acted on once. Of states all are acted on: what is older is found to be stale."""
        return (delivery for delivery in self._reacting if not self._follows(delivery))

    async def act(self, connection: AsyncConnection, work: UnitOfWork, claimed: Set[str], *, last: bool) -> None:
        """Do what the consumer does, once for each id that it could claim; what it changes is still to be written."""
        name = self.bench.consumer.name
        inbox, reacting = Inbox(connection, name), self._reacting
        if await self._project(connection, last=last):
            # What was looked up before it may have changed by it.
            work.store.forget()
        followed = {delivery.event_id for delivery in reacting if self._follows(delivery)}
        await self._react(reacting, followed | claimed, inbox, work)
        for item in self.aside:
            if item.status == "open":
                work.forward(dead_letters.dead_letter_record(work.service, name, item, self.now))
        inbox.remember_applied(self._sequences, work)
        work.keep_step()

    async def remember(self, connection: AsyncConnection) -> None:
        """Write down what was set aside."""
        await dead_letters.keep(connection, self.bench.consumer.name, self.aside, self.now)

    @property
    def _reacting(self) -> list[Delivery]:
        return [delivery for delivery in self.batch if delivery.type not in self.bench.consumer.projections]

    def _follows(self, delivery: Delivery) -> bool:
        return (reaction := self.bench.consumer.reactions.get(delivery.type)) is not None and not reaction.claims

    async def _project(self, connection: AsyncConnection, *, last: bool) -> bool:
        """Bring the consumer's tables up to date; whether there was anything for them."""
        projections = self.bench.consumer.projections
        standings = []
        for delivery in self.batch:
            if delivery.type not in projections:
                continue
            try:
                self._raise_if_refused(delivery)
                standings.append(standing_of(projections[delivery.type], delivery))
                self._done(delivery, "processed")
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with one record is that record's dead letter, never its neighbours' loss.
                self._set_aside(delivery, error)
        # Nothing follows where nothing else was there and nothing is set aside.
        await self.bench.projector.apply(connection, standings, last=last and len(standings) == len(self.batch))
        return bool(standings)

    async def _react(self, batch: Sequence[Delivery], claimed: set[str], inbox: Inbox, work: UnitOfWork) -> None:
        applied = await inbox.applied(delivery.envelope.subject for delivery in self._bound(batch, "latest"))
        # What the database refused is not asked for again: the question itself may be what it refuses.
        acting = [d for d in batch if d.event_id in claimed and d.event_id not in self._refused]
        await self.bench.prefetch(acting, work)
        self._blocked = await inbox.blocked_keys(delivery.key for delivery in self._bound(batch, "ordered"))
        for delivery in batch:
            if delivery.event_id not in claimed:
                self._done(delivery, "duplicate")
                continue
            # The same event twice in one batch: only the first delivery may act.
            claimed.discard(delivery.event_id)
            if self._is_stale(delivery, applied):
                self._done(delivery, "stale")
            else:
                await self._step(delivery, work)

    def _bound(self, batch: Sequence[Delivery], order: str) -> list[Delivery]:
        return [delivery for delivery in batch if self._order_of(delivery) == order and readable(delivery)]

    def _order_of(self, delivery: Delivery) -> str:
        reaction = self.bench.consumer.reactions.get(delivery.type)
        return reaction.order if reaction else "free"

    def _is_stale(self, delivery: Delivery, applied: dict[tuple[str, str], int]) -> bool:
        if self._order_of(delivery) != "latest" or not readable(delivery):
            return False
        envelope = delivery.envelope
        place = (envelope.source, envelope.subject)
        return envelope.sequence <= max(applied.get(place, -1), self._sequences.get(place, -1))

    async def _step(self, delivery: Delivery, work: UnitOfWork) -> None:
        try:
            self._raise_if_refused(delivery)
            self._raise_if_behind(delivery)
            await self.bench.react(delivery, work, self.now)
        except Exception as error:
            if is_away(error) or is_race(error) or is_database(error):
                raise
            work.drop_step()
            self._set_aside(delivery, error)
        else:
            work.keep_step()
            self._applied(delivery)
            self._done(delivery, "processed")

    def _applied(self, delivery: Delivery) -> None:
        if self._order_of(delivery) == "latest":
            envelope = delivery.envelope
            self._sequences[(envelope.source, envelope.subject)] = envelope.sequence

    def _raise_if_refused(self, delivery: Delivery) -> None:
        if self._refused and (error := self._refused.get(delivery.event_id)):
            raise RefusedByDatabaseError(str(getattr(error, "orig", error))) from error

    def _raise_if_behind(self, delivery: Delivery) -> None:
        if delivery.key in self._blocked and self._order_of(delivery) == "ordered":
            raise BehindAnotherError

    def _set_aside(self, delivery: Delivery, error: Exception) -> None:
        status = status_for(error)
        self.aside.append(SetAside.of(delivery, status, error))
        self._blocked.add(delivery.key)
        self._done(delivery, "dead_lettered" if status == "open" else status)

    def _done(self, delivery: Delivery, outcome: str) -> None:
        self.outcomes[(delivery.type, outcome)] += 1
        if outcome == "processed" and readable(delivery):
            self.ages[delivery.type].append((self.now - delivery.envelope.time).total_seconds())


def status_for(error: Exception) -> str:
    """How an event is set aside for this error."""
    if isinstance(error, NotYet | NotFound):
        return "waiting"
    return "parked" if isinstance(error, BehindAnotherError) else "open"


def readable(delivery: Delivery) -> bool:
    """Whether the envelope can be understood."""
    try:
        return bool(delivery.envelope)
    except ValueError:
        return False
