"""Alerts on what a service has committed and not yet told."""

from collections.abc import Mapping
from typing import Final

from deploy.monitoring.recording import AGE, EXPECTED, PARKED, PENDING
from deploy.monitoring.rules import Alert, Example, Group, Said
from shared.contracts.registry import SERVICES

_A: Final = '{service="training", instance="a"}'
_B: Final = '{service="training", instance="b"}'
_TRAINING: Final = {"service": "training"}
_LEADS: Final = f"sunmao_outbox_relay_leader{_A}"
_LED: Final = f"sunmao_outbox_relay_leader{_B}"


def _after_a_handover(series: str, stale: str, now: str) -> Mapping[str, str]:
    """A replica that led before still shows what it counted then."""
    return {f"{series}{_A}": stale, f"{series}{_B}": now, _LEADS: "0x40", _LED: "1x40"}


def _leaders(training: str) -> Mapping[str, str]:
    elsewhere = [service for service in SERVICES if service != "training"]
    others = {f'sunmao_outbox_relay_leader{{service="{service}", instance="a"}}': "1x10" for service in elsewhere}
    return {**others, _LEADS: training, _LED: "0x10"}


OUTBOX: Final = Group(
    "sunmao-outbox",
    [
        Alert(
            "OutboxStalled",
            f"{AGE} > 60",
            "2m",
            "page",
            Said("{{ $labels.service }} sends no events", "{{ $labels.service }} 的事件发不出去"),
            Said(
                "The oldest event in its outbox has waited {{ $value | humanizeDuration }}. Nothing is lost; "
                "nobody hears of it until it is sent.",
                "发件箱中最早的事件已等待 {{ $value | humanizeDuration }}。数据不会丢失，但发出之前无人得知。",
            ),
            fires=Example(
                {f"sunmao_outbox_oldest_pending_age_seconds{_A}": "0+60x10", _LEADS: "1x10"}, "5m", _TRAINING, "5m 0s"
            ),
            silent=Example(_after_a_handover("sunmao_outbox_oldest_pending_age_seconds", "600x40", "5x40"), "10m"),
        ),
        Alert(
            "OutboxBacklogGrowing",
            f"deriv({PENDING}[10m]) > 0\nand {PENDING} > 1000",
            "10m",
            "warn",
            Said("The outbox of {{ $labels.service }} grows", "{{ $labels.service }} 的发件箱持续增长"),
            Said(
                "More is committed than the relay sends, and more than 1000 events wait.",
                "提交的事件多于转发的事件，等待发送的已超过 1000 个。",
            ),
            fires=Example({f"sunmao_outbox_pending{_A}": "1000+100x30", _LEADS: "1x30"}, "20m", _TRAINING),
            silent=Example({f"sunmao_outbox_pending{_A}": "5000-100x30", _LEADS: "1x30"}, "20m"),
        ),
        Alert(
            "OutboxParked",
            f"{PARKED} > 0",
            "5m",
            "ticket",
            Said("The broker refuses an event of {{ $labels.service }}", "代理拒收 {{ $labels.service }} 的事件"),
            Said(
                "{{ $value }} events were set aside because no broker will ever take them.",
                "有 {{ $value }} 个事件因代理永远不会接收而被搁置。",
            ),
            fires=Example({f"sunmao_outbox_parked{_A}": "2x10", _LEADS: "1x10"}, "8m", _TRAINING, "2"),
            silent=Example(_after_a_handover("sunmao_outbox_parked", "2x40", "0x40"), "8m"),
        ),
        Alert(
            "RelayLeaderMissing",
            f"{EXPECTED}\nunless on (service) (sum by (service) (sunmao_outbox_relay_leader) > 0)",
            "2m",
            "page",
            Said("Nobody sends the events of {{ $labels.service }}", "没有进程转发 {{ $labels.service }} 的事件"),
            Said(
                "No process of the service leads: its outbox is not emptied, its deadlines and chores are not kept.",
                "该服务没有主进程：发件箱不再清空，到期事项与定时任务也不再执行。",
            ),
            fires=Example(_leaders("1x2 0x8"), "6m", _TRAINING),
            silent=Example(_leaders("1x10"), "6m"),
        ),
        Alert(
            "RelayLeaderSplit",
            "sum by (service) (sunmao_outbox_relay_leader) > 1",
            "2m",
            "page",
            Said("Two processes lead {{ $labels.service }}", "{{ $labels.service }} 有多个主进程"),
            Said(
                "{{ $value }} processes believe that they lead. The broker refuses all but the newest, so nothing is "
                "wrong yet; the lock in the database does not hold.",
                "有 {{ $value }} 个进程自认为是主进程。代理只接受最新的一个，目前尚无错误，但数据库中的锁已失效。",
            ),
            fires=Example({_LEADS: "1x10", _LED: "1x10"}, "6m", _TRAINING, "2"),
            silent=Example({_LEADS: "1x4 0x6", _LED: "0x3 1x7"}, "8m"),
        ),
    ],
)
