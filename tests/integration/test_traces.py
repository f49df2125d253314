"""One trace runs from the request through the outboxes to the last subscriber, and log lines say where they belong."""

import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import structlog
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.typing import EventDict

from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.contracts.registry import SERVICES
from shared.messaging.consumer import Consumer
from shared.messaging.log import delivery_of
from tests.conformance.deliveries import filled, pipeline_of, poison
from tests.conformance.sample import NeighbourWork, create_tables, neighbour, sqlite
from tests.integration.operations.town import SmallTown, small_town, until
from tests.unit.observability.conftest import Written, clock, written

__all__ = ["clock", "written"]

POSTED, PROPOSED = "sunmao.partnership.need.posted", "sunmao.talent.match.proposed"
REQUEST = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@dataclass
class Watched:
    """A town whose spans are collected."""

    small: SmallTown
    exporter: InMemorySpanExporter

    async def post_need(self) -> str:
        """A need whose posting begins at a caller's span, matched and told of."""
        people = self.small.people
        need = await people.post_need("k1", traceparent=REQUEST)
        await people.matched(need)
        await self.small.at_rest()
        return need

    @property
    def spans(self) -> dict[int, ReadableSpan]:
        """Every span that ended, by its id."""
        self.small.tracing.provider.force_flush()
        return {span.context.span_id: span for span in self.exporter.get_finished_spans() if span.context}

    def of_event(self, consumer: str, fact: str) -> list[ReadableSpan]:
        """The spans of one consumer's reactions to events of this kind."""
        wanted = {"messaging.consumer.group.name": consumer, "sunmao.event.type": f"{fact}.v1"}
        return [span for span in self.spans.values() if wanted.items() <= dict(span.attributes or {}).items()]

    def parent_of(self, span: ReadableSpan) -> ReadableSpan:
        assert span.parent is not None
        return self.spans[span.parent.span_id]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """A town with two programmes; what was recorded until then is forgotten."""
    exporter = InMemorySpanExporter()
    async with small_town(tmp_path / "home", exporter) as small:
        await small.people.settle()
        await small.at_rest()
        small.tracing.provider.force_flush()
        exporter.clear()
        yield Watched(small, exporter)


def trace_of(span: ReadableSpan) -> str:
    assert span.context is not None
    return f"{span.context.trace_id:032x}"


async def test_the_request_is_a_child_of_its_caller(watched: Watched) -> None:
    await watched.post_need()

    [request] = [span for span in watched.spans.values() if span.name == "POST /v1/needs"]
    assert trace_of(request) == REQUEST[3:35]
    assert request.parent is not None
    assert f"{request.parent.span_id:016x}" == REQUEST[36:52]


async def test_each_step_is_a_child_of_the_one_that_caused_it(watched: Watched) -> None:
    await watched.post_need()

    [scoring] = watched.of_event("talent.match", POSTED)
    keeping = watched.of_event("partnership.match", PROPOSED)
    telling = watched.of_event("notify.inbox", PROPOSED)
    assert watched.parent_of(scoring).name == "POST /v1/needs"
    assert [watched.parent_of(span) for span in (*keeping, *telling)] == [scoring] * 4
    assert {trace_of(span) for span in (scoring, *keeping, *telling)} == {REQUEST[3:35]}


async def test_the_party_that_hears_of_the_need_hears_in_the_same_trace(watched: Watched) -> None:
    await watched.post_need()

    [telling] = watched.of_event("notify.inbox", POSTED)
    assert watched.parent_of(telling).name == "POST /v1/needs"


async def test_every_event_carries_its_storys_id_and_its_own_origin(watched: Watched) -> None:
    need = await watched.post_need()

    told = [envelope for envelope in await envelopes(watched) if envelope.correlationid == need]
    facts = Counter(envelope.type for envelope in told if ".state." not in envelope.type)
    assert (facts[f"{POSTED}.v1"], facts[f"{PROPOSED}.v1"]) == (1, 2)
    assert facts["sunmao.notify.notification.delivered.v1"] >= 2
    assert {envelope.traceparent[3:35] for envelope in told} == {REQUEST[3:35]}
    spans = {f"{id:016x}" for id in watched.spans}
    assert {envelope.traceparent[36:52] for envelope in told} <= spans


async def test_a_replay_is_of_the_operators_trace_and_links_to_the_original(watched: Watched) -> None:
    await watched.small.execute("talent", "ALTER TABLE demand RENAME TO demand_away")
    need = await watched.small.people.post_need("k1", traceparent=REQUEST)
    await until(lambda: watched.small.rows("talent", "dead_letter"))
    await watched.small.execute("talent", "ALTER TABLE demand_away RENAME TO demand")

    await watched.small.people.post("talent", "/v1/operations/dead-letters/replays", {})
    await watched.small.people.matched(need)

    [replayed] = [span for span in watched.of_event("talent.match", POSTED) if span.links]
    assert watched.parent_of(replayed).name == "POST /v1/operations/dead-letters/replays"
    assert [f"{link.context.trace_id:032x}" for link in replayed.links] == [REQUEST[3:35]]
    assert trace_of(replayed) != REQUEST[3:35]


async def test_a_line_that_a_reaction_logs_names_its_trace_event_and_story(tmp_path: Path, written: Written) -> None:
    database, consumer = sqlite(tmp_path, "school"), Consumer("talent.heard")
    await create_tables(database)

    @consumer.reaction(NeedFulfilled)
    async def hear(_event: NeedFulfilled, _work: NeighbourWork) -> None:
        logging.getLogger("anything").warning("heard")
        structlog.get_logger("else").warning("heard too")

    event = filled(new_id("need"), 1)
    traced = replace(event, headers=(*event.headers, ("traceparent", REQUEST.encode())))
    written.start("talent")
    await pipeline_of(consumer, database).process([traced])
    await database.close()

    ids = {"event_id": event.event_id, "correlation_id": event.key, "consumer": "talent.heard"}
    assert [line["message"] for line in written.lines] == ["heard", "heard too"]
    assert all({**ids, "trace_id": REQUEST[3:35]}.items() <= line.items() for line in written.lines)


async def test_what_is_set_aside_is_logged_with_its_event_and_story(tmp_path: Path, logged: list[EventDict]) -> None:
    database = sqlite(tmp_path, "school")
    await create_tables(database)
    event = poison(new_id("need"))

    await pipeline_of(neighbour(), database).process([event])
    await database.close()

    [line] = logged
    assert (line["event_id"], line["correlation_id"]) == (event.event_id, event.key)


async def envelopes(watched: Watched) -> list[Envelope]:
    """The envelope of everything that any service has told."""
    rows = [row for service in SERVICES for row in await watched.small.rows(service, "outbox")]
    return [delivery_of(row).envelope for row in rows]
