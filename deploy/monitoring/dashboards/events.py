"""The way of an event: outbox, relay, Kafka, consumer, and what was set aside."""

from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section, chosen_services
from deploy.monitoring.dashboards.panel import Limits, Words, graph, heatmap, tile
from deploy.monitoring.dashboards.query import CHOSEN, Query, growth, largest, or_zero, quantile, rate, total
from deploy.monitoring.recording import AGE, LETTERS, LETTERS_AGE, PARKED, PENDING

END_TO_END: Final = "sunmao_event_end_to_end_seconds"
_PROGRESS: Final = largest("sunmao_consumer_last_progress_timestamp_seconds", "group", where=CHOSEN)
_BEHIND: Final = total("sunmao_consumer_lag", "group", where=CHOSEN)
_BUSIEST: Final = f"max by (service) ({rate('sunmao_inbox_events_total', 'service', 'consumer', where=CHOSEN)})"
_CATCHING_UP: Final = f"{total('sunmao_consumer_lag', 'service', where=CHOSEN)} / clamp_min({_BUSIEST}, 0.01)"

_OUTBOX: Final = Section(
    "Outbox and relay",
    [
        tile(
            Words(
                "Relay leaders",
                "Processes that send, by service; anything but 1 is wrong.",
                "各服务中正在转发的进程数；不为 1 即异常。",
            ),
            units.Short,
            Query(total("sunmao_outbox_relay_leader", "service", where=CHOSEN), "{{service}}"),
            Limits(1, 0.5),
            width=12,
        ),
        tile(
            Words("Parked", "Rows that no broker will ever take.", "任何代理都不会接收的行。"),
            units.Short,
            Query(f"{PARKED}{{{CHOSEN}}}", "{{service}}"),
            Limits(1, 1),
            width=12,
        ),
        graph(
            Words("Pending", "Rows not yet confirmed by Kafka.", "Kafka 尚未确认的行数。"),
            units.Short,
            Query(f"{PENDING}{{{CHOSEN}}}", "{{service}}"),
        ),
        graph(
            Words(
                "Oldest pending",
                "Age of the oldest row not yet confirmed. Over a minute, Kafka is away or nobody leads.",
                "最早未确认行的等待时间。超过一分钟：Kafka 不可用，或无进程转发。",
            ),
            units.Seconds,
            Query(f"{AGE}{{{CHOSEN}}}", "{{service}}"),
        ),
        graph(
            Words("Delay of publishing", "p95 from the change to the confirmation.", "从变更到确认的 p95。"),
            units.Seconds,
            Query(
                quantile(0.95, "sunmao_outbox_publish_delay_seconds", "service", where=CHOSEN),
                "{{service}}",
                exemplars=True,
            ),
        ),
        graph(
            Words("Published", "Events confirmed, by topic.", "已确认的事件数，按主题分。"),
            units.EventsPerSecond,
            Query(rate("sunmao_outbox_published_total", "topic", where=CHOSEN), "{{topic}}"),
        ),
        graph(
            Words("Refused sends", "Sends that failed, by error.", "发送失败次数，按错误分。"),
            units.EventsPerSecond,
            Query(
                or_zero(rate("sunmao_outbox_publish_failures_total", "service", "error", where=CHOSEN)),
                "{{service}} {{error}}",
            ),
        ),
        graph(
            Words(
                "Rows per transaction", "p95 of the rows that the relay sends at once.", "转发器每次发送行数的 p95。"
            ),
            units.Short,
            Query(quantile(0.95, "sunmao_outbox_relay_batch_size", "service", where=CHOSEN), "{{service}}"),
        ),
        graph(
            Words(
                "Transaction of the relay", "p95 from reading rows to Kafka's commit.", "从读取到 Kafka 提交的 p95。"
            ),
            units.Seconds,
            Query(quantile(0.95, "sunmao_outbox_relay_cycle_seconds", "service", where=CHOSEN), "{{service}}"),
        ),
        graph(
            Words(
                "Last send",
                "Time since a page was last sent well; rises while there is nothing to send.",
                "距上次成功发送的时间；无事可发时也会上升。",
            ),
            units.Seconds,
            Query(
                f"time() - {largest('sunmao_outbox_relay_last_success_timestamp_seconds', 'service', where=CHOSEN)}",
                "{{service}}",
            ),
        ),
    ],
)

