"""What a PromQL expression asks for, and what there is to be asked for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import promql_parser
import yaml
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.metrics import MetricWrapperBase

from shared.observability.metrics.series import Series
from shared.web.documents.duties import tallies_of
from shared.web.service import installed_services

RULES: Final = Path(__file__).parents[3] / "deploy/prometheus/rules"
VARIABLES: Final = {
    "__rate_interval": "1m", "__range": "1h", "__interval": "15s", "service": ".+", "test": "true|false",
}  # fmt: skip
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
OF_A_TARGET: Final = frozenset({"instance", "job", "le"})


class Selected(NamedTuple):
    """A series that is named, the function around its range if it has one, and the labels it is chosen by."""

    name: str
    function: str | None
    labels: frozenset[str]


def variables(expression: str) -> set[str]:
    """The names of Grafana's variables in it."""
    return {first or second for first, second in _VARIABLE.findall(expression)}


def filled(expression: str) -> str:
    """Grafana's variables in it replaced by what they might stand for."""
    return _VARIABLE.sub(lambda found: VARIABLES[found[1] or found[2]], expression)


def selected(expression: str) -> list[Selected]:
    """Every series that is named. Raises `ValueError` where the expression is no PromQL."""
    return list(_below(promql_parser.parse(filled(expression)), None))


def _below(node: Any, function: str | None) -> Iterator[Selected]:
    # A range holds its selector; a selector by itself is asked for as it is now, whatever stands around it.
    selector = getattr(node, "vector_selector", node)
    if isinstance(selector, promql_parser.VectorSelector):
        yield Selected(selector.name or "", function if selector is not node else None, _labels(selector))
    else:
        around = node.func.name if isinstance(node, promql_parser.Call) else None
        for part in _parts(node):
            yield from _below(part, around)


def _parts(node: Any) -> list[promql_parser.Expr]:
    parts = [*getattr(node, "args", []), *(getattr(node, name, None) for name in ("expr", "param", "lhs", "rhs"))]
    return [part for part in parts if isinstance(part, promql_parser.Expr)]


def _labels(node: promql_parser.VectorSelector) -> frozenset[str]:
    return frozenset(matcher.name for matcher in node.matchers.matchers)


class Known(NamedTuple):
    """A series that there is: whether it only grows, and its labels (None where nobody here knows them)."""

    grows: bool
    labels: frozenset[str] | None


def ours() -> dict[str, Known]:
    """The series of our processes, those that services count, and those that the rules record."""
    series = Series(CollectorRegistry())
    for service in installed_services().values():
        for tally in tallies_of(service):
            series.tally(tally.name, tally.about, tally.labels)
    found = dict(_shown(series))
    return found | _of_the_process() | {name: Known(False, None) for name in recorded()}


def recorded() -> set[str]:
    """What the rule files make of other series."""
    groups = [group for file in RULES.glob("*.yml") for group in yaml.safe_load(file.read_text())["groups"]]
    return {rule["record"] for group in groups for rule in group["rules"] if "record" in rule}


def _shown(series: Series) -> Iterator[tuple[str, Known]]:
    for each in [*vars(series).values(), *series._tallies.values()]:
        if isinstance(each, MetricWrapperBase):
            labels = frozenset(each._labelnames) | OF_A_TARGET
            for suffix, grows in _SHAPES[each._type]:
                yield f"{each._name}{suffix}", Known(grows, labels)


_SHAPES: Final = {
    "counter": [("_total", True)],
    "gauge": [("", False)],
    "histogram": [("_bucket", True), ("_count", True), ("_sum", True)],
    "info": [("_info", False)],
}


def _of_the_process() -> dict[str, Known]:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    shown = {sample.name: family.type == "counter" for family in registry.collect() for sample in family.samples}
    return {name: Known(grows, OF_A_TARGET) for name, grows in shown.items()}
