"""PromQL in the few shapes that panels ask; every shape answers before anything was counted, too."""

from dataclasses import dataclass
from typing import Final

CHOSEN: Final = 'service=~"$service"'
"""The services chosen at the top of a dashboard."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question to Prometheus.

    `legend` names a line by its labels, or a column of a table, whose `unit` may be one of its own.
    `exemplars` also asks for the traces behind a histogram.
    """

    expr: str
    legend: str = ""
    unit: str = ""
    exemplars: bool = False


def rate(series: str, *by: str, where: str = "") -> str:
    """How fast a counter grows, per second."""
    return f"sum{_by(by)} (rate({_chosen(series, where)}[$__rate_interval]))"


def growth(series: str, *by: str, where: str = "", over: str = "$__range") -> str:
    """By how much a counter grew, by default in the time that the dashboard shows."""
    return f"sum{_by(by)} (increase({_chosen(series, where)}[{over}]))"


def largest(series: str, *by: str, where: str = "") -> str:
    """The greatest value of a gauge: of several processes that show the same thing, or of several things."""
    return f"max{_by(by)} ({_chosen(series, where)})"


def total(series: str, *by: str, where: str = "") -> str:
    """The sum of a gauge."""
    return f"sum{_by(by)} ({_chosen(series, where)})"


def quantile(part: float, histogram: str, *by: str, where: str = "", over: str = "$__rate_interval") -> str:
    """The value that this part of the observations did not exceed; no line where nothing was observed."""
    buckets = f"sum by ({', '.join(('le', *by))}) (rate({_chosen(f'{histogram}_bucket', where)}[{over}]))"
    return f"histogram_quantile({part:g}, {buckets}) >= 0"


def share(part: str, whole: str) -> str:
    """A part of a whole, 0 to 1: 0 where the whole is 0, or the part was never counted."""
    return f"({part}) / (({whole}) > 0) or 0 * ({whole})"


STAND_IN: Final = " or on () vector(0)"


def or_zero(expr: str) -> str:
    """0 instead of nothing: for what is counted first when something goes wrong."""
    return f"({expr}){STAND_IN}"


def of_process(expr: str) -> str:
    """What a process tells of itself (labels `instance`, `job`), under the services that run in it."""
    services = f"max by (service, instance, job) (http_server_active_requests{{{CHOSEN}}}) * 0"
    return f"{services} + on (instance, job) group_left () ({expr})"


def _by(labels: tuple[str, ...]) -> str:
    return f" by ({', '.join(labels)})" if labels else ""


def _chosen(series: str, where: str) -> str:
    return f"{series}{{{where}}}" if where else series
