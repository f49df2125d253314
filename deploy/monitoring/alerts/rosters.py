"""Alerts on the folder into which universities' systems put their lists."""

from typing import Final

from deploy.monitoring.rules import Alert, Example, Group, Said

_A: Final = 'service="training", instance="a", kind="students"'
_ASIDE: Final = f'sunmao_roster_files_total{{{_A}, outcome="set_aside"}}'
_FAILED: Final = f'sunmao_roster_files_total{{{_A}, outcome="failed"}}'
_OF: Final = {"service": "training", "kind": "students"}

ROSTERS: Final = Group(
    "sunmao-rosters",
    [
        Alert(
            "RosterSetAside",
            'sum by (service, kind) (increase(sunmao_roster_files_total{outcome="set_aside"}[1d])) > 0',
            "0m",
            "ticket",
            Said(
                "A list of {{ $labels.kind }} was set aside by {{ $labels.service }}",
                "{{ $labels.service }} 未能接收一份 {{ $labels.kind }} 名册",
            ),
            Said(
                "Within the last day a file in the folder of rosters was no such list, or of an organisation that is "
                "not registered. Nothing of it was taken; the register stays as it was.",
                "最近一天内，名册目录中有文件不是有效名册，或所属单位尚未登记。其内容未被采用，在册数据不变。",
            ),
            fires=Example({_ASIDE: "0x5 1x60"}, "30m", _OF),
            silent=Example({_ASIDE: "1x60"}, "30m"),
        ),
        Alert(
            "RosterFolderFails",
            'sum by (service, kind) (increase(sunmao_roster_files_total{outcome="failed"}[10m])) > 0',
            "15m",
            "ticket",
            Said(
                "The folder of rosters of {{ $labels.kind }} cannot be used",
                "{{ $labels.kind }} 名册目录无法使用",
            ),
            Said(
                "For a quarter of an hour {{ $labels.service }} could not read or write it: lists wait there and are "
                "not taken. What comes over HTTP goes on.",
                "{{ $labels.service }} 十五分钟内无法读写该目录：名册滞留未取，通过 HTTP 报送的不受影响。",
            ),
            fires=Example({_FAILED: "0+2x60"}, "30m", _OF),
            silent=Example({_FAILED: "0x10 2x50"}, "30m"),
        ),
    ],
)
