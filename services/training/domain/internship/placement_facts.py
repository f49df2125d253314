"""What the events of placements tell of findings: which rule refused, and what was compared."""

from collections.abc import Iterable
from typing import Final

from shared.rules import Bilingual, Finding, Verdict

PROGRAMME_MATCHES: Final = "INT-17"
"""The rule by whose verdict an internship is in the student's own field, or not."""
_LONGEST: Final = 2000
PERSONAL: Final = frozenset({"INT-06", "INT-08", "INT-09", "INT-25"})
"""Rules whose sentences tell of age, sex or family: what they found is looked up here, and never published."""
_UNTOLD: Final = Bilingual(
    "涉及学生个人信息，请登录平台查看。", "This concerns the student as a person; look it up on the platform."
)


def verdict_told(finding: Finding) -> dict[str, object]:
    """What one rule said."""
    return {"rule_id": finding.rule, "verdict": finding.verdict.value}


def failure_of(finding: Finding) -> dict[str, object]:
    """Why one rule refused."""
    personal = finding.rule in PERSONAL
    message = _UNTOLD if personal else finding.message
    remedy = None if personal else finding.remedy
    return {
        "rule_id": finding.rule,
        "rule_version": finding.version,
        "verdict": finding.verdict.value,
        "actual": None if personal else _shown(finding.actual),
        "limit": None if personal else _shown(finding.limit),
        "message_zh": _said(message.zh),
        "message_en": _said(message.en),
        "remedy_zh": remedy and _said(remedy.zh),
        "remedy_en": remedy and _said(remedy.en),
    }


def is_related(findings: Iterable[Finding]) -> bool | None:
    """Whether the work is in the student's field; None where that is not known, or was not asked."""
    said = next((finding.verdict for finding in findings if finding.rule == PROGRAMME_MATCHES), Verdict.UNKNOWN)
    return None if said is Verdict.UNKNOWN else said is Verdict.PASS


def _shown(value: int | str | None) -> str | None:
    return None if value is None else str(value)[:200]


def _said(text: str) -> str:
    """A text as long as events may have it: of very much that is wrong the end is looked up on the platform."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
