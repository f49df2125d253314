"""Any course of commands, deliveries, crashes and mendings: nothing is lost, doubled or reordered."""

import asyncio
from collections.abc import Coroutine, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, TypeVar

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shared.persistence.database import Database
from tests.conformance.fragile import Crashed, Mishap
from tests.conformance.model import BLOCKING, ORDERS, Kind, Listener, Order, Told, World
from tests.conformance.sample import create_tables
from tests.conformance.stand import Stand

T = TypeVar("T")

KEYS = 3
keys = st.integers(0, KEYS - 1)
kinds = st.sampled_from(("good", "good", "good", "poison", "refused", "orphan", "garbled"))
mishaps = st.sampled_from(("none", "none", "none", "before commit", "after commit", "race", "away"))
crashes = st.sampled_from(("none", "none", "none", "before commit", "after commit"))
orders = st.sampled_from(ORDERS)
shares = st.lists(st.tuples(keys, st.integers(1, 4)), max_size=4)


class Deliveries(RuleBasedStateMachine):
    """Outbox, transport, pipelines and inboxes beside the model of them."""

    empty: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.world = World()
        self.stand = Stand(Path(self.folder.name), self.empty, self.world)
        self.keys = self.run(self.stand.open_classes(KEYS))
        self.log: list[Told] = []
        self.listeners = {order: Listener(order, self.world) for order in ORDERS}
        self.read_to = dict.fromkeys(ORDERS, 0)

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(step)

    @rule(wanted=st.lists(st.tuples(keys, kinds), min_size=1, max_size=8), mishap=crashes)
    def command(self, wanted: list[tuple[int, Kind]], mishap: Mishap) -> None:
        """Something happens at the school; a crash before the commit takes all of it back."""
        events: list[Told] = []
        for place, kind in wanted:
            key = self.keys[place]
            events.append(Told(key, 2 + sum(told.key == key for told in (*self.log, *events)), kind))
        try:
            self.run(self.stand.command(events, mishap))
        except Crashed:
            self.stand.start()
        if mishap != "before commit":
            self.log += events

    @rule(order=orders, mishap=mishaps)
    def read(self, order: Order, mishap: Mishap) -> None:
        """A consumer of the embedded edition reads on to the end of the log."""
        self.run(self.stand.read(order, mishap))
        if self._expect(self.listeners[order], self.log[self.read_to[order] :], mishap):
            self.read_to[order] = len(self.log)

    @rule(share=shares, again=st.lists(st.integers(0, 10**6), max_size=4), mishap=mishaps)
    def deliver(self, share: list[tuple[int, int]], again: list[int], mishap: Mishap) -> None:
        """A broker hands out what comes next of some keys, in any order of the keys, and things it has handed out."""
        places = [place for number in again if self.log and self._is_known(place := number % len(self.log))]
        for key, count in share:
            places += [place for place in self._next(self.keys[key]) if place not in places][:count]
        batch = [self.log[place] for place in places]
        if mishap != "away" and any(listener.refuses(batch) for listener in self.listeners.values()):
            # Whom it befalls is not said: while one of them begins again with half, another commits.
            mishap = "none"
        acknowledged = self.run(self.stand.deliver(places, mishap))
        # On so few they act in one transaction: what befalls it befalls all of them.
        expected = [self._expect(listener, batch, mishap) for listener in self.listeners.values()]
        assert acknowledged == all(expected)

    @rule(mishap=mishaps)
    def retry(self, mishap: Mishap) -> None:
        """Second chances, of which a crash or an absence ends the round."""
        self.run(self.stand.retry(mishap))
        listeners = self.listeners.values()
        parts = [(each, part) for each in listeners for part in each.second_parts(each.due())]
        until = {"none": len(parts), "race": len(parts), "after commit": 1}.get(mishap, 0)
        for listener, part in parts[:until]:
            for event in part:
                listener.retry(event)

    @rule(order=orders, number=st.integers(0, 10**6))
    def replay(self, order: Order, number: int) -> None:
        """A person has one open letter run again, mended or not."""
        if open_ones := self.listeners[order].open():
            event = open_ones[number % len(open_ones)]
            self.run(self.stand.replay(order, [event]))
            self.listeners[order].replay([event])

    @rule(order=orders, number=st.integers(0, 10**6))
    def discard(self, order: Order, number: int) -> None:
        """A person does not care for one."""
        if open_ones := self.listeners[order].open():
            event = open_ones[number % len(open_ones)]
            self.run(self.stand.discard(order, event))
            self.listeners[order].letters[event] = "discarded"

    @rule(number=st.integers(0, 10**6))
    def mend(self, number: int) -> None:
        """From now on the handlers can digest this one."""
        if self.log:
            self.world.mended.add(self.log[number % len(self.log)])

    @rule(key=keys)
    def arrive(self, key: int) -> None:
        """What the orphans of a key waited for is there."""
        self.world.arrived.add(self.keys[key])

    @rule()
    def restart(self) -> None:
        """The process ends in good order and another begins."""
        self.stand.start()

    @invariant()
    def the_databases_hold_what_the_model_holds(self) -> None:
        if not hasattr(self, "stand"):
            return
        for order, listener in self.listeners.items():
            view = self.stand.view(order)
            expected = {(event.key, event.number): status for event, status in listener.letters.items()}
            assert view.heard == listener.heard, order
            assert {place: status for place, (_, status) in view.letters.items()} == expected, order
            assert view.claims == len(listener.claimed), order

    def teardown(self) -> None:
        if hasattr(self, "stand"):
            try:
                self._settle()
                self._nothing_is_lost_doubled_or_reordered()
            finally:
                self.run(self.stand.close())
                self.loop.close()
                self.folder.cleanup()

    def _settle(self) -> None:
        """Everything is delivered, mended and replayed; what nobody can read is discarded."""
        self.world.arrived.update(self.keys)
        self.world.mended.update(self.log)
        for order, listener in self.listeners.items():
            self.read(order, "none")
            while any(status in BLOCKING for status in listener.letters.values()):
                self.retry("none")
                garbled = [event for event in listener.open() if event.kind == "garbled"]
                for event in garbled:
                    self.run(self.stand.discard(order, event))
                    listener.letters[event] = "discarded"
                self.run(self.stand.replay(order, listener.open()))
                listener.replay(listener.open())

    def _nothing_is_lost_doubled_or_reordered(self) -> None:
        """Without the model: what was told is what was heard, but for what was discarded."""
        for order, listener in self.listeners.items():
            discarded = {event for event, status in listener.letters.items() if status == "discarded"}
            heard = self.stand.view(order).heard
            for key in self.keys:
                told = [event.number for event in self.log if event.key == key and event not in discarded]
                numbers = heard.get(key, [])
                if order == "ordered":
                    assert numbers == told
                elif order == "free":
                    assert sorted(numbers) == told
                else:
                    assert set(numbers) <= set(told)
                    assert all(a < b for a, b in pairwise(numbers))

    def _expect(self, listener: Listener, batch: list[Told], mishap: Mishap) -> bool:
        """Let the model take a batch with what happens meanwhile; whether it was acknowledged."""
        parts = list(listener.commits(batch))
        if not parts or mishap in {"none", "away"}:
            done = len(parts)
        elif mishap == "race":
            # Tried again, but for the one that was just found to be refused.
            done = 0 if listener.refuses(parts[0]) else len(parts)
        else:
            done = int(mishap == "after commit")
        for part in parts[:done]:
            listener.take(part)
        return done == len(parts) and not (parts and mishap == "after commit")

    def _is_known(self, place: int) -> bool:
        return all(self.log[place] in listener.claimed for listener in self.listeners.values())

    def _next(self, key: str) -> list[int]:
        """The places of a key's events from the first on that somebody has not acted on."""
        places = [place for place, event in enumerate(self.log) if event.key == key]
        return [place for place in places if not self._is_known(place)]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A database file with tables and nothing in them."""

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
        await create_tables(database)
        await database.close()

    asyncio.run(make())
    return tmp_path / "empty.db"


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """Nothing that the services log is news here."""
    structlog.configure(processors=[_drop])
    yield
    structlog.reset_defaults()


def _drop(*_what: Any) -> Any:
    raise structlog.DropEvent


def test_any_course_of_things_ends_as_the_model_says(empty: Path) -> None:
    Deliveries.empty = empty
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
