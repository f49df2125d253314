"""A batch is let go of as soon as it is committed: what was set aside in it does not hold it until the collector comes.

A long backlog of events that wait for their parents would else keep tens of thousands of them in memory.
"""

import gc
import weakref
from collections.abc import Iterator

import pytest

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.kernel.work import NotYet
from shared.messaging.consumer import Consumer
from shared.messaging.pipeline import Pipeline
from shared.persistence.database import Database
from tests.conformance.deliveries import dead_letters, filled, pipeline_of
from tests.conformance.sample import NeighbourWork


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """What is let go of is gone at once, or held."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def waiting() -> Consumer:
    """A consumer that never knows the parent of an event."""
    consumer = Consumer("talent.heard")

    @consumer.reaction(NeedFulfilled)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        try:
            work.mapping_of(type(event))
        except KeyError:
            raise NotYet(f"{event.need_id} is not known to {work.service}") from None

    return consumer


async def took(pipeline: Pipeline) -> "weakref.ref[object]":
    """What is left of an event of a batch that the pipeline acted on."""
    batch = [filled(new_id("need"), 1) for _ in range(3)]
    await pipeline.process(batch)
    return weakref.ref(batch[0])


async def test_nothing_holds_a_batch_of_which_something_waits(database: Database) -> None:
    left = await took(pipeline_of(waiting(), database))

    assert [letter["status"] for letter in await dead_letters(database)] == ["waiting"] * 3
    assert left() is None
