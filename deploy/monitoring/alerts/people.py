"""Alerts on what people notice: notifications, live streams, refusals at the door; and the one that always fires."""

from typing import Final

from deploy.monitoring.rules import Alert, Example, Group, Said

_STREAM: Final = '{service="notify", route="/v1/events/stream", method="GET", status="5xx"}'
_REFUSED: Final = "http_server_request_duration_seconds_count"
_SENT: Final = 'sunmao_notify_deliveries_total{service="notify", channel="email", category="match"'
_AUTH: Final = 'sunmao_auth_failures_total{service="training", reason="expired"}'
_FAILURES: Final = "sum by (service) (rate(sunmao_auth_failures_total"

PEOPLE: Final = Group(
    "sunmao-people",
    [
        Alert(
            "NotifyProviderDown",
            'sum by (service, channel) (rate(sunmao_notify_deliveries_total{outcome="failed"}[10m]))\n'
            "  / sum by (service, channel) (rate(sunmao_notify_deliveries_total[10m])) > 0.5\n"
            'and sum by (service, channel) (increase(sunmao_notify_deliveries_total{outcome="failed"}[10m])) > 5',
            "10m",
            "warn",
            Said("Notifications by {{ $labels.channel }} fail", "{{ $labels.channel }} 渠道的通知发送失败"),
            Said(
                "{{ $value | humanizePercentage }} of them were not taken by the provider in the last ten minutes.",
                "最近十分钟内 {{ $value | humanizePercentage }} 的通知未被服务商接受。",
            ),
            fires=Example(
                {f'{_SENT}, outcome="failed"}}': "0+3x40", f'{_SENT}, outcome="delivered"}}': "0+1x40"},
                "30m",
                {"service": "notify", "channel": "email"},
                "75%",
            ),
            silent=Example(
                {f'{_SENT}, outcome="failed"}}': "0+1x40", f'{_SENT}, outcome="delivered"}}': "0+3x40"}, "30m"
            ),
        ),
        Alert(
            "InboxStreamDown",
            'sum by (service, route) (rate(http_server_request_duration_seconds_count{route=~".+/stream", '
            'status="5xx"}[5m])) > 0.1',
            "5m",
            "warn",
            Said("Live streams are refused", "实时推送被拒绝"),
            Said(
                "{{ $labels.route }} of {{ $labels.service }} answers readers with an error: a process holds as many "
                "streams as it may, or the database is away.",
                "{{ $labels.service }} 的 {{ $labels.route }} 返回错误：进程的推送连接已达上限，或数据库不可用。",
            ),
            fires=Example(
                {f"{_REFUSED}{_STREAM}": "0+30x20"}, "15m", {"service": "notify", "route": "/v1/events/stream"}
            ),
            silent=Example({f"{_REFUSED}{_STREAM}": "0+1x20"}, "15m"),
        ),
        Alert(
            "AuthFailureSpike",
            f"{_FAILURES}[5m])) > 1\nand {_FAILURES}[5m])) > 5 * {_FAILURES}[1d]))",
            "5m",
            "warn",
            Said("{{ $labels.service }} refuses many callers", "{{ $labels.service }} 拒绝大量请求者"),
            Said(
                "Five times as many as on the day's average are refused at the door: an issuer's new keys, an expired "
                "client, or somebody who tries.",
                "身份校验失败达到日均的五倍以上：可能是签发方换钥、客户端凭证过期，或有人在试探。",
            ),
            fires=Example({_AUTH: "0x30 0+120x30"}, "45m", {"service": "training"}),
            silent=Example({_AUTH: "0+30x60"}, "45m"),
        ),
        Alert(
            "CalendarEnding",
            # 60 days, and 8 hours by which the region is ahead of UTC.
            "max(sunmao_calendar_last_year) < year(vector(time() + 60 * 86400 + 8 * 3600))",
            "1h",
            "ticket",
            Said("The calendar of holidays ends within 60 days", "节假日日历将在60天内到期"),
            Said(
                "Holidays are known until the end of {{ $value }}; of later days the rules of internships say that "
                "they do not know.",
                "节假日安排仅录入至 {{ $value }} 年底，实习规则对其后的日期无法判定。",
            ),
            # The time of these tests begins with 1970.
            fires=Example(
                {'sunmao_calendar_last_year{service="training", instance="a"}': "1969x70"}, "65m", {}, "1969"
            ),
            silent=Example({'sunmao_calendar_last_year{service="training", instance="a"}': "1970x70"}, "65m"),
        ),
        Alert(
            "ErasureReceiptLate",
            'max by (service) (sunmao_erasures{status="late", test="false"}) > 0',
            "15m",
            "ticket",
            Said("A service has not confirmed an erasure", "有服务未确认个人信息删除"),
            Said(
                "{{ $value }} erasures of persons wait for a receipt for more than a day.",
                "{{ $value }} 项个人信息删除超过一天未收齐回执。",
            ),
            fires=Example(
                {'sunmao_erasures{service="training", instance="a", status="late", test="false"}': "2x30"},
                "20m",
                {"service": "training"},
                "2",
            ),
            silent=Example(
                {'sunmao_erasures{service="training", instance="a", status="waiting", test="false"}': "2x30"}, "20m"
            ),
        ),
        Alert(
            "Watchdog",
            "vector(1)",
            "0m",
            "none",
            Said("Alerting works", "告警链路正常"),
            Said(
                "It always fires. Whoever receives it raises the alarm when it stops coming.",
                "此告警始终触发；接收方在收不到它时应报警。",
            ),
            fires=Example({}, "5m"),
            # Nothing keeps it quiet; the test of its silence is that no other alert is told where nothing is scraped.
            silent=Example({}, "0m"),
        ),
    ],
)
