"""Alerts on what a service has not yet heard, or could not digest."""

from collections.abc import Mapping
from typing import Final

from deploy.monitoring.recording import EXPECTED, LAG, LETTERS, LETTERS_AGE
from deploy.monitoring.rules import Alert, Example, Group, Said
from shared.contracts.registry import SERVICES

_MEMBER: Final = 'service="training", group="sunmao.training", instance="a"'
_PARTITION: Final = f'sunmao_consumer_lag{{{_MEMBER}, topic="sunmao.partnership.events.v1", partition="3"}}'
_PROGRESS: Final = f"sunmao_consumer_last_progress_timestamp_seconds{{{_MEMBER}}}"
_REBALANCES: Final = f"sunmao_consumer_rebalances_total{{{_MEMBER}}}"
_GROUP: Final = {"service": "training", "group": "sunmao.training"}
_CREDIT: Final = 'service="training", consumer="training.credit"'
_OF_CREDIT: Final = {"service": "training", "consumer": "training.credit"}
_COUNTED: Final = (
    f'sunmao_inbox_events_total{{{_CREDIT}, instance="a", event_type="sunmao.training.practice.verified.v1"'
)
_OPEN: Final = f'sunmao_dead_letters_open{{{_CREDIT}, instance="a"}}'
_OLDEST: Final = f'sunmao_dead_letters_oldest_age_seconds{{{_CREDIT}, instance="a"}}'
_REJECTED: Final = (
    'sunmao_schema_rejections_total{service="training", topic="sunmao.partnership.events.v1", reason="parse"}'
)
_LEADS: Final = 'sunmao_outbox_relay_leader{service="training", instance="a"}'


def grown(counter: str, window: str, *labels: str) -> str:
    """By how much a counter grew. A label set appears with its first count, which `increase` cannot see."""
    by = f"sum by ({', '.join(labels)})"
    return f"{by} (increase({counter}[{window}])) > 0\nor {by} ({counter} unless {counter} offset {window}) > 0"


def _members(training: str) -> Mapping[str, str]:
    elsewhere = [service for service in SERVICES if service != "training"]
    up = {f'sunmao_consumer_up{{service="{name}", group="sunmao.{name}", instance="a"}}': "1x10" for name in elsewhere}
    return {**up, f"sunmao_consumer_up{{{_MEMBER}}}": training}


_DEAD: Final = 'sunmao_inbox_events_total{outcome="dead_lettered"}'
_DONE: Final = 'sunmao_inbox_events_total{outcome=~"processed|dead_lettered"}'
_BY_CONSUMER: Final = "sum by (service, consumer)"

