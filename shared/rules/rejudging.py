"""Judges a kept decision again from its inputs, and says whether the same comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.rules.decision import Decision
from shared.rules.engine import NotInForce, Rulebook
from shared.rules.rule import Rule
from shared.rules.stating import FactsError, read_facts
from shared.rules.trial import Asked, Trial
from shared.rules.verdict import Finding, Verdict
from shared.rules.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A finding as it was kept, and as it comes out now: None where it cannot be judged again, and then why not."""

    kept: Finding
    again: Finding | None
    reason: str = ""

    @property
    def same(self) -> bool | None:
        """Whether the same came out; None where nobody knows. What was overridden is a refusal that was accepted."""
        return None if self.again is None else _told(self.kept, accepted=self.again) == _told(self.again)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges again by the rules of one service."""

    rulebook: Rulebook
    trials: Mapping[str, Trial]
    calendar: WorkingCalendar

    def as_then(self, decision: Decision) -> Iterator[Rejudged]:
        """Every finding, judged again by exactly the packs that made it."""
        named = {finding.rule: finding.packs for finding in decision.findings}

        def rule(id: str) -> Rule:
            if id in named:
                return self.rulebook.rule_of(id, named[id])
            return self.rulebook.rule(id, decision.on, decision.jurisdiction)

        asked = Asked(decision.on, decision.jurisdiction, rule, self.calendar)
        return (self._again(finding, decision, asked) for finding in decision.findings)

    def as_now(self, decision: Decision) -> Iterator[Rejudged]:
        """Every finding, judged by the packs that are installed here for its business date."""

        def rule(id: str) -> Rule:
            return self.rulebook.rule(id, decision.on, decision.jurisdiction)

        asked = Asked(decision.on, decision.jurisdiction, rule, self.calendar)
        return (self._again(finding, decision, asked) for finding in decision.findings)

    def _again(self, finding: Finding, decision: Decision, asked: Asked) -> Rejudged:
        trial = self.trials.get(finding.rule)
        if trial is None:
            return Rejudged(finding, None, "the rule is not judged from facts that can be stated")
        if finding.rule not in decision.inputs:
            return Rejudged(finding, None, "it was kept before inputs were kept by rule")
        try:
            return Rejudged(finding, trial.judge(read_facts(trial.facts, decision.inputs[finding.rule]), asked))
        except FactsError as error:
            return Rejudged(finding, None, f"its inputs no longer fit the rule: {error}")
        except NotInForce as error:
            return Rejudged(finding, None, str(error))


def _told(finding: Finding, *, accepted: Finding | None = None) -> tuple[object, ...]:
    verdict = finding.verdict
    if accepted is not None and verdict is Verdict.OVERRIDDEN and accepted.refuses:
        verdict = accepted.verdict
    return (verdict, finding.severity, finding.case, finding.actual, finding.limit, finding.missing)
