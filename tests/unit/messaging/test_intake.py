"""In which order the consumers of a service get what came in."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from shared.contracts.event import Message
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedPosted, NeedState, NeedWithdrawn
from shared.messaging.consumer import Consumer, Order
from shared.messaging.delivery import Delivery
from shared.messaging.intake import Intake
from shared.messaging.pipeline import Pipeline
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from tests.conformance.deliveries import poison


class Pipe:
    """A pipeline that says when it begins and ends, and in between lets others have their turn."""

    def __init__(self, name: str, steps: list[str], *, keeps: bool = False, failing: bool = False) -> None:
        self.consumer = Consumer(name)
        if keeps:
            self.consumer.projection(NeedState, table="kept")(lambda _state: {})
        else:
            self.consumer.reaction(NeedWithdrawn)(_nothing)
        self._steps, self._failing = steps, failing

    def binds(self, _delivery: Delivery) -> bool:
        return True

    async def process(self, _deliveries: Sequence[Delivery]) -> None:
        self._steps.append(f"{self.consumer.name} begins")
        await asyncio.sleep(0)
        if self._failing:
            raise ConnectionError(self.consumer.name)
        await asyncio.sleep(0)
        self._steps.append(f"{self.consumer.name} ends")


def binding(*bodies: type[Message], order: Order = "free") -> Pipeline:
    """A pipeline that acts on what is of these types."""
    consumer, unused = Consumer("talent.bound"), None
    consumer.reaction(*bodies, order=order)(_nothing)
    return Pipeline(Bench(consumer, *[unused] * 3), *[unused] * 2)  # type: ignore[arg-type]


def intake_of(*pipes: Any) -> Intake:
    numbers = Metrics(CollectorRegistry()).group("talent", "sunmao.talent")
    them: Any = pipes
    door: Any = Pipe("talent.intake", [])
    return Intake(them, door, numbers)


def many() -> list[Delivery]:
    """More than all consumers would act on in one transaction."""
    return [poison(new_id("need"))] * 51


async def test_who_only_keeps_state_comes_before_all_who_act_and_these_act_side_by_side() -> None:
    steps: list[str] = []
    intake = intake_of(Pipe("one", steps), Pipe("keeper", steps, keeps=True), Pipe("other", steps))

    await intake.take(many())

    assert steps[:2] == ["keeper begins", "keeper ends"]
    assert steps[2:4] == ["one begins", "other begins"]


def test_an_event_is_shared_where_several_consumers_act_on_it() -> None:
    one, other = binding(NeedPosted), binding(NeedPosted, NeedWithdrawn)
    intake = intake_of(one, other)

    assert [intake.is_shared(body.wire.type) for body in (NeedPosted, NeedWithdrawn)] == [True, False]


def test_a_state_is_shared_with_who_takes_every_event_for_one_comes_with_it() -> None:
    keeper, feed = binding(NeedState, order="latest"), binding()
    feed.consumer.raw("sunmao.")(_nothing)

    assert intake_of(keeper, feed).is_shared(NeedState.wire.type)
    assert not intake_of(keeper, binding(NeedPosted)).is_shared(NeedState.wire.type)


async def test_an_error_is_raised_when_all_have_ended() -> None:
    steps: list[str] = []
    intake = intake_of(Pipe("one", steps, failing=True), Pipe("other", steps))

    with pytest.raises(ConnectionError, match="one"):
        await intake.take(many())

    assert steps[-1] == "other ends"


async def _nothing(_event: NeedWithdrawn, _work: object) -> None: ...
