"""The first look: are promises kept, is anybody alarmed, and which service is it."""

from collections.abc import Sequence
from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section
from deploy.monitoring.dashboards.panel import AnyPanel, Limits, Words, graph, table, tile
from deploy.monitoring.dashboards.query import Query, or_zero, quantile, rate, share
from deploy.monitoring.dashboards.requests import PEOPLE, REQUESTS
from deploy.monitoring.recording import AGE, LAG, LETTERS, PENDING
from deploy.monitoring.slos import SLOS, WINDOW, Slo

_FIRING: Final = 'ALERTS{alertstate="firing", alertname!="Watchdog"}'
_BY_SERVICE: Final = "/d/sunmao-requests"


def _budget(slo: Slo) -> AnyPanel:
    """What is left of a promise's budget of errors, for the service that has least."""
    words = Words(
        slo.name.replace("-", " ").capitalize(),
        f"{slo.promise.en}; the part of the error budget that is left to the service that has least.",
        f"{slo.promise.zh}；错误预算余额最少的服务的剩余比例。",
    )
    left = Query(f'min(slo:error_budget_left:{WINDOW}{{slo="{slo.name}"}})', "left")
    return tile(words, units.PercentUnit, left, Limits(0.25, 0), width=3)


_PROMISES: Final[Sequence[AnyPanel]] = [
    *map(_budget, SLOS),
    table(
        Words(
            "Promises by service",
            f"Share of errors over {WINDOW} and over the last hour, and what is left of the budget.",
            f"最近 {WINDOW} 与最近一小时的错误比例，以及错误预算余额。",
        ),
        units.PercentUnit,
        "service",
        Query(f"slo:error_ratio:{WINDOW}", "errors"),
        Query("slo:error_ratio:1h", "errors in the last hour"),
        Query(f"slo:error_budget_left:{WINDOW}", "budget left"),
        width=24,
    ),
]

_NOW: Final[Sequence[AnyPanel]] = [
    tile(
        Words("Alerts", "Alerts that fire now, without the watchdog.", "当前触发的告警（不含看门狗）。"),
        units.Short,
        Query(or_zero(f"count ({_FIRING})"), "firing"),
        Limits(1, 1),
    ),
    tile(
        Words("Dead letters", "Open dead letters of all consumers.", "所有消费者未处理的死信。"),
        units.Short,
        Query(f"sum({LETTERS})", "open"),
        Limits(1, 10),
    ),
    tile(
        Words(
            "Oldest unsent event", "The longest that any service's outbox has waited.", "各服务发件箱中等待最久的事件。"
        ),
        units.Seconds,
        Query(f"max({AGE})", "age"),
        Limits(30, 60),
    ),
    tile(
        Words("Processes", "Processes that answer, by service.", "各服务可用的进程数。"),
        units.Short,
        Query("count by (service) (http_server_active_requests)", "{{service}}"),
        Limits(1, 0.5),
        width=12,
    ),
]

_SERVICES: Final[Sequence[AnyPanel]] = [
    table(
        Words(
            "Services",
            "One row per service; a row leads to its requests.",
            "每个服务一行；点击可打开该服务的请求看板。",
        ),
        units.Short,
        "service",
        Query(rate(f"{REQUESTS}_count", "service", where=PEOPLE), "requests", units.RequestsPerSecond),
        Query(
            share(
                rate(f"{REQUESTS}_count", "service", where=f'{PEOPLE}, status="5xx"'),
                rate(f"{REQUESTS}_count", "service", where=PEOPLE),
            ),
            "failed",
            units.PercentUnit,
        ),
        Query(quantile(0.95, REQUESTS, "service", where=PEOPLE), "p95", units.Seconds),
        Query(f"sum by (service) ({LAG})", "lag"),
        Query(PENDING, "pending"),
        width=24,
        link=_BY_SERVICE,
    ),
    graph(
        Words("Requests", "Answered requests by service, without probes.", "各服务应答的请求数（不含探针）。"),
        units.RequestsPerSecond,
        Query(rate(f"{REQUESTS}_count", "service", where=PEOPLE), "{{service}}"),
    ),
    graph(
        Words("Events", "Events whose effect was committed, by service.", "各服务已提交处理的事件数。"),
        units.EventsPerSecond,
        Query(rate("sunmao_inbox_events_total", "service", where='outcome="processed"'), "{{service}}"),
    ),
    graph(
        Words("Lag", "Records not yet consumed, by service.", "各服务尚未消费的记录数。"),
        units.Short,
        Query(f"sum by (service) ({LAG})", "{{service}}"),
    ),
    table(
        Words("Alerts that fire", "With the watchdog, which always does.", "含始终触发的看门狗。"),
        units.Short,
        "alertname",
        Query('max by (alertname, severity, service) (ALERTS{alertstate="firing"})', "fires"),
    ),
    table(
        Words("What runs", "Processes by version and commit.", "各版本与提交的进程数。"),
        units.Short,
        "version",
        Query("count by (version, commit) (sunmao_build_info)", "processes"),
    ),
]

OVERVIEW_PAGE: Final = Page(
    "sunmao-overview",
    "Sunmao: overview",
    "Are promises kept, is anybody alarmed, and which service is it.",
    "承诺是否兑现、是否有告警、是哪个服务。",
    [Section("Now", _NOW), Section("Promises", _PROMISES), Section("Services", _SERVICES)],
)
