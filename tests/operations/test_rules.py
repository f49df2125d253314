"""Prometheus and Alertmanager take what is generated for them, each alert fires and is silent where it should."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.monitoring.alerts import ALERTS
from deploy.monitoring.rules import Alert
from shared.contracts.registry import SERVICES
from shared.operations.running import make_metrics
from tests.operations.scraping import program

DEPLOY = Path(__file__).parents[2] / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
ALERTMANAGER = DEPLOY / "alertmanager/alertmanager.yml"
RECEIVERS = {"page": "page", "ticket": "ticket", "warn": "warn", "none": "watchdog"}


def run(name: str, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """A program that ends by itself, with all that it said."""
    command = [program(name), *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300, check=False)


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def test_prometheus_takes_its_configuration_and_every_rule() -> None:
    done = run("promtool", "check", "config", PROMETHEUS / "prometheus.yml")

    assert done.returncode == 0, said(done)


@pytest.mark.parametrize("file", sorted(PROMETHEUS.glob("tests/*.yml")), ids=lambda file: file.stem)
def test_every_alert_fires_where_it_should_and_is_silent_where_it_should(file: Path) -> None:
    done = run("promtool", "test", "rules", file)

    assert done.returncode == 0, said(done)


@pytest.mark.parametrize(("now", "then"), [("leader > 60", "leader > 6000"), ("leader > 60", "leader > 1")])
def test_a_limit_that_is_wrong_is_seen(now: str, then: str, tmp_path: Path) -> None:
    shutil.copytree(PROMETHEUS, tmp_path, dirs_exist_ok=True)
    alerts = tmp_path / "rules/alerts.yml"
    assert now in alerts.read_text()
    alerts.write_text(alerts.read_text().replace(now, then))
    tests = yaml.safe_load((tmp_path / "tests/alerts.yml").read_text())
    tests["tests"] = [test for test in tests["tests"] if test["name"].startswith("OutboxStalled")]
    (tmp_path / "tests/few.yml").write_text(yaml.safe_dump(tests))

    done = run("promtool", "test", "rules", tmp_path / "tests/few.yml")

    assert done.returncode != 0
    assert "OutboxStalled" in said(done)


def test_what_a_process_tells_is_told_as_prometheus_wants_it() -> None:
    metrics = make_metrics()
    for service in SERVICES:
        metrics.relay(service).sent(3, 0.1)
        metrics.edge(service).answered("/v1/needs", "GET", 200, 0.1)
        metrics.group(service, f"sunmao.{service}").lag({("sunmao.talent.events.v1", 0): 1})

    done = run("promtool", "check", "metrics", stdin=metrics.expose()[0].decode())

    assert done.returncode == 0, said(done)


def test_alertmanager_takes_its_configuration() -> None:
    done = run("amtool", "check-config", ALERTMANAGER)

    assert done.returncode == 0, said(done)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: "-".join([alert.name, *alert.labels.values()]))
def test_every_alert_reaches_the_receiver_of_its_severity(alert: Alert) -> None:
    labels = [f"{name}={value}" for name, value in {"alertname": alert.name, **alert.all_labels()}.items()]

    done = run("amtool", "config", "routes", "test", f"--config.file={ALERTMANAGER}", *labels)

    assert done.stdout.split() == [RECEIVERS[alert.severity]], said(done)
