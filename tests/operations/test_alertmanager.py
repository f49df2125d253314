"""A real Alertmanager, configured as here, hands alerts in as notify takes them, and no more than are needed."""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import yaml

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess
from deploy.monitoring.alerts import ALERTS
from services.notify.api.alerts import AlertGroupBody
from tests.operations.scraping import program

CONFIGURED = Path(__file__).parents[2] / "deploy/alertmanager/alertmanager.yml"
TOKEN = "a-token-for-alerts"
SECRET = "as-long-as-it-is-secret"


class Notify:
    """Stands where notify and the issuer are, and keeps what it was handed."""

    def __init__(self) -> None:
        self.groups: list[AlertGroupBody] = []
        self.tokens: set[str | None] = set()
        self._told = threading.Condition()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    def names(self, *wanted: str) -> set[str]:
        """The alerts that came, once these did or after a while."""
        with self._told:
            self._told.wait_for(lambda: set(wanted) <= self._names(), timeout=30)
            return self._names()

    def _names(self) -> set[str]:
        return {alert.labels["alertname"] for group in self.groups for alert in group.alerts}

    def _take(self, token: str | None, body: bytes) -> None:
        with self._told:
            self.tokens.add(token)
            self.groups.append(AlertGroupBody.model_validate_json(body))
            self._told.notify_all()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.end_headers()
                if self.path == "/token":
                    self.wfile.write(_granted(self.headers["authorization"], body))
                else:
                    take(self.headers["authorization"], body)

            def log_message(self, format: str, *_arguments: object) -> None:
                """Nobody reads it."""

        return Handler


def _granted(authorization: str | None, body: bytes) -> bytes:
    """A token for the client with the secret, for alerts and nothing else."""
    asked = parse_qs(body.decode())
    wanted = b64encode(f"alertmanager:{SECRET}".encode()).decode()
    assert authorization == f"Basic {wanted}"
    assert (asked["grant_type"], asked["scope"]) == (["client_credentials"], ["alerts:write"])
    return json.dumps({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}).encode()


@pytest.fixture
def notify() -> Iterator[Notify]:
    notify = Notify()
    thread = threading.Thread(target=notify.server.serve_forever)
    thread.start()
    yield notify
    notify.server.shutdown()
    thread.join()
    notify.server.server_close()


@pytest.fixture
def alertmanager(notify: Notify, tmp_path: Path) -> Iterator[httpx.Client]:
    """As it is configured, only at once, and with notify on this machine."""
    (tmp_path / "secret").write_text(SECRET)
    configuration = CONFIGURED.read_text().replace("/run/secrets/alerts-secret", str(tmp_path / "secret"))
    for address in ("http://notify:8004", "http://identity:8010"):
        assert address in configuration
        configuration = configuration.replace(address, f"http://127.0.0.1:{notify.server.server_port}")
    configured = yaml.safe_load(configuration)
    for route in (configured["route"], *configured["route"]["routes"]):
        route["group_wait"] = "1s"
    (tmp_path / "alertmanager.yml").write_text(yaml.safe_dump(configured))
    address = f"127.0.0.1:{free_ports(1)[0]}"
    process = ServerProcess("alertmanager", tmp_path / "alertmanager.log")
    flags = [f"--config.file={tmp_path}/alertmanager.yml", f"--storage.path={tmp_path}/data"]
    alone = [f"--web.listen-address={address}", "--cluster.listen-address="]
    process.start([program("prometheus-alertmanager"), *flags, *alone], tmp_path)
    with httpx.Client(base_url=f"http://{address}", timeout=10) as client:
        process.wait_until(lambda: _answers(client), 30)
        yield client
    process.stop()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/-/ready").is_success
    except httpx.TransportError:
        return False


def fire(alertmanager: httpx.Client, *firing: tuple[str, str]) -> None:
    """As Prometheus says that these alerts fire, each for a service."""
    rules = {alert.name: alert for alert in ALERTS}
    body: list[dict[str, Any]] = [
        {
            "labels": {"alertname": name, "service": service, **rules[name].all_labels()},
            "annotations": rules[name].annotations(),
        }
        for name, service in firing
    ]
    assert alertmanager.post("/api/v2/alerts", json=body).is_success


def test_notify_is_handed_every_alert_with_a_token(alertmanager: httpx.Client, notify: Notify) -> None:
    fire(alertmanager, ("OutboxStalled", "training"), ("DeadLetterNew", "talent"), ("ClockSkew", "notify"))

    assert notify.names("OutboxStalled", "DeadLetterNew", "ClockSkew") == {
        "OutboxStalled",
        "DeadLetterNew",
        "ClockSkew",
    }
    assert notify.tokens == {f"Bearer {TOKEN}"}
    [told] = [alert.alert() for group in notify.groups for alert in group.alerts if alert.labels["service"] == "talent"]
    assert (told.name, told.severity, told.status) == ("DeadLetterNew", "ticket", "firing")
    assert told.summary_zh.endswith("搁置了事件")


def test_of_a_service_that_is_down_nothing_else_is_told(alertmanager: httpx.Client, notify: Notify) -> None:
    fire(alertmanager, ("TargetDown", "training"), ("ConsumerAbsent", "training"))
    notify.names("TargetDown")
    fire(alertmanager, ("RelayLeaderMissing", "talent"))

    assert notify.names("RelayLeaderMissing") == {"TargetDown", "RelayLeaderMissing"}


def test_the_watchdog_is_nobodys_notification(alertmanager: httpx.Client, notify: Notify) -> None:
    fire(alertmanager, ("Watchdog", "-"), ("OutboxStalled", "training"))
    notify.names("OutboxStalled")
    fire(alertmanager, ("OutboxStalled", "talent"), ("ClockSkew", "talent"))

    assert notify.names("ClockSkew") == {"OutboxStalled", "ClockSkew"}
