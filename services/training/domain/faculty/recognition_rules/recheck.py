"""When a recognition is checked again: what it rests on was taken back (TCH-11)."""

from datetime import date
from enum import StrEnum
from typing import Final

from shared.contracts.fields import Code
from shared.rules import Asked, Facts, Finding, RuleShape, Trial

TCH_11: Final = RuleShape("TCH-11", cases=("due",), facts=("evidence",))


class CauseKind(StrEnum):
    """What was taken back."""

    CERTIFICATE_REVOKED = "certificate_revoked"
    PRACTICE_REVOKED = "practice_revoked"
    EVIDENCE_REFUTED = "evidence_refuted"


class Withdrawal(Facts):
    """Something that was taken back: which certificate, practice or other source, and when."""

    source_id: Code
    kind: CauseKind
    withdrawn_on: date


class RecheckFacts(Facts):
    """A recognition: its validity, the sources of its frozen evidence (None: not known), what was taken back since.

    `ended_on` is the day on which it was revoked, if it was. `opened_for` names the sources that have led to a recheck.
    """

    starts_on: date
    ends_on: date
    ended_on: date | None = None
    sources: tuple[Code, ...] | None = None
    withdrawals: tuple[Withdrawal, ...] = ()
    opened_for: tuple[Code, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether the recognition is in force on a day."""
        return self.starts_on <= on <= self.ends_on and (self.ended_on is None or on < self.ended_on)


def recheck_is_not_due(facts: RecheckFacts, asked: Asked) -> Finding:
    """TCH-11: nothing that a recognition in force rests on was taken back without a recheck of it, one for each source.

    Source: the national basic standard.
    """
    rule = asked.rule(TCH_11.id)
    if facts.sources is None:
        return rule.unknown("evidence")
    taken = {each.source_id for each in facts.withdrawals if each.withdrawn_on <= asked.on} & set(facts.sources)
    due = taken - set(facts.opened_for)
    if due and facts.holds(asked.on):
        return rule.fails("due", actual=len(due), limit=0)
    return rule.passes(actual=0, limit=0)


TRIAL: Final = Trial(TCH_11, RecheckFacts, recheck_is_not_due)
