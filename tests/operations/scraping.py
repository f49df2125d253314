"""A real Prometheus with this checkout's configuration and rules, only in a hurry: everything happens every second."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

import httpx
import pytest
import yaml

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess

CONFIGURED: Final = Path(__file__).parents[2] / "deploy/prometheus"
_EVERY: Final = "1s"
_READY_SECONDS: Final = 30


def program(name: str) -> str:
    """Where a program is; a test that needs it fails with what to install."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"There is no {name} here: apt-get install --no-install-recommends {name}", pytrace=False)
    return found


class Prometheus:
    """Scrapes targets (host:port, by job and label `service`) while it is entered; what it knows is in its folder."""

    def __init__(self, folder: Path, targets: Mapping[str, Mapping[str, str]]) -> None:
        (port,) = free_ports(1)
        self._folder = folder
        self._address = f"127.0.0.1:{port}"
        self._targets = {**targets, "prometheus": {"": self._address}}
        self._process = ServerProcess("prometheus", folder / "prometheus.log")
        self._client = httpx.Client(base_url=f"http://{self._address}", timeout=30)

    def __enter__(self) -> Self:
        self._configure()
        flags = {
            "--config.file": str(self._folder / "prometheus.yml"),
            "--storage.tsdb.path": str(self._folder / "data"),
            "--web.listen-address": self._address,
            "--enable-feature": "exemplar-storage",
        }
        self._process.start(
            [program("prometheus"), *(f"{flag}={value}" for flag, value in flags.items())], self._folder
        )
        self._process.wait_until(self._answers, _READY_SECONDS)
        return self

    def __exit__(self, *_how: object) -> None:
        self._client.close()
        self._process.stop()

    def ask(self, expression: str, at: float) -> list[dict[str, Any]]:
        """The lines of an answer, each with its `metric` and one of `values`."""
        found = self._asked("query", query=expression, time=at)
        return [{"metric": line["metric"], "values": [line["value"]]} for line in found["result"]]

    def ask_over(self, expression: str, begin: float, end: float) -> list[dict[str, Any]]:
        """The lines of an answer for every second from `begin` to `end`."""
        found: list[dict[str, Any]] = self._asked("query_range", query=expression, start=begin, end=end, step=1)[
            "result"
        ]
        return found

    def exemplars(self, expression: str, begin: float, end: float) -> list[dict[str, str]]:
        """The labels of the exemplars of a histogram."""
        series = self._asked("query_exemplars", query=expression, start=begin, end=end)
        return [exemplar["labels"] for each in series for exemplar in each["exemplars"]]

    def _asked(self, what: str, **parameters: str | float) -> Any:
        answer = self._client.post(f"/api/v1/{what}", data=parameters)
        said = answer.json()
        assert said["status"] == "success", f"{parameters['query']}: {said['error']}"
        return said["data"]

    def _answers(self) -> bool:
        try:
            return self._client.get("/-/ready").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _configure(self) -> None:
        """The committed files with other targets, no Alertmanager, and every interval a second."""
        config = yaml.safe_load((CONFIGURED / "prometheus.yml").read_text())
        config["global"] |= {"scrape_interval": _EVERY, "evaluation_interval": _EVERY}
        config["scrape_configs"] = [
            self._aimed(job) for job in config["scrape_configs"] if job["job_name"] in self._targets
        ]
        del config["alerting"]
        (self._folder / "prometheus.yml").write_text(yaml.safe_dump(config))
        (self._folder / "rules").mkdir()
        for file in sorted((CONFIGURED / "rules").glob("*.yml")):
            rules = yaml.safe_load(file.read_text())
            for group in rules["groups"]:
                group["interval"] = _EVERY
            (self._folder / "rules" / file.name).write_text(yaml.safe_dump(rules))

    def _aimed(self, job: dict[str, Any]) -> dict[str, Any]:
        aims = self._targets[job["job_name"]].items()
        return job | {
            "static_configs": [{"targets": [at], "labels": {"service": name} if name else {}} for name, at in aims]
        }
