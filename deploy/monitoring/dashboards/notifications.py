"""What people and systems are told: deliveries, streams, and alerts handed in by Alertmanager."""

from typing import Final

from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards.page import Page, Section
from deploy.monitoring.dashboards.panel import Limits, Words, graph, heatmap, tile
from deploy.monitoring.dashboards.query import Query, growth, largest, or_zero, quantile, rate, share, total

DELIVERIES: Final = "sunmao_notify_deliveries_total"
DELIVERY: Final = "sunmao_notify_delivery_seconds"

_DELIVERIES: Final = Section(
    "Deliveries",
    [
        graph(
            Words("Deliveries", "Notifications handed over, by channel and outcome.", "已投递的通知，按渠道与结果分。"),
            units.EventsPerSecond,
            Query(rate(DELIVERIES, "channel", "outcome"), "{{channel}} {{outcome}}"),
        ),
        graph(
            Words(
                "By class of event", "Notifications handed over, by what they tell of.", "已投递的通知，按事件类别分。"
            ),
            units.EventsPerSecond,
            Query(rate(DELIVERIES, "category"), "{{category}}"),
            stacked=True,
        ),
        graph(
            Words(
                "Not delivered",
                "Share of deliveries that did not end well, by channel.",
                "未成功投递的比例，按渠道分。",
            ),
            units.PercentUnit,
            Query(
                share(rate(DELIVERIES, "channel", where='outcome!="delivered"'), rate(DELIVERIES, "channel")),
                "{{channel}}",
            ),
        ),
        heatmap(
            Words("Time to deliver", "From the event to the delivery, all channels.", "从事件到投递的时间，所有渠道。"),
            units.Seconds,
            Query(growth(f"{DELIVERY}_bucket", "le", over="$__rate_interval"), "{{le}}"),
        ),
        graph(
            Words(
                "Time to deliver, by channel", "p95 from the event to the delivery.", "从事件到投递的 p95，按渠道分。"
            ),
            units.Seconds,
            Query(quantile(0.95, DELIVERY, "channel"), "{{channel}}"),
            width=12,
        ),
    ],
)

_WAITING: Final = Section(
    "Waiting and live",
    [
        graph(
            Words("Queue", "Notifications that wait to be delivered.", "等待投递的通知数。"),
            units.Short,
            Query(largest("sunmao_notify_queue_depth", "service"), "queue"),
        ),
        graph(
            Words(
                "Deferred",
                "Notifications kept back, by reason: quiet hours, a digest, a channel that is away.",
                "暂缓的通知，按原因分：免打扰时段、汇总、渠道不可用。",
            ),
            units.Short,
            Query(or_zero(largest("sunmao_notify_deferred", "reason")), "{{reason}}"),
        ),
        graph(
            Words(
                "Live streams",
                "Readers of the inbox and the feed that are connected now.",
                "当前连接中的收件箱与事件流读者。",
            ),
            units.Short,
            Query(total("sunmao_notify_streams", "service", "instance"), "{{instance}}"),
        ),
    ],
)

_TASKS: Final = Section(
    "Work-list",
    [
        graph(
            Words("Open tasks", "Tasks that wait for somebody, by kind.", "等待办理的任务，按类型分。"),
            units.Short,
            Query(or_zero(largest("sunmao_notify_tasks", "kind", where='test="false"')), "{{kind}}"),
            stacked=True,
            width=12,
        ),
        graph(
            Words("Overdue tasks", "Open tasks whose last day is over, by kind.", "已过截止日期的任务，按类型分。"),
            units.Short,
            Query(or_zero(largest("sunmao_notify_tasks_overdue", "kind", where='test="false"')), "{{kind}}"),
            stacked=True,
            width=12,
        ),
    ],
)

_ALERTS: Final = Section(
    "Alerts handed in",
    [
        tile(
            Words(
                "Alerts received", "From Alertmanager, in the time shown.", "在所示时间内从 Alertmanager 收到的告警。"
            ),
            units.Short,
            Query(or_zero(growth("sunmao_alerts_received_total", "severity")), "{{severity}}"),
            Limits(1, 10),
            width=8,
        ),
        graph(
            Words("Alerts by name", "Alerts received, by name and severity.", "收到的告警，按名称与严重程度分。"),
            units.Short,
            Query(
                or_zero(growth("sunmao_alerts_received_total", "alertname", "severity", over="$__rate_interval")),
                "{{alertname}} {{severity}}",
            ),
            width=16,
        ),
    ],
)

NOTIFICATIONS_PAGE: Final = Page(
    "sunmao-notifications",
    "Sunmao: notifications",
    "What people and other systems are told, and how long it takes.",
    "向人员与其他系统发出的通知及其耗时。",
    [_DELIVERIES, _WAITING, _TASKS, _ALERTS],
)