_GROUPS: Final = Section(
    "Consumer groups",
    [
        graph(
            Words("Lag", "Records not yet consumed, by group.", "消费组尚未消费的记录数。"),
            units.Short,
            Query(_BEHIND, "{{group}}"),
        ),
        graph(
            Words(
                "Without progress",
                "How long a group that is behind has moved no offset.",
                "有积压的消费组多久没有推进位点。",
            ),
            units.Seconds,
            Query(f"(time() - {_PROGRESS}) * ({_BEHIND} > bool 0)", "{{group}}"),
        ),
        graph(
            Words(
                "Time to catch up",
                "Lag divided by what the busiest consumer handles; very long where it handles nothing.",
                "积压除以最忙消费者的处理速度；停滞时会非常大。",
            ),
            units.Seconds,
            Query(_CATCHING_UP, "{{service}}"),
        ),
        graph(
            Words(
                "Partitions held",
                "By every process of a group; the sum is all partitions.",
                "消费组各进程持有的分区；总和应为全部分区。",
            ),
            units.Short,
            Query(
                total("sunmao_consumer_assigned_partitions", "group", "instance", where=CHOSEN),
                "{{group}} {{instance}}",
            ),
        ),
        graph(
            Words("Assignments", "How often partitions were given out anew.", "重新分配分区的次数。"),
            units.Short,
            Query(
                growth("sunmao_consumer_rebalances_total", "group", where=CHOSEN, over="$__rate_interval"), "{{group}}"
            ),
        ),
        tile(
            Words("Consumers up", "Processes whose consumer's loop runs.", "消费循环正在运行的进程数。"),
            units.Short,
            Query(total("sunmao_consumer_up", "group", where=CHOSEN), "{{group}}"),
            Limits(1, 0.5),
            width=8,
        ),
    ],
)

_CONSUMERS: Final = Section(
    "Consumers",
    [
        heatmap(
            Words(
                "End to end",
                "From an event's time to the consumer's commit; the points lead to traces.",
                "从事件发生到消费者提交；图中的点可打开对应链路。",
            ),
            units.Seconds,
            Query(
                growth(f"{END_TO_END}_bucket", "le", where=CHOSEN, over="$__rate_interval"), "{{le}}", exemplars=True
            ),
        ),
        graph(
            Words(
                "End to end, by part",
                "What 50, 95 and 99 % of the events did not exceed.",
                "50%、95%、99% 的事件不超过的时间。",
            ),
            units.Seconds,
            *(
                Query(quantile(part, END_TO_END, where=CHOSEN), f"p{part * 100:g}", exemplars=True)
                for part in (0.5, 0.95, 0.99)
            ),
            width=12,
        ),
        graph(
            Words(
                "Outcomes",
                "Events by what became of them; duplicates after a crash are normal.",
                "事件处理结果；崩溃后的重复是正常的。",
            ),
            units.EventsPerSecond,
            Query(rate("sunmao_inbox_events_total", "outcome", where=CHOSEN), "{{outcome}}"),
            stacked=True,
        ),
        graph(
            Words("Processing", "p95 of one event's step, by consumer.", "单个事件处理耗时的 p95，按消费者分。"),
            units.Seconds,
            Query(
                quantile(0.95, "sunmao_event_processing_seconds", "consumer", where=CHOSEN),
                "{{consumer}}",
                exemplars=True,
            ),
        ),
        graph(
            Words(
                "Retries",
                "Tries after a transient error: the database is away, or writers race.",
                "暂时性错误后的重试：数据库不可用，或写入竞争。",
            ),
            units.CountsPerSecond,
            Query(
                or_zero(rate("sunmao_consumer_retries_total", "consumer", "error_type", where=CHOSEN)),
                "{{consumer}} {{error_type}}",
            ),
        ),
        tile(
            Words(
                "Projections filled",
                "The least of a service's projections: 0 until all have caught up.",
                "某服务投影的最小值：全部追上之前为 0。",
            ),
            units.Short,
            Query(f"min by (service) (sunmao_projection_bootstrap_complete{{{CHOSEN}}})", "{{service}}"),
            Limits(1, 0.5),
            width=12,
        ),
    ],
)

_ASIDE: Final = Section(
    "Set aside",
    [
        graph(
            Words(
                "Dead letters",
                "Open dead letters, by consumer: somebody has to look.",
                "未处理的死信，按消费者分：需要有人处理。",
            ),
            units.Short,
            Query(f"{LETTERS}{{{CHOSEN}}}", "{{consumer}}"),
        ),
        graph(
            Words("Oldest dead letter", "How long the oldest open one has waited.", "最早未处理死信的等待时间。"),
            units.Seconds,
            Query(f"{LETTERS_AGE}{{{CHOSEN}}}", "{{consumer}}"),
        ),
        graph(
            Words("Run again", "Replayed dead letters, by outcome.", "重放的死信，按结果分。"),
            units.Short,
            Query(
                or_zero(
                    growth(
                        "sunmao_dead_letters_replayed_total",
                        "consumer",
                        "outcome",
                        where=CHOSEN,
                        over="$__rate_interval",
                    )
                ),
                "{{consumer}} {{outcome}}",
            ),
        ),
        graph(
            Words(
                "No event of ours",
                "Records that could not become an event, by topic and reason.",
                "无法识别为事件的记录，按主题与原因分。",
            ),
            units.Short,
            Query(
                or_zero(
                    growth("sunmao_schema_rejections_total", "topic", "reason", where=CHOSEN, over="$__rate_interval")
                ),
                "{{topic}} {{reason}}",
            ),
            width=24,
        ),
    ],
)

EVENTS_PAGE: Final = Page(
    "sunmao-events",
    "Sunmao: events",
    "The way of an event from the change to the last consumer's commit.",
    "事件从变更到最后一个消费者提交的全过程。",
    [_OUTBOX, _GROUPS, _CONSUMERS, _ASIDE],
    variables=(chosen_services,),
)
