"""Rules and alerts: as the data say, about series that there are, and told in both languages with a way to help."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.monitoring.alerts import ALERTS
from deploy.monitoring.burning import BURNS, burns, least_events
from deploy.monitoring.generated import RULES, drift, files
from deploy.monitoring.recording import EXPECTED
from deploy.monitoring.rules import Alert, Group, Recording
from deploy.monitoring.slos import SLOS, Slo
from shared.contracts.registry import SERVICES
from shared.observability.metrics.histogram import DELAY_BUCKETS, REQUEST_BUCKETS
from shared.operations.addresses import PORTS
from tests.unit.deploy.promql import Known, ours, selected

ROOT = Path(__file__).parents[3]
PROMETHEUS = ROOT / "deploy/prometheus"
CHINESE = re.compile(r"[一-鿿]")
# What nothing of ours can tell: whether a target answers, and the disks of servers.
FOREIGN = {
    "up": frozenset({"job", "instance", "service"}),
    "kubelet_volume_stats_available_bytes": frozenset({"namespace"}),
    "kubelet_volume_stats_capacity_bytes": frozenset[str](),
    "node_filesystem_avail_bytes": frozenset({"fstype"}),
    "node_filesystem_size_bytes": frozenset[str](),
}
# Prometheus adds these to every series of a target, as deploy/prometheus/prometheus.yml says.
OF_A_TARGET = {"service", "instance", "job"}
KNOWN = ours() | {name: Known(False, labels) for name, labels in FOREIGN.items()}
EXPRESSIONS = {
    f"{file}/{number}": rule.expr
    for file, groups in RULES.items()
    for number, rule in enumerate(rule for group in groups for rule in group.rules)
}
NAMED = sorted({alert.name for alert in ALERTS})
BOUNDS = {float(bound) for bound in (*REQUEST_BUCKETS, *DELAY_BUCKETS)}


def test_what_is_committed_is_what_the_data_say() -> None:
    assert drift() == []


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_a_rule_asks_only_for_series_and_labels_that_there_are(expression: str) -> None:
    for series in selected(expression):
        assert series.name in KNOWN, f"nobody tells {series.name}"
        labels = KNOWN[series.name].labels
        assert labels is None or series.labels <= labels | OF_A_TARGET


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_a_counter_is_asked_only_for_how_much_it_grew(expression: str) -> None:
    grown = {series for series in selected(expression) if series.name in KNOWN and KNOWN[series.name].grows}
    # What appeared lately is a growth that `increase` cannot see.
    bare = {series.name for series in grown if series.function is None and "unless" not in expression}

    assert bare == set()


def test_every_foreign_series_is_one_that_a_rule_asks_for() -> None:
    asked = {series.name for expression in EXPRESSIONS.values() for series in selected(expression)}

    assert set(FOREIGN) <= asked


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_an_alert_is_told_in_both_languages(alert: Alert) -> None:
    texts = alert.annotations()

    assert all(texts[name] for name in ("summary", "description", "summary_zh", "description_zh"))
    assert CHINESE.search(texts["summary_zh"])
    assert CHINESE.search(texts["description_zh"])
    assert not CHINESE.search(texts["summary"] + texts["description"])


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_an_alert_names_only_labels_that_it_has(alert: Alert) -> None:
    named = set(re.findall(r"\$labels\.(\w+)", " ".join(alert.annotations().values())))

    assert named <= alert.fires.labels.keys()


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_an_alert_leads_to_a_heading_of_both_runbooks(alert: Alert) -> None:
    links = [text for name, text in alert.annotations().items() if name.startswith("runbook_url")]

    assert len(links) == 2
    for link in links:
        page, _, anchor = link.partition("#")
        headings = re.findall(r"^### (\w+)$", (ROOT / page).read_text(), re.MULTILINE)
        assert anchor in {heading.lower() for heading in headings}


def alerts_tested(verb: str) -> set[str]:
    """The alerts with a promtool test in which they do this."""
    return {name.removesuffix(f" {verb}") for name in map(_name, promtool_tests()) if name.endswith(f" {verb}")}


def _name(test: dict[str, Any]) -> str:
    return str(test["name"])


def promtool_tests() -> list[dict[str, Any]]:
    """Every promtool unit test."""
    files = sorted(PROMETHEUS.glob("tests/*.yml"))
    return [test for file in files for test in yaml.safe_load(file.read_text())["tests"]]


@pytest.mark.parametrize("verb", ["fires", "is silent"])
def test_every_alert_has_a_test_in_which_it(verb: str) -> None:
    assert alerts_tested(verb) == set(NAMED)


def test_a_test_in_which_an_alert_fires_expects_it_and_the_other_expects_nothing() -> None:
    for test in promtool_tests():
        expected = [look["exp_alerts"] for look in test.get("alert_rule_test", [])]
        assert all(bool(alerts) == (not _silent(test["name"])) for alerts in expected), test["name"]


def _silent(name: str) -> bool:
    return name.endswith(("is silent", "hardly anything happens")) and not name.startswith("Watchdog")


@pytest.mark.parametrize("slo", SLOS, ids=lambda slo: slo.name)
def test_an_slo_is_measured_at_a_bound_that_its_histogram_has(slo: Slo) -> None:
    bounds = {float(bound) for bound in re.findall(r'le="([\d.]+)"', slo.good)}

    assert bounds <= BOUNDS


@pytest.mark.parametrize("slo", SLOS, ids=lambda slo: slo.name)
def test_an_slo_wakes_nobody_for_a_few_failures(slo: Slo) -> None:
    for burn in BURNS:
        assert least_events(slo, burn) * burn.factor * slo.budget >= slo.failures

    assert [alert.severity for alert in burns(slo)] == ["page", "page", "ticket"]


def test_every_service_is_expected_and_scraped_at_its_port() -> None:
    expected = [rule for group in RULES["state"] for rule in group.rules if _records(rule, EXPECTED)]
    [scraped] = [job for job in configuration()["scrape_configs"] if job["job_name"] == "sunmao"]
    targets = {static["labels"]["service"]: static["targets"] for static in scraped["static_configs"]}

    assert sorted(rule.labels["service"] for rule in expected) == sorted(SERVICES)
    assert targets == {service: [f"{service}:{port}"] for service, port in PORTS.items()}
    assert scraped["honor_labels"] is True


def _records(rule: Recording | Alert, name: str) -> bool:
    return isinstance(rule, Recording) and rule.record == name


def configuration() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
    return loaded


def test_every_job_that_an_alert_names_is_scraped() -> None:
    jobs = {job["job_name"] for job in configuration()["scrape_configs"]}
    named = {
        job for rule in EXPRESSIONS.values() for jobs in re.findall(r'job=~"(.*?)"', rule) for job in jobs.split("|")
    }

    assert named <= jobs


def test_nothing_is_written_as_a_reference_to_something_above() -> None:
    assert not any(re.search(r"^\s*[-\w]*:? ?[&*]\w+", text, re.MULTILINE) for text in files().values())


def test_a_group_is_named_once() -> None:
    names = [group.name for groups in RULES.values() for group in groups if isinstance(group, Group)]

    assert len(names) == len(set(names))
