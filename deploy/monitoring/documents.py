"""The table of the SLOs, as both runbooks show it."""

from collections.abc import Mapping
from typing import Final, Literal

from deploy.monitoring.slos import SLOS, Slo

Language = Literal["en", "zh"]

_HEADS: Final[Mapping[Language, str]] = {
    "en": "| promise | of | may fail | alert |",
    "zh": "| 承诺 | 名称 | 允许失败 | 告警 |",
}


def table(language: Language) -> str:
    """One line for each promise."""
    rows = [_row(slo, slo.promise.en if language == "en" else slo.promise.zh) for slo in SLOS]
    return "\n".join([_HEADS[language], "|---|---|---|---|", *rows])


def _row(slo: Slo, promise: str) -> str:
    return f"| {promise} | `{slo.name}` | {slo.budget * 100:g} % | {slo.alert} |"
