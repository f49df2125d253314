"""B7: a storm of events that cannot be digested, among those that can."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import asyncpg
import orjson

from tests.benchmarks.consuming import HANDLED, check_handling, consumed
from tests.benchmarks.events import Made, SampleTaken, made
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.our_consumer import ours
from tests.benchmarks.sample import GROUP, TOO_NEW, handling
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage

Spoil = Callable[[Made], Made]

_BISECTED: Final = scaled(6_000)
_EVERY: Final = 10


def _unreadable(record: Made) -> Made:
    return replace(record, payload=record.payload[:-1])


def _indigestible(record: Made) -> Made:
    return _changed(record, kind="poison")


def _unkeepable(record: Made) -> Made:
    """A version that the table's own check refuses."""
    return _changed(record, version=TOO_NEW)


def _changed(record: Made, **fields: object) -> Made:
    return replace(record, payload=orjson.dumps({**orjson.loads(record.payload), **fields}))


def stormed(count: int, *spoil: Spoil) -> Callable[[Stage], Awaitable[Figures]]:
    """Handle the events, one in ten of them spoiled by one of these in turn (none: the calm to compare with)."""

    async def run(stage: Stage) -> Figures:
        given, good = [], []
        for number, record in enumerate(made(count, SampleTaken)):
            if spoil and number % _EVERY == _EVERY - 1:
                given.append(spoil[number // _EVERY % len(spoil)](record))
            else:
                given.append(record)
                good.append(record)
        return await consumed(stage, given, ours(handling), partial(_check, good=good))

    return run


async def _check(connection: asyncpg.Connection, records: Sequence[Made], *, good: Sequence[Made]) -> None:
    """Every good event had its effect, every spoiled one lies in the dead-letter table, and none is anywhere else."""
    await check_handling(connection, good, claims=len(records))
    aside = await connection.fetch("SELECT event_id FROM dead_letter WHERE consumer = $1 AND status = 'open'", GROUP)
    spoiled = {record.id for record in records} - {record.id for record in good}
    assert {row["event_id"] for row in aside} == spoiled, "other events were set aside than those that are spoiled"


ROWS: Final = (
    Row(
        "B7",
        "a storm: one event in ten cannot be digested",
        [
            Variant("calm", stormed(HANDLED)),
            Variant("ours", stormed(HANDLED, _unreadable, _indigestible)),
            Variant("refused by the database", stormed(_BISECTED, _unkeepable)),
        ],
        [Target("rate", "ours", "calm", least=0.8), Target("rate", "refused by the database", "calm")],
        "Half of the spoiled ones are no JSON, half are refused by the handler. What only the database refuses is "
        "found by halving the batch.",
    ),
)
