"""What the events of placements tell of findings: which rule refused, and what was compared."""

from collections.abc import Iterable
from typing import Final

from shared.rules import Finding, Verdict

PROGRAMME_MATCHES: Final = "INT-17"
"""The rule by whose verdict an internship is in the student's own field, or not."""


def verdict_told(finding: Finding) -> dict[str, object]:
    """What one rule said."""
    return {"rule_id": finding.rule, "verdict": finding.verdict.value}


def failure_of(finding: Finding) -> dict[str, object]:
    """Why one rule refused."""
    return {
        "rule_id": finding.rule,
        "rule_version": finding.version,
        "verdict": finding.verdict.value,
        "actual": _shown(finding.actual),
        "limit": _shown(finding.limit),
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
    }


def is_related(findings: Iterable[Finding]) -> bool | None:
    """Whether the work is in the student's field; None where that is not known, or was not asked."""
    said = next((finding.verdict for finding in findings if finding.rule == PROGRAMME_MATCHES), Verdict.UNKNOWN)
    return None if said is Verdict.UNKNOWN else said is Verdict.PASS


def _shown(value: int | str | None) -> str | None:
    return None if value is None else str(value)[:200]
