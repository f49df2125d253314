"""Alerts on processes and what they stand on: database, disk, certificates, clocks."""

from collections.abc import Mapping
from typing import Final

from deploy.monitoring.recording import EXPECTED
from deploy.monitoring.rules import Alert, Example, Group, Said
from shared.contracts.registry import SERVICES

_A: Final = 'service="training", instance="a"'
_TRAINING: Final = {"service": "training"}
_AT_A: Final = {**_TRAINING, "instance": "a"}
_FREE: Final = 'kubelet_volume_stats_available_bytes{namespace="sunmao", persistentvolumeclaim="data-kafka-0"}'
_SIZE: Final = 'kubelet_volume_stats_capacity_bytes{namespace="sunmao", persistentvolumeclaim="data-kafka-0"}'
_STARTED: Final = f"process_start_time_seconds{{{_A}}}"


def _scraped(training: str) -> Mapping[str, str]:
    elsewhere = [service for service in SERVICES if service != "training"]
    up = {f'up{{job="sunmao", service="{service}", instance="a"}}': "1x10" for service in elsewhere}
    return {**up, f'up{{job="sunmao", {_A}}}': training, 'up{job="sunmao", service="training", instance="b"}': "0x10"}


def _filling(free: str, size: str) -> str:
    """Full within two days if it goes on like this, or nearly full already."""
    return f"(predict_linear({free}[6h], 172800) < 0 and {free} / {size} < 0.4) or {free} / {size} < 0.1"


_DISKS: Final = "\nor ".join(
    [
        "predict_linear(sunmao_folder_free_bytes[6h], 172800) < 0 or sunmao_folder_free_bytes < 1e9",
        _filling('kubelet_volume_stats_available_bytes{namespace=~"sunmao.*"}', "kubelet_volume_stats_capacity_bytes"),
        _filling('node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs|ramfs"}', "node_filesystem_size_bytes"),
    ]
)

