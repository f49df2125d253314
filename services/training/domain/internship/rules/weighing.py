"""How a rule of several conditions comes to its one finding, and how its sentences show days, hours and money."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from shared.rules import Finding, Rule, Severity, Verdict, told_together
from shared.rules.naming import SEPARATOR

_GRAVEST_FIRST: Final = (Severity.BLOCK, Severity.BLOCK_IN_PRINCIPLE, Severity.WARN, Severity.INFO)
_WORST_FIRST: Final = (Verdict.FAIL, Verdict.UNKNOWN)


def gravest(rule: Rule, found: Iterable[Finding], *, actual: int | str | None = None) -> Finding:
    """Of all that speaks against a pass, the gravest; a pass (with `actual`) if nothing does.

    Severity comes first, so that nothing which may be overridden hides what may not; then a fail before an unknown.
    A fail tells of all that fails; whatever is unknown at the same severity is asked for at once.
    """
    all_found = tuple(found)
    for severity in _GRAVEST_FIRST:
        for verdict in _WORST_FIRST:
            alike = [one for one in all_found if one.severity is severity and one.verdict is verdict]
            if alike and verdict is Verdict.FAIL:
                return told_together(_all_that_fail(all_found))
            if alike:
                return _asked_at_once(rule, alike, severity)
    return rule.passes(actual=actual)


def _all_that_fail(found: Iterable[Finding]) -> list[Finding]:
    failed = (one for one in found if one.verdict is Verdict.FAIL)
    return sorted(failed, key=lambda one: _GRAVEST_FIRST.index(one.severity))


def _asked_at_once(rule: Rule, unknown: list[Finding], severity: Severity) -> Finding:
    facts = dict.fromkeys(missing.fact for one in unknown for missing in one.missing)
    return rule.unknown(*facts, severity=severity)


def listed(names: Iterable[str]) -> str:
    """Names as they stand in a sentence."""
    return SEPARATOR.join(names)


def dates(days: Iterable[date]) -> str:
    """Days as they stand in a sentence, each once."""
    return listed(day.isoformat() for day in sorted(set(days)))


def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 510 is `8:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def yuan(fen: int) -> str:
    """Fen as yuan, exact: 240000 is `2400.00`."""
    return f"{fen // 100}.{fen % 100:02d}"
