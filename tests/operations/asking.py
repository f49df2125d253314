"""Asks Prometheus what each panel asks, as Grafana would, and says what it got no answer to."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deploy.monitoring.dashboards.query import STAND_IN
from tests.operations.scraping import Prometheus

DASHBOARDS: Final = Path(__file__).parents[2] / "deploy/grafana/dashboards"
AT_ONCE: Final = frozenset({"stat", "table"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query of a panel was answered; `told` is the answer without the 0 that may stand in for it."""

    panel: dict[str, Any]
    query: str
    legend: str
    lines: list[dict[str, Any]]
    told: list[dict[str, Any]]

    @property
    def faults(self) -> list[str]:
        """What a reader of the panel would miss."""
        if not any(math.isfinite(float(value)) for line in self.told for _, value in line["values"]):
            return [f"{self.panel['title']}: {self.query} has no answer"]
        labels = {label for line in self.told for label in line["metric"]}
        missing = set(re.findall(r"\{\{(\w+)\}\}", self.legend)) - labels
        return [f"{self.panel['title']}: {self.query} has no label {label}" for label in sorted(missing)]


@dataclass(frozen=True, slots=True)
class Asking:
    """All questions are about the time from `begin` to `end`."""

    prometheus: Prometheus
    begin: float
    end: float

    def of(self, dashboard: str) -> Iterator[Answer]:
        """The answers to every query of a dashboard."""
        model = json.loads((DASHBOARDS / f"{dashboard}.json").read_text())
        for panel in model["panels"]:
            for target in panel.get("targets", []):
                yield self._answer(panel, target)

    def _answer(self, panel: dict[str, Any], target: dict[str, Any]) -> Answer:
        query = self._filled(target["expr"])
        bare = query.removesuffix(STAND_IN)
        lines = self._asked(panel, query)
        told = lines if bare == query else self._asked(panel, bare)
        return Answer(panel, query, target["legendFormat"], lines, told)

    def _asked(self, panel: dict[str, Any], query: str) -> list[dict[str, Any]]:
        if panel["type"] in AT_ONCE:
            return self.prometheus.ask(query, self.end)
        return self.prometheus.ask_over(query, self.begin, self.end)

    def _filled(self, expression: str) -> str:
        values = {
            "$__rate_interval": "15s",
            "$__range": f"{math.ceil(self.end - self.begin)}s",
            "$service": ".+",
            "$test": "true|false",
        }
        for name, value in values.items():
            expression = expression.replace(name, value)
        return expression