PROCESSES: Final = Group(
    "sunmao-processes",
    [
        Alert(
            "TargetDown",
            f'{EXPECTED}\nunless on (service) (max by (service) (up{{service!=""}}) == 1)',
            "2m",
            "page",
            Said("{{ $labels.service }} is down", "{{ $labels.service }} 已停止"),
            Said("None of its processes answers.", "其所有进程均无应答。"),
            fires=Example(_scraped("1x2 0x8"), "6m", _TRAINING),
            silent=Example(_scraped("1x10"), "6m"),
        ),
        Alert(
            "ReplicaDown",
            'up{service!=""} == 0',
            "5m",
            "warn",
            Said("A process of {{ $labels.service }} is down", "{{ $labels.service }} 的一个进程已停止"),
            Said("{{ $labels.instance }} does not answer.", "{{ $labels.instance }} 无应答。"),
            fires=Example({f'up{{job="sunmao", {_A}}}': "1x2 0x8"}, "9m", {"job": "sunmao", **_AT_A}),
            silent=Example({f'up{{job="sunmao", {_A}}}': "1x2 0x2 1x6"}, "9m"),
        ),
        Alert(
            "ExporterDown",
            'up{job=~"kafka-exporter|postgres-exporter|alertmanager"} == 0',
            "5m",
            "warn",
            Said("{{ $labels.job }} is down", "{{ $labels.job }} 已停止"),
            Said(
                "What it tells is missing from panels; alerts may not reach anybody.",
                "面板上将缺少其数据；告警可能无法送达。",
            ),
            fires=Example(
                {'up{job="kafka-exporter", instance="kafka-exporter:9308"}': "0x10"},
                "6m",
                {"job": "kafka-exporter", "instance": "kafka-exporter:9308"},
            ),
            silent=Example({'up{job="kafka-exporter", instance="kafka-exporter:9308"}': "1x10"}, "6m"),
        ),
        Alert(
            "RestartLoop",
            'changes(process_start_time_seconds{service!=""}[15m]) > 2',
            "0m",
            "warn",
            Said("A process of {{ $labels.service }} starts again and again", "{{ $labels.service }} 的进程反复重启"),
            Said(
                "{{ $labels.instance }} started more than twice within 15 minutes.",
                "{{ $labels.instance }} 在 15 分钟内重启两次以上。",
            ),
            fires=Example({_STARTED: "10x2 190x2 370x2 550x9"}, "12m", _AT_A),
            silent=Example({_STARTED: "10x2 190x15"}, "12m"),
        ),
        Alert(
            "MigrationMissing",
            "max by (service) (sunmao_migrations_pending) > 0",
            "5m",
            "warn",
            Said(
                "The database of {{ $labels.service }} is behind its code",
                "{{ $labels.service }} 的数据库版本落后于代码",
            ),
            Said(
                "A migration of this release was not applied; new processes are not ready.",
                "本版本的迁移尚未执行；新进程不会就绪。",
            ),
            fires=Example({f"sunmao_migrations_pending{{{_A}}}": "1x10"}, "6m", _TRAINING),
            silent=Example({f"sunmao_migrations_pending{{{_A}}}": "1x3 0x10"}, "9m"),
        ),
        Alert(
            "PoolExhausted",
            'sunmao_db_pool_connections{state="in_use"} >= on (service, instance) group_left () sunmao_db_pool_size',
            "5m",
            "warn",
            Said("{{ $labels.service }} has no connection left", "{{ $labels.service }} 的数据库连接已用尽"),
            Said(
                "Every connection of {{ $labels.instance }} to the database is in use; requests wait for one.",
                "{{ $labels.instance }} 的数据库连接全部占用，请求在等待。",
            ),
            fires=Example(
                {
                    f'sunmao_db_pool_connections{{{_A}, state="in_use"}}': "10x10",
                    f"sunmao_db_pool_size{{{_A}}}": "10x10",
                },
                "7m",
                {**_AT_A, "state": "in_use"},
            ),
            silent=Example(
                {
                    f'sunmao_db_pool_connections{{{_A}, state="in_use"}}': "9x10",
                    f'sunmao_db_pool_connections{{{_A}, state="idle"}}': "10x10",
                    f"sunmao_db_pool_size{{{_A}}}": "10x10",
                },
                "7m",
            ),
        ),
        Alert(
            "DiskFilling",
            _DISKS,
            "30m",
            "warn",
            Said("A disk fills up", "磁盘即将写满"),
            Said(
                "It is nearly full, or will be within two days if it goes on like this: {{ $labels }}.",
                "磁盘接近写满，或按当前速度两天内写满：{{ $labels }}。",
            ),
            fires=Example(
                {_FREE: "8e9x60", _SIZE: "100e9x60"},
                "45m",
                {"namespace": "sunmao", "persistentvolumeclaim": "data-kafka-0"},
            ),
            silent=Example({_FREE: "50e9-1e5x60", _SIZE: "100e9x60"}, "45m"),
        ),
        Alert(
            "CertExpiring",
            "min by (service, peer) (sunmao_tls_certificate_expiry_timestamp_seconds) - time() < 14 * 86400",
            "1h",
            "ticket",
            Said("The certificate for {{ $labels.peer }} expires soon", "{{ $labels.peer }} 的证书即将到期"),
            Said(
                "{{ $labels.service }} cannot connect any more in {{ $value | humanizeDuration }}.",
                "{{ $value | humanizeDuration }} 后 {{ $labels.service }} 将无法连接。",
            ),
            fires=Example(
                {f'sunmao_tls_certificate_expiry_timestamp_seconds{{{_A}, peer="kafka"}}': "867600x80"},
                "1h",
                {**_TRAINING, "peer": "kafka"},
                "10d 0h 0m 0s",
            ),
            silent=Example(
                {f'sunmao_tls_certificate_expiry_timestamp_seconds{{{_A}, peer="kafka"}}': "2600000x80"}, "1h"
            ),
        ),
        Alert(
            "ClockSkew",
            "abs(sunmao_clock_skew_seconds) > 5",
            "5m",
            "warn",
            Said("A clock of {{ $labels.service }} is wrong", "{{ $labels.service }} 的时钟不准"),
            Said(
                "The clock of {{ $labels.instance }} and that of its database are {{ $value }} seconds apart.",
                "{{ $labels.instance }} 与其数据库的时钟相差 {{ $value }} 秒。",
            ),
            fires=Example({f"sunmao_clock_skew_seconds{{{_A}}}": "-30x10"}, "6m", _AT_A, "30"),
            silent=Example({f"sunmao_clock_skew_seconds{{{_A}}}": "-2x10"}, "6m"),
        ),
    ],
)
