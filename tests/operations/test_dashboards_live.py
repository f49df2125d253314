"""Every panel of every dashboard has something to show when services run, told from a Prometheus that scraped them."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import pytest

from deploy.local.distributed import ISSUER, Services, databases_of
from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess
from deploy.local.town import Servers
from shared.contracts.ids import new_id
from shared.operations.addresses import PORTS, Addresses
from shared.operations.measuring import measure
from shared.operations.visitor import AnswerError, Visitor
from tests.journeys.telling import faults, told
from tests.operations.asking import DASHBOARDS, Asking
from tests.operations.exporting import PostgresExporter
from tests.operations.pictures import page
from tests.operations.scraping import Prometheus
from tests.otlp import Collector

PICTURES = Path(__file__).parents[2] / "build/dashboards"
COUNTED_SECONDS = 90
EXPORTED_SECONDS = 20
NEEDS = 3
VAIN = 6
# There is no exporter for Kafka to be had here, and no kubelet: these are only parsed, in the unit tests.
NOT_HERE = frozenset({
    "Brokers", "Under-replicated", "Least replicas in sync", "Not on the preferred leader", "Lag seen by Kafka",
    "Members", "Records written", "Records kept", "Room left",
})  # fmt: skip

# Nothing of the sort happens in the story, so nothing was counted: the 0 that stands in is the whole answer.
ONLY_IN_TROUBLE = frozenset({
    "Alerts", "Alerts by name", "Alerts received", "Commands begun again", "Held for replicas", "No event of ours",
    "Refused at the door", "Refused sends", "Retries", "Run again",
})  # fmt: skip

# Of internships, engagements, posts and papers other stories tell; here too the 0 that stands in is the whole answer.
IN_ANOTHER_STORY = frozenset({
    "Documents", "Engagements", "Erasures", "Incidents", "Internships", "Special and mobile posts", "Weekly logs",
})  # fmt: skip

# What a story leaves to be done is a demonstration's, which these leave out; the 0 is the whole answer.
WITHOUT_DEMONSTRATIONS = frozenset({"Open tasks", "Overdue tasks"})
WITHOUT_ONE = ONLY_IN_TROUBLE | IN_ANOTHER_STORY | WITHOUT_DEMONSTRATIONS


class Embedded:
    """The embedded edition beside the other one: its four services are one process."""

    def __init__(self, folder: Path) -> None:
        (self._port,) = free_ports(1)
        self._folder = folder
        self._process = ServerProcess("embedded", folder / "embedded.log")
        self.address = f"127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        command = [sys.executable, "-c", "from shared.operations.cli import main; main()", "serve"]
        self._process.start(command, self._folder, {"SUNMAO_HOME": str(self._folder), "SUNMAO_PORT": str(self._port)})
        self._process.wait_until(self._answers, 60)
        return self

    def __exit__(self, *_how: object) -> None:
        self._process.stop()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://{self.address}/readyz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


@dataclass(frozen=True, slots=True)
class Watched:
    """The story was told while Prometheus looked on."""

    asking: Asking
    collector: Collector


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Both editions with everything that scrapes them, after story S1 and some more needs."""
    folder = tmp_path_factory.mktemp("watched")
    with ExitStack() as until_done:
        servers = until_done.enter_context(Servers(folder / "servers", durable=False))
        collector = until_done.enter_context(Collector())
        services = until_done.enter_context(_services(folder, servers, collector))
        embedded = until_done.enter_context(Embedded(_made(folder / "embedded")))
        exporter = until_done.enter_context(PostgresExporter(_made(folder / "exporter"), servers.postgres.dsn()))
        addresses = {name: url.removeprefix("http://") for name, url in services.addresses.services.items()}
        targets = {
            "sunmao": addresses | {"embedded": embedded.address},
            "postgres-exporter": {"": exporter.address},
        }
        prometheus = until_done.enter_context(Prometheus(_made(folder / "prometheus"), targets))
        _wait_for(prometheus, f'sum(up{{job="sunmao"}}) == {len(targets["sunmao"])}')
        begin = time.time()
        asyncio.run(_tell(services.addresses, folder / "run.json", prometheus))
        yield Watched(Asking(prometheus, begin, time.time()), collector)


def _services(folder: Path, servers: Servers, collector: Collector) -> Services:
    ports = dict(zip((*PORTS, ISSUER), free_ports(len(PORTS) + 1), strict=True))
    databases = databases_of(servers.postgres)
    services = Services(folder / "services", bootstrap=servers.kafka.bootstrap, databases=databases, ports=ports)
    services.words["SUNMAO_OTLP_ENDPOINT"] = collector.url
    return services


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _tell(addresses: Addresses, run: Path, prometheus: Prometheus) -> None:
    async with Visitor(addresses) as visitor:
        story, evidence = await told(visitor, run)
        assert faults(story, evidence) == []
        # What services count in their databases they count once a minute, each in its own.
        for counted in ("sunmao_matches", "sunmao_proposals", "sunmao_credit_conversions"):
            await asyncio.to_thread(_wait_for, prometheus, f"sum({counted}) > 0")
        await _ask_in_vain(visitor)
        await measure(story, NEEDS)


async def _ask_in_vain(visitor: Visitor) -> None:
    """Ask for what is not there: a rate needs a second time, some seconds after the first."""
    token = await visitor.token("ops")
    for _ in range(VAIN):
        with suppress(AnswerError):
            await visitor.call("GET", "partnership", f"/v1/organizations/{new_id('organization')}", token=token)
        await asyncio.sleep(1)


def _wait_for(prometheus: Prometheus, truth: str) -> None:
    deadline = time.monotonic() + COUNTED_SECONDS
    while not prometheus.ask(truth, time.time()):
        assert time.monotonic() < deadline, f"{truth} did not come true"
        time.sleep(1)


@pytest.mark.parametrize("dashboard", sorted(path.stem for path in DASHBOARDS.glob("*.json")))
def test_every_panel_has_an_answer(watched: Watched, dashboard: str) -> None:
    answers = list(watched.asking.of(dashboard))
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{dashboard}.html").write_text(page(dashboard, answers))

    expected = [answer for answer in answers if answer.panel["title"] not in NOT_HERE | WITHOUT_ONE]
    assert [fault for answer in expected for fault in answer.faults] == []
    assert [answer.query for answer in answers if answer.panel["title"] in WITHOUT_ONE and not answer.lines] == []


def test_what_is_not_asked_here_asks_for_nothing_of_ours() -> None:
    models = [json.loads(file.read_text()) for file in sorted(DASHBOARDS.glob("*.json"))]
    left_out = [panel for model in models for panel in model["panels"] if panel["title"] in NOT_HERE]

    assert {panel["title"] for panel in left_out} == NOT_HERE
    assert [panel["title"] for panel in left_out for asked in panel["targets"] if "sunmao_" in asked["expr"]] == []


def test_a_point_on_the_histogram_of_requests_leads_to_a_trace_that_was_recorded(watched: Watched) -> None:
    asking = watched.asking

    labels = asking.prometheus.exemplars("http_server_request_duration_seconds_bucket", asking.begin, asking.end)
    shown = {label["trace_id"] for label in labels}
    # Spans leave a process in batches, some seconds after they end.
    deadline = time.monotonic() + EXPORTED_SECONDS
    while shown - watched.collector.traces and time.monotonic() < deadline:
        time.sleep(0.5)

    assert shown
    assert shown - watched.collector.traces == set()
