"""What is promised in numbers over 28 days; rules, burn-rate alerts, panels and the table of the runbooks follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deploy.monitoring.rules import Said

WINDOW: Final = "28d"

_HTTP: Final = "http_server_request_duration_seconds"
# Probes say no on purpose, a stream lasts as its reader, imports and batches as their rows, a replay as its letters.
_NO_PROBES: Final = 'route!~"/livez|/readyz|/metrics"'
_ANSWERS: Final = (
    'route!~"/livez|/readyz|/metrics|/docs.*|/v1/operations/.+|.+/stream|/v1/tables/.+/imports|/v1/batches/.+"'
)
_READS: Final = f'{_ANSWERS}, method=~"GET|HEAD"'
_WRITES: Final = f'{_ANSWERS}, method=~"POST|PUT|PATCH|DELETE"'


def _rate(series: str) -> str:
    # A scrape carries the time at which it began and is written when it has ended: of two rules that are evaluated for
    # one moment only the second may see it. What is half a minute old both see.
    return f"sum by (service) (rate({series}[5m] offset 30s))"


@dataclass(frozen=True, slots=True)
class Slo:
    """One promise. `good` and `total` are rates per service; what is not good is counted as an error.

    `alert` is told when the budget of errors burns too fast, but never for fewer than `failures` of them: where little
    happens, one failure is a large share. `raw` is an example of series, of which the share `wrong` is an error.
    """

    name: str
    alert: str
    objective: float
    promise: Said
    good: str
    total: str
    raw: Mapping[str, str] = field(default_factory=dict)
    wrong: float = 0.1
    failures: int = 5

    @property
    def budget(self) -> float:
        """The share that may go wrong."""
        return round(1 - self.objective, 6)


def _request(status: str, method: str = "POST") -> str:
    return f'{{service="training", route="/v1/cohorts", method="{method}", status="{status}"}}'


def _within(le: str, labels: str) -> str:
    return f'{{le="{le}", {labels.strip("{}")}}}'


def _timed(series: str, le: str, labels: str) -> dict[str, str]:
    """A histogram in which nine of ten are in time."""
    return {f"{series}_bucket{_within(le, labels)}": "0+90x30", f"{series}_count{labels}": "0+100x30"}


_ARRIVED: Final = '{service="training", consumer="training.credit", event_type="sunmao.training.practice.verified.v1"}'
_EVENTS: Final = "sunmao_event_end_to_end_seconds"
_INBOX: Final = "sunmao_inbox_events_total"
_SENT: Final = "sunmao_notify_delivery_seconds"
_HANDED_OVER: Final = _rate(f'{_SENT}_bucket{{le="60.0"}}')
_FAILED: Final = _rate('sunmao_notify_deliveries_total{outcome="failed"}')
_FRESH: Final = "service:sunmao_outbox_fresh:bool"
_LETTER: Final = 'service="training", consumer="training.credit", event_type="sunmao.training.practice.verified.v1"'

SLOS: Final = (
    Slo(
        "http-availability",
        "HttpAvailabilitySLO",
        0.999,
        Said("99.9 % of requests are answered without a server error", "99.9% 的请求得到应答且没有服务器错误"),
        good=_rate(f'{_HTTP}_count{{{_NO_PROBES}, status!="5xx"}}'),
        total=_rate(f"{_HTTP}_count{{{_NO_PROBES}}}"),
        raw={f"{_HTTP}_count{_request('2xx')}": "0+90x30", f"{_HTTP}_count{_request('5xx')}": "0+10x30"},
    ),
    Slo(
        "http-read-latency",
        "HttpLatencySLO",
        0.95,
        Said("95 % of reads are answered within 300 ms", "95% 的读请求在 300 毫秒内应答"),
        good=_rate(f'{_HTTP}_bucket{{{_READS}, le="0.3"}}'),
        total=_rate(f"{_HTTP}_count{{{_READS}}}"),
        raw=_timed(_HTTP, "0.3", _request("2xx", "GET")),
    ),
    Slo(
        "http-write-latency",
        "HttpLatencySLO",
        0.95,
        Said("95 % of writes are answered within 800 ms", "95% 的写请求在 800 毫秒内应答"),
        good=_rate(f'{_HTTP}_bucket{{{_WRITES}, le="0.8"}}'),
        total=_rate(f"{_HTTP}_count{{{_WRITES}}}"),
        raw=_timed(_HTTP, "0.8", _request("2xx")),
    ),
    Slo(
        "event-freshness-5s",
        "EventLatencySLO",
        0.99,
        Said("99 % of events are handled within 5 s of happening", "99% 的事件在发生后 5 秒内处理完"),
        good=_rate(f'{_EVENTS}_bucket{{le="5.0"}}'),
        total=_rate(f"{_EVENTS}_count"),
        raw=_timed(_EVENTS, "5.0", _ARRIVED),
    ),
    Slo(
        "event-freshness-60s",
        "EventLatencySLO",
        0.999,
        Said("99.9 % of events are handled within 60 s of happening", "99.9% 的事件在发生后 60 秒内处理完"),
        good=_rate(f'{_EVENTS}_bucket{{le="60.0"}}'),
        total=_rate(f"{_EVENTS}_count"),
        raw=_timed(_EVENTS, "60.0", _ARRIVED),
    ),
    Slo(
        "outbox-freshness",
        "OutboxFreshnessSLO",
        0.999,
        Said(
            "no event waits longer than 30 s to be sent, 99.9 % of the time", "99.9% 的时间里没有事件等待发送超过 30 秒"
        ),
        # Every moment counts alike, however little is sent in it.
        good=f"avg_over_time({_FRESH}[5m])",
        total=f"avg_over_time({_FRESH}[5m]) * 0 + 1",
        raw={
            'sunmao_outbox_oldest_pending_age_seconds{service="training", instance="a"}': "31x30",
            'sunmao_outbox_relay_leader{service="training", instance="a"}': "1x30",
        },
        wrong=1,
        failures=0,
    ),
    Slo(
        "dead-letters",
        "DeadLetterSLO",
        0.9999,
        Said("at most one event in 10,000 is set aside", "每一万个事件中最多有一个被搁置"),
        good=_rate(f'{_INBOX}{{outcome="processed"}}'),
        total=_rate(f'{_INBOX}{{outcome=~"processed|dead_lettered"}}'),
        raw={
            f'{_INBOX}{{{_LETTER}, outcome="processed"}}': "0+90x30",
            f'{_INBOX}{{{_LETTER}, outcome="dead_lettered"}}': "0+10x30",
        },
    ),
    Slo(
        "notifications",
        "NotifySLO",
        0.99,
        Said(
            "99 % of notifications are handed over within 60 s, those deferred by quiet hours aside",
            "99% 的通知在 60 秒内送交（免打扰时段推迟的除外）",
        ),
        good=f"{_HANDED_OVER} - ({_FAILED} or {_HANDED_OVER} * 0)",
        total=_rate(f"{_SENT}_count"),
        raw=_timed(_SENT, "60.0", '{service="notify", channel="email"}'),
    ),
)
