"""One transaction for state, outbox and audit, over one command or over a whole batch of events.

Work proceeds in steps. What a step loads is shared by all of them, what it changes counts only once the step is kept;
a step that fails is dropped and leaves no trace. Nothing reaches the database before `flush`, and then every table is
written by one statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, TypeVar, cast

import orjson
from sqlalchemy import Table

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event, Message
from shared.contracts.ids import new_event_id
from shared.contracts.versions import dataschema_of
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import academic_year
from shared.kernel.work import Context
from shared.persistence.changes import Afterwards, Changes, Key, Store, Written
from shared.persistence.floors import Floors
from shared.persistence.mapping import Mapping
from shared.persistence.record import Record, record_of
from shared.persistence.remembering import RememberingStore
from shared.persistence.sets import Row
from shared.persistence.statements import How
from shared.persistence.unit_of_work.burying import burial_of
from shared.persistence.unit_of_work.counting import fits, recounted
from shared.persistence.unit_of_work.repositories import Stored, StoredRepository
from shared.rules.decision import Decision
from shared.rules.engine import Rulebook

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")


class UnitOfWork:
    """The work of one service: its repositories are class attributes (`needs = Stored(Need, NeedRow)`)."""

    service: ClassVar[str]
    _mappings: ClassVar[dict[type[Any], Mapping[Any]]]

    def __init_subclass__(cls) -> None:
        cls._mappings = {}
        for attribute in vars(cls).values():
            if isinstance(attribute, Stored):
                cls._mappings[attribute.mapping.shape] = attribute.mapping

    def __init__(self, store: Store, context: Context, *, rules: Rulebook | None = None) -> None:
        self.store = RememberingStore(store)
        self._rules = rules
        self._floors: Floors = {}
        self._context = context
        self._known: dict[Key, Aggregate] = {}
        self._was: dict[Key, int] = {}
        self._kept = Changes()
        self._step = Changes()
        self._rulepack: str | None = None

    @classmethod
    def mapping_of(cls, shape: type[T]) -> Mapping[T]:
        """How aggregates of this shape are kept."""
        return cls._mappings[shape]

    @classmethod
    def mappings(cls) -> dict[type[Any], Mapping[Any]]:
        """Every kind of aggregate that is kept, with its table."""
        return dict(cls._mappings)

    def begin_above(self, floors: Floors) -> None:
        """Let those of these ids that are born here begin above their versions."""
        self._floors = floors

    # What a handler sees

    @property
    def context(self) -> Context:
        """Who acts, when and why."""
        return self._context

    @property
    def rules(self) -> Rulebook:
        """The rule packs of this service."""
        if self._rules is None:
            raise LookupError(f"{self.service} has no rule packs")
        return self._rules

    def decide(self, decision: Decision) -> None:
        """Keep a rule decision with its inputs; facts saved after it in this step name its rule pack."""
        self._rulepack = decision.rulepack
        self._step.decisions.append(
            {
                "id": decision.id,
                "subject": decision.subject,
                "rulepack": decision.rulepack,
                "decided_on": self._context.now,
                "body": orjson.loads(decision.to_json()),
            }
        )

    def audit(self, act: str, subject: str, *, organization_id: str | None = None, reason: str | None = None) -> None:
        """Write into the audit trail who did what to which object."""
        self._step.audits.append(
            {
                "at": self._context.now,
                "actor": self._context.actor,
                "organization_id": organization_id,
                "act": act,
                "subject": subject,
                "request_id": self._context.request_id,
                "reason": reason,
            }
        )

    def forward(self, record: Record) -> None:
        """Send a record on as it is: a dead letter for whoever watches the service's dead-letter topic."""
        self._step.records.append(record)

    def tell(self, fact: Event, *, story: str) -> None:
        """Publish a fact about something that this service keeps no versions of."""
        self._record(fact, sequence=1, story=story, test=self._context.test)

    def keep_row(self, table: Table, row: Row, how: How = "add") -> None:
        """Write a row that is no aggregate's in this transaction; how, `sets.Part` says."""
        self._step.extras.append((table, how, row))

    def afterwards(self, step: Afterwards) -> None:
        """Do this to the database's tables in this transaction, once everything else is written."""
        self._step.afterwards.append(step)

    def repository(self, shape: type[A]) -> StoredRepository[A]:
        """The repository of aggregates of this shape."""
        return StoredRepository(self, self._mappings[shape])

    def tell_again(self, aggregate: Aggregate, *, above: int) -> None:
        """Give an aggregate a version above its own and above another, and publish its state under it.

        For a database that was restored: versions up to `above` were told before, and would be passed over as old.
        """
        raised = replace(aggregate, version=max(aggregate.version, above) + 1)
        self._step.aggregates[(type(aggregate), aggregate.id)] = raised

    def tell_unchanged(self, aggregate: Aggregate) -> None:
        """Publish the state of an aggregate that this work has loaded once more, under the version that it has.

        For topics that were lost. What is loaded is locked, so that no newer state can go out before this one:
        compaction would keep the older of the two.
        """
        self._tell_state(aggregate)

    # Steps

    def begin_step(self, context: Context) -> None:
        """What follows happens for this reason."""
        self.drop_step()
        self._context = context

    def keep_step(self) -> None:
        """What the step changed counts."""
        self._kept.absorb(self._step)
        self._step = Changes()
        self._rulepack = None

    def drop_step(self) -> None:
        """Forget what the step changed."""
        if self._step:
            self._step = Changes()
        self._rulepack = None

    async def prefetch(self, shape: type[A], ids: Iterable[str]) -> None:
        """Load and lock many aggregates by one statement, in the order of their ids."""
        mapping = self._mappings[shape]
        wanted = sorted({id for id in ids if (shape, id) not in self._known})
        if wanted:
            for thing in await self.store.load(mapping, wanted):
                self._learn(thing)

    async def flush(self, *, last: bool = False) -> None:
        """Write all kept changes. The transaction that holds them is still to be committed, unless they are its `last`:
        then the store may have done it, and nothing may follow."""
        self.keep_step()
        if not self._kept:
            return
        for key, aggregate in self._kept.aggregates.items():
            self._tell_state(aggregate)
            self._move_reach(key, aggregate)
        # States before what happened: whoever acts on an event finds what it tells of.
        self._step.absorb(self._kept)
        self._kept, self._step = self._step, Changes()
        await self.store.write(self._tables(), self._kept, last=last)
        self._was.update({key: thing.version for key, thing in self._kept.aggregates.items()})
        self._known.update(self._kept.aggregates)
        self._kept = Changes()

    # What its repositories ask of it

    async def find(self, mapping: Mapping[A], id: str) -> A | None:
        """The one with this id as this work has it now, or None."""
        if (seen := self._seen((mapping.shape, id))) is not None:
            return cast("A", seen)
        loaded: list[A] = await self.store.load(mapping, [id])
        return self._learn(loaded[0]) if loaded else None

    async def known(self, mapping: Mapping[A], ids: Iterable[str]) -> dict[str, A]:
        """Those with these ids as this work has them now."""
        wanted = set(ids)
        await self.prefetch(mapping.shape, wanted)
        seen = {id: self._seen((mapping.shape, id)) for id in wanted}
        return {id: cast("A", thing) for id, thing in seen.items() if thing is not None}

    async def where(self, mapping: Mapping[A], equals: dict[str, object]) -> list[A]:
        """All whose columns equal the values as this work has them now, by id."""
        found = [self._learn(thing) for thing in await self.store.where(mapping, equals)]
        changes = {**self._kept.aggregates, **self._step.aggregates}
        changed = {key[1]: cast("A", thing) for key, thing in changes.items() if key[0] is mapping.shape}
        if not changed:
            return found
        matching = (thing for thing in changed.values() if fits(mapping.row(thing), equals))
        unchanged = (thing for thing in found if thing.id not in changed)
        return sorted((*unchanged, *matching), key=lambda thing: thing.id)

    async def count(self, mapping: Mapping[A], by: Sequence[str], equals: dict[str, object]) -> list[tuple[Row, int]]:
        """How many there are as this work has them now, for each value of the columns `by`."""
        changed = {**self._kept.aggregates, **self._step.aggregates}
        moved = ((self._known.get(key), thing) for key, thing in changed.items() if key[0] is mapping.shape)
        return recounted(await self.store.count(mapping, by, equals), moved, mapping, by, equals)

    def keep(self, aggregate: A, facts: tuple[Event, ...]) -> A:
        """Count the change and its facts into the step; go on with what is returned."""
        key: Key = (type(aggregate), aggregate.id)
        seen = self._seen(key)
        if (seen.version if seen else 0) != aggregate.version:
            raise AssertionError(f"{aggregate.id} was changed from a copy that is no longer the newest")
        version = aggregate.version if seen else self._floor(aggregate)
        for sequence, fact in enumerate(facts, start=version + 1):
            self._record(fact, sequence=sequence, story=aggregate.story, test=aggregate.test)
        kept = replace(aggregate, version=version + max(1, len(facts)))
        self._step.aggregates[key] = kept
        return kept

    def _floor(self, born: Aggregate) -> int:
        return self._floors.get((self._mappings[type(born)].table.name, born.id), 0) if self._floors else 0

    def _seen(self, key: Key) -> Aggregate | None:
        return self._step.aggregates.get(key) or self._kept.aggregates.get(key) or self._known.get(key)

    def _learn(self, thing: A) -> A:
        key: Key = (type(thing), thing.id)
        if key not in self._known:
            self._known[key] = thing
            self._was[key] = thing.version
        return cast("A", self._seen(key))

    def _record(self, body: Message, *, sequence: int, story: str, test: bool) -> None:
        context = self._context
        envelope = Envelope(
            id=new_event_id(),
            source=f"/sunmao/{self.service}",
            type=body.wire.type,
            subject=body.subject,
            time=context.now,
            sequence=sequence,
            correlationid=context.correlation_id or story,
            dataschema=dataschema_of(type(body)),
            causationid=context.causation_id or context.request_id,
            actor=context.actor,
            region=vars(body).get("region_code"),
            rulepack=self._rulepack,
            academicyear=academic_year(context.today),
            test=test or context.test,
            traceparent=context.traceparent,
        )
        self._step.records.append(record_of(body, envelope))

    def _tell_state(self, aggregate: Aggregate) -> None:
        if aggregate.is_forgotten:
            self._step.records += burial_of(aggregate, self.service, self._context)
        elif (state := aggregate.state()) is not None:
            self._record(state, sequence=aggregate.version, story=aggregate.story, test=aggregate.test)

    def _move_reach(self, key: Key, aggregate: Aggregate) -> None:
        known = self._known.get(key)
        before = known.owners if known else frozenset[str]()
        named = {"kind": aggregate.kind, "object_id": aggregate.id}
        self._step.reached += [{"owner": owner, **named} for owner in sorted(aggregate.owners - before)]
        self._step.released += [{"owner": owner, **named} for owner in sorted(before - aggregate.owners)]

    def _tables(self) -> list[Written]:
        tables: dict[type[Aggregate], Written] = {}
        for (shape, id), thing in sorted(self._kept.aggregates.items(), key=lambda item: item[0][1]):
            table = tables.setdefault(shape, Written(self._mappings[shape], [], []))
            row = table.mapping.row(thing)
            was = self._was.get((shape, id))
            if was is None:
                table.new.append(row)
            else:
                table.replaced.append({**row, "was": was})
        return list(tables.values())
