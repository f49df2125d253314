"""Alerts on budgets of errors that burn too fast, over a long and a short window: soon told, and soon quiet again."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from deploy.monitoring.rules import Alert, Example, Group, Said, Severity
from deploy.monitoring.slos import SLOS, Slo


@dataclass(frozen=True, slots=True)
class Burn:
    """How many times faster than the budget allows, over which windows, and who is told after how long.

    `seen_at` is when the example of a budget that burns so fast is looked at.
    """

    factor: float
    long: str
    short: str
    hold: str
    severity: Severity
    seen_at: str


BURNS: Final = (
    Burn(14.4, "1h", "5m", "2m", "page", "10m"),
    Burn(6, "6h", "30m", "15m", "page", "40m"),
    Burn(1, "3d", "6h", "1h", "ticket", "2h"),
)
_RATE: Final = 100


def burns(slo: Slo) -> list[Alert]:
    """The alerts of one promise."""
    return [_alert(slo, burn) for burn in BURNS if _can_burn(slo, burn)]


def _can_burn(slo: Slo, burn: Burn) -> bool:
    return burn.factor * slo.budget < 1


def least_events(slo: Slo, burn: Burn) -> int:
    """How much must have happened in the long window before so large a share of errors is more than `failures`."""
    return ceil(slo.failures / (burn.factor * slo.budget))


def _alert(slo: Slo, burn: Burn) -> Alert:
    limit = round(burn.factor * slo.budget, 6)
    chosen = f'{{slo="{slo.name}"}}'
    ratios = [f"slo:error_ratio:{window}{chosen} > {limit:g}" for window in (burn.long, burn.short)]
    guard = f"slo:events:{burn.long}{chosen} > {least_events(slo, burn)}"
    return Alert(
        slo.alert,
        "\nand ".join([*ratios, guard]),
        burn.hold,
        burn.severity,
        Said(
            f"{{{{ $labels.service }}}} burns its error budget {burn.factor:g} times too fast ({slo.name})",
            f"{{{{ $labels.service }}}} 的错误预算消耗过快，为允许速度的 {burn.factor:g} 倍（{slo.name}）",
        ),
        Said(
            f"Promised: {slo.promise.en}, over 28 days. "
            f"Over {burn.long} and over {burn.short} a share of more than {limit:.4g} failed.",
            f"承诺（28 天内）：{slo.promise.zh}。最近 {burn.long} 与 {burn.short} 内的失败比例均超过 {limit:.4g}。",
        ),
        fires=Example(_burning(slo, limit * 1.1), burn.seen_at, {"service": "training", "slo": slo.name}),
        silent=Example(_burning(slo, limit * 0.9), burn.seen_at),
        labels={"slo": slo.name, "burn": f"{burn.factor:g}x"},
    )


def _burning(slo: Slo, ratio: float) -> Mapping[str, str]:
    """Rates of which this share goes wrong, on and on."""
    labels = f'{{service="training", slo="{slo.name}"}}'
    good = min(max(1 - ratio, 0), 1) * _RATE
    return {f"slo:total:rate5m{labels}": f"{_RATE}x200", f"slo:good:rate5m{labels}": f"{good:.6g}x200"}


SLO_ALERTS: Final = Group("sunmao-slo-burning", [alert for slo in SLOS for alert in burns(slo)])
