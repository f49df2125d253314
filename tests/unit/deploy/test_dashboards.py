"""The dashboards: as the code says, complete for a reader, and asking only for series that there are."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.monitoring.dashboards.page import DEPLOYED
from deploy.monitoring.dashboards.pages import PAGES, outdated, write
from shared.web.documents.duties import tallies_of
from shared.web.service import Service, installed_services
from tests.unit.deploy.promql import Known, ours, selected, variables

ROOT = Path(__file__).parents[3]
GRAFANA = ROOT / "deploy/grafana"
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in sorted((GRAFANA / "dashboards").glob("*.json"))}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_PROMETHEUS = {"ALERTS": Known(False, None), "up": Known(False, None)}
# Who has no exporter can look up here which series it must bring.
OF_EXPORTERS = {
    "kafka_brokers": False,
    "kafka_consumergroup_lag": False,
    "kafka_consumergroup_members": False,
    "kafka_topic_partition_current_offset": False,
    "kafka_topic_partition_in_sync_replica": False,
    "kafka_topic_partition_leader_is_preferred": False,
    "kafka_topic_partition_oldest_offset": False,
    "kafka_topic_partition_under_replicated_partition": False,
    "kubelet_volume_stats_available_bytes": False,
    "kubelet_volume_stats_capacity_bytes": False,
    "pg_database_size_bytes": False,
    "pg_replication_slots_pg_wal_lsn_diff": False,
    "pg_settings_max_connections": False,
    "pg_stat_activity_count": False,
    "pg_stat_activity_max_tx_duration": False,
    "pg_stat_database_blks_hit": True,
    "pg_stat_database_blks_read": True,
    "pg_stat_database_deadlocks": True,
    "pg_stat_database_xact_commit": True,
    "pg_stat_database_xact_rollback": True,
    "pg_stat_user_tables_n_dead_tup": False,
}
KNOWN = ours() | OF_PROMETHEUS | {name: Known(grows, None) for name, grows in OF_EXPORTERS.items()}


def panels() -> Iterator[Any]:
    """Every panel that shows something, named by its dashboard and title."""
    for uid, dashboard in DASHBOARDS.items():
        for panel in dashboard["panels"]:
            if panel["type"] != "row":
                yield pytest.param(panel, id=f"{uid}-{panel['title']}")


def targets() -> Iterator[Any]:
    """Every query."""
    for shown in panels():
        for target in shown.values[0]["targets"]:
            yield pytest.param(target, id=f"{shown.id}-{target['refId']}")


def faults(expression: str) -> list[str]:
    """What is wrong with the series that an expression asks for."""
    found = []
    for name, function, labels in selected(expression):
        known = KNOWN.get(name)
        if known is None:
            found.append(f"nobody shows {name}")
        elif known.grows and function not in {"rate", "increase"}:
            found.append(f"{name} only grows; ask for its rate or increase")
        elif known.labels is not None and (strange := labels - known.labels):
            found.append(f"{name} has no label {', '.join(sorted(strange))}")
    return found


def datasources() -> dict[str, dict[str, Any]]:
    """The provisioned ones by uid."""
    files = sorted((GRAFANA / "provisioning/datasources").glob("*.yaml"))
    return {each["uid"]: each for file in files for each in yaml.safe_load(file.read_text())["datasources"]}


def test_what_is_committed_is_what_the_code_says() -> None:
    assert outdated(ROOT) == []


def test_writing_brings_back_what_is_missing_and_removes_what_belongs_to_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    folder = tmp_path / "deploy/grafana/dashboards"
    (folder / "sunmao-events.json").unlink()
    (folder / "old.json").write_text("{}")

    changed = [path.name for path in write(tmp_path)]

    assert changed == ["sunmao-events.json", "old.json"]
    assert outdated(tmp_path) == []
    assert not (folder / "old.json").exists()


def test_each_of_the_six_dashboards_has_an_address_of_its_own() -> None:
    assert len({page.uid for page in PAGES}) == len(PAGES) == len(DASHBOARDS) == 6
    assert all(dashboard["uid"] == uid for uid, dashboard in DASHBOARDS.items())


@pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)
def test_panels_have_numbers_and_places_of_their_own(dashboard: dict[str, Any]) -> None:
    ids = Counter(panel["id"] for panel in dashboard["panels"])
    cells = Counter(cell for panel in dashboard["panels"] for cell in covered(panel["gridPos"]))

    assert set(ids.values()) == {1}
    assert set(cells.values()) == {1}
    assert max(x for x, _ in cells) < 24


def covered(place: dict[str, int]) -> Iterator[tuple[int, int]]:
    """The cells of the grid that a panel takes."""
    for x in range(place["x"], place["x"] + place["w"]):
        for y in range(place["y"], place["y"] + place["h"]):
            yield x, y


@pytest.mark.parametrize("panel", list(panels()))
def test_a_panel_says_what_it_shows_in_both_languages_and_in_which_unit(panel: dict[str, Any]) -> None:
    english, _, chinese = panel["description"].rpartition(" / ")

    assert panel["title"]
    assert english
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["targets"]
    assert "options" not in panel or panel["options"] is not None


@pytest.mark.parametrize("panel", list(panels()))
def test_the_queries_of_a_panel_can_be_told_apart(panel: dict[str, Any]) -> None:
    names = [target["refId"] for target in panel["targets"]]
    legends = {target["legendFormat"] for target in panel["targets"]}

    assert all(names)
    assert len(set(names)) == len(names) == len(legends)


@pytest.mark.parametrize("target", list(targets()))
def test_a_query_asks_only_for_series_that_there_are(target: dict[str, Any]) -> None:
    assert faults(target["expr"]) == []


@pytest.mark.parametrize("service", installed_services().values(), ids=lambda service: service.name)
def test_everything_that_a_service_counts_is_shown(service: Service) -> None:
    asked = {series.name for target in targets() for series in selected(target.values[0]["expr"])}
    counted = {f"sunmao_{tally.name}" for tally in tallies_of(service)}

    assert counted - asked <= {"sunmao_calendar_last_year"}, "of the calendar an alert tells"


def test_deployments_are_marked() -> None:
    marks = [mark["expr"] for dashboard in DASHBOARDS.values() for mark in dashboard["annotations"]["list"]]

    assert set(marks) == {DEPLOYED}
    assert faults(DEPLOYED) == []


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("sum(sunmao_unheard_of)", "nobody shows sunmao_unheard_of"),
        ("sunmao_consumer_retries_total", "sunmao_consumer_retries_total only grows; ask for its rate or increase"),
        ('sunmao_outbox_pending{topic="x"}', "sunmao_outbox_pending has no label topic"),
    ],
)
def test_a_wrong_query_is_seen(expression: str, fault: str) -> None:
    assert faults(expression) == [fault]


def test_what_is_no_promql_is_seen() -> None:
    with pytest.raises(ValueError, match="unclosed"):
        selected("sum(up")


@pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)
def test_every_variable_of_a_query_is_offered_by_its_dashboard(dashboard: dict[str, Any]) -> None:
    shown = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    asked = {name for panel in shown for target in panel["targets"] for name in variables(target["expr"])}
    offered = {variable["name"] for variable in dashboard["templating"].get("list", [])}

    assert asked - {"__range", "__rate_interval"} == offered


def test_what_dashboards_and_links_lead_to_is_provisioned() -> None:
    provisioned = datasources()
    named = re.findall(r'"uid": "(prometheus|jaeger|loki|-- [^"]+)"', json.dumps(DASHBOARDS))
    linked = re.findall(r"'datasourceUid': '([^']+)'", str(provisioned))

    assert set(named) == {"prometheus"}
    assert set(linked) == set(provisioned) == {"prometheus", "jaeger", "loki"}


def test_grafana_looks_for_dashboards_where_they_are_mounted() -> None:
    file = GRAFANA / "provisioning/dashboards/sunmao.yaml"
    (provider,) = yaml.safe_load(file.read_text())["providers"]

    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"
    assert provider["allowUiUpdates"] is False


def test_no_dollar_of_a_provisioned_link_is_taken_for_the_environment() -> None:
    file = GRAFANA / "provisioning/datasources/sunmao.yaml"
    lines = [line for line in file.read_text().splitlines() if not line.lstrip().startswith("#")]

    assert [line for line in lines if re.search(r"(?<!\$)\$(?!\$)", line.replace("$$", ""))] == []


def test_grafana_knows_how_often_prometheus_scrapes() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())

    assert datasources()["prometheus"]["jsonData"]["timeInterval"] == config["global"]["scrape_interval"]