CONSUMERS: Final = Group(
    "sunmao-consumers",
    [
        Alert(
            "ConsumerStalled",
            "sum by (service, group, instance) (sunmao_consumer_lag) > 0\n"
            "and on (service, group, instance) (time() - sunmao_consumer_last_progress_timestamp_seconds > 120)",
            "2m",
            "page",
            Said("{{ $labels.group }} stands still", "{{ $labels.group }} 停滞"),
            Said(
                "{{ $labels.instance }} has events to handle and has moved no offset for two minutes.",
                "{{ $labels.instance }} 有待处理的事件，但两分钟内没有推进任何位点。",
            ),
            fires=Example({_PARTITION: "1x20", _PROGRESS: "60x20"}, "6m", {**_GROUP, "instance": "a"}),
            silent=Example({_PARTITION: "0x20", _PROGRESS: "60x20"}, "10m"),
        ),
        Alert(
            "ConsumerLagGrowing",
            f"delta({LAG}[5m]) > 0\nand {LAG} > 1000",
            "15m",
            "warn",
            Said("{{ $labels.group }} falls behind", "{{ $labels.group }} 积压增加"),
            Said(
                "More arrives than its processes handle, and more than 1000 records wait.",
                "到达的记录多于处理的记录，积压已超过 1000 条。",
            ),
            fires=Example({_PARTITION: "1000+50x40"}, "30m", _GROUP),
            silent=Example({_PARTITION: "5000-50x40"}, "30m"),
        ),
        Alert(
            "ConsumerAbsent",
            f"{EXPECTED}\nunless on (service) (max by (service) (sunmao_consumer_up) == 1)",
            "3m",
            "page",
            Said("Nobody consumes for {{ $labels.service }}", "{{ $labels.service }} 没有消费进程"),
            Said(
                "No process of the service is connected to Kafka. What is told meanwhile waits there.",
                "该服务没有进程连接到 Kafka。此间的事件会在 Kafka 中等待。",
            ),
            fires=Example(_members("1x2 0x8"), "7m", {"service": "training"}),
            silent=Example(_members("1x10"), "7m"),
        ),
        Alert(
            "DeadLetterNew",
            f"{LETTERS} > max_over_time({LETTERS}[5m] offset 5m)\n"
            f"or ({LETTERS} unless {LETTERS} offset 10m) > 0\n"
            f"or {_BY_CONSUMER} (increase({_DEAD}[10m])) > 0",
            "0m",
            "ticket",
            Said("{{ $labels.consumer }} set an event aside", "{{ $labels.consumer }} 搁置了事件"),
            Said(
                "An event could not be digested and waits for somebody to look. Everything behind it goes on.",
                "有事件无法处理，等待人工查看；其后的事件照常处理。",
            ),
            fires=Example({_OPEN: "0x9 1x10", _LEADS: "1x20"}, "12m", _OF_CREDIT),
            silent=Example({_OPEN: "3x40", _LEADS: "1x40"}, "30m"),
        ),
        Alert(
            "DeadLetterOld",
            f"{LETTERS_AGE} > 86400",
            "1h",
            "ticket",
            Said(
                "Nobody has dealt with a dead letter of {{ $labels.consumer }}", "{{ $labels.consumer }} 的死信无人处理"
            ),
            Said(
                "The oldest open one has waited {{ $value | humanizeDuration }}; one working day is promised.",
                "最早的未处理死信已等待 {{ $value | humanizeDuration }}；承诺一个工作日内处理。",
            ),
            fires=Example({_OLDEST: "90000x80", _LEADS: "1x80"}, "70m", _OF_CREDIT, "1d 1h 0m 0s"),
            silent=Example({_OLDEST: "80000x80", _LEADS: "1x80"}, "70m"),
        ),
        Alert(
            "DeadLetterStorm",
            f"{_BY_CONSUMER} (rate({_DEAD}[5m]))\n"
            f"  / {_BY_CONSUMER} (rate({_DONE}[5m])) > 0.05\n"
            f"and {_BY_CONSUMER} (increase({_DEAD}[5m])) > 20",
            "5m",
            "page",
            Said("{{ $labels.consumer }} sets everything aside", "{{ $labels.consumer }} 大量搁置事件"),
            Said(
                "{{ $value | humanizePercentage }} of its events become dead letters: a faulty release, or a faulty "
                "publisher.",
                "其 {{ $value | humanizePercentage }} 的事件成为死信：可能是本服务或发布方的版本有误。",
            ),
            fires=Example(
                {f'{_COUNTED}, outcome="dead_lettered"}}': "0+25x20", f'{_COUNTED}, outcome="processed"}}': "0+75x20"},
                "15m",
                _OF_CREDIT,
                "25%",
            ),
            silent=Example(
                {f'{_COUNTED}, outcome="dead_lettered"}}': "0+2x20", f'{_COUNTED}, outcome="processed"}}': "0+75x20"},
                "15m",
            ),
        ),
        Alert(
            "SchemaRejected",
            grown("sunmao_schema_rejections_total", "10m", "service", "topic", "reason"),
            "0m",
            "ticket",
            Said("{{ $labels.topic }} holds what is no event", "{{ $labels.topic }} 中有不是事件的记录"),
            Said(
                "{{ $labels.service }} could not read a record ({{ $labels.reason }}). Somebody writes there who "
                "should not, or with a schema that nobody published.",
                "{{ $labels.service }} 无法读取记录（{{ $labels.reason }}）：有不应写入者写入，或使用了未发布的模式。",
            ),
            fires=Example(
                {_REJECTED: "_x5 1x10"},
                "8m",
                {"service": "training", "topic": "sunmao.partnership.events.v1", "reason": "parse"},
            ),
            silent=Example({_REJECTED: "4x40"}, "30m"),
        ),
        Alert(
            "RebalanceStorm",
            "max by (service, group) (increase(sunmao_consumer_rebalances_total[1h])) > 6",
            "0m",
            "warn",
            Said(
                "{{ $labels.group }} shares its partitions out again and again", "{{ $labels.group }} 反复重新分配分区"
            ),
            Said(
                "One process got its partitions anew more than six times within an hour; nothing is consumed "
                "meanwhile.",
                "一小时内同一进程六次以上重新分得分区，其间不消费事件。",
            ),
            fires=Example({_REBALANCES: "0+1x60"}, "50m", _GROUP),
            silent=Example({_REBALANCES: "1x30 2x30"}, "50m"),
        ),
    ],
)
