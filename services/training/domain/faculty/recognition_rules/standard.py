"""What a level of recognition asks for, and whether the evidence shows it (TCH-09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.training.domain.faculty.practice_facts import Away, PeriodFact
from services.training.domain.faculty.recognition_rules.facts import (
    CommitteeWord,
    Dimension,
    EvidenceFact,
    Level,
    Route,
    practised_days,
    word_on,
)
from shared.rules import (
    Asked,
    Facts,
    Finding,
    Rule,
    RuleShape,
    Trial,
    Verdict,
    all_of,
    any_of,
    told_together,
    verdict_of,
)

_COUNTED: Final = (
    (Level.JUNIOR, Dimension.TEACHING_RESEARCH),
    (Level.JUNIOR, Dimension.REPRESENTATIVE_OUTPUT),
    (Level.INTERMEDIATE, Dimension.DEVELOPMENT_WORK),
    (Level.INTERMEDIATE, Dimension.COOPERATION_OUTPUT),
    (Level.INTERMEDIATE, Dimension.AWARD),
    (Level.SENIOR, Dimension.REFORM_OUTPUT),
    (Level.SENIOR, Dimension.TECHNICAL_INNOVATION),
    (Level.SENIOR, Dimension.AWARD),
    (Level.SENIOR, Dimension.MENTORING),
)
_PRACTICE_DAYS: Final = "{level}_practice_days"
_GRADES: Final = {Dimension.QUALIFICATION: "{level}_qualifications", Dimension.AWARD: "{level}_awards"}

TCH_09: Final = RuleShape(
    "TCH-09",
    params={
        **{level.value: tuple for level in Level},
        **{_PRACTICE_DAYS.format(level=level): int for level in Level},
        **{name.format(level=level): tuple for name in _GRADES.values() for level in Level},
        **{f"{level}_{dimension}": int for level, dimension in _COUNTED},
        "judged_by_committee": tuple,
        "work_stands_for_practice": tuple,
    },
    cases=tuple(dimension.value for dimension in Dimension),
    facts=tuple(dimension.value for dimension in Dimension),
)


class StandardFacts(Facts):
    """One application: the level applied for, verified practice, days of leave, evidence, what the committee said."""

    level: Level
    practices: tuple[PeriodFact, ...] = ()
    away: Away = ()
    evidence: tuple[EvidenceFact, ...] = ()
    words: tuple[CommitteeWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """How far one dimension is shown: how much is verified of what is asked."""

    dimension: Dimension
    verdict: Verdict
    actual: int
    limit: int


def meets_standard(facts: StandardFacts, asked: Asked) -> Finding:
    """TCH-09: every dimension of the level is shown. Ethics and industry influence only the committee can judge.

    A fail tells of every dimension that is lacking, and is that of the first. Source: the national basic standard for
    recognition, whose structure it has; the numbers are the alliance's.
    """
    rule, shown = asked.rule(TCH_09.id), what_is_shown(facts, asked)
    match all_of(each.verdict for each in shown):
        case Verdict.FAIL:
            lacking = [each for each in shown if each.verdict is Verdict.FAIL]
            return told_together(
                [rule.fails(each.dimension.value, actual=each.actual, limit=each.limit) for each in lacking]
            )
        case Verdict.UNKNOWN:
            return rule.unknown(*(each.dimension.value for each in shown if each.verdict is Verdict.UNKNOWN))
        case _:
            return rule.passes(actual=len(shown), limit=len(shown))


def what_is_shown(facts: StandardFacts, asked: Asked) -> tuple[Shown, ...]:
    """Each dimension of the level, in the order of the standard: what is verified of what is asked."""
    look = _Look(facts, asked.on, asked.rule(TCH_09.id), asked.rule("TCH-04"))
    return tuple(look.at(Dimension(name)) for name in look.rule.names(facts.level.value))


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one application."""

    facts: StandardFacts
    on: date
    rule: Rule
    counting: Rule

    def at(self, dimension: Dimension) -> Shown:
        if dimension.value in self.rule.names("judged_by_committee"):
            word = word_on(dimension.value, self.facts.words)
            return Shown(dimension, verdict_of(word), int(word is True), 1)
        if dimension is Dimension.ENTERPRISE_EXPERIENCE:
            return self._experience()
        limit = self._asked_of(dimension)
        return self._counted(dimension, limit, self._admitted(dimension))

    def _experience(self) -> Shown:
        limit = self.rule.number(_PRACTICE_DAYS.format(level=self.facts.level))
        days = practised_days(
            self.facts.practices, self.facts.away, first=date.min, last=self.on, counting=self.counting
        )
        verdicts = [verdict_of(days >= limit)]
        if self.facts.level.value in self.rule.names("work_stands_for_practice"):
            work = self._admitted(Dimension.ENTERPRISE_EXPERIENCE)
            verdicts.append(self._counted(Dimension.ENTERPRISE_EXPERIENCE, 1, work).verdict)
        return Shown(Dimension.ENTERPRISE_EXPERIENCE, any_of(verdicts), days, limit)

    def _counted(self, dimension: Dimension, limit: int, evidence: Iterable[EvidenceFact]) -> Shown:
        stands = [(item.quantity, self._stands(item)) for item in evidence]
        sure = sum(quantity for quantity, truth in stands if truth)
        at_best = sum(quantity for quantity, truth in stands if truth is not False)
        verdict = any_of((verdict_of(sure >= limit), verdict_of(None if at_best >= limit else False)))
        return Shown(dimension, verdict, sure, limit)

    def _admitted(self, dimension: Dimension) -> list[EvidenceFact]:
        return [
            item
            for item in self.facts.evidence
            if item.dimension is dimension
            and (item.valid_to is None or item.valid_to >= self.on)
            and self._is_high_enough(item)
        ]

    def _is_high_enough(self, item: EvidenceFact) -> bool:
        # What is to stand for a grade has none of its own; the committee says whether it is worth as much.
        if item.dimension not in _GRADES or item.route is not Route.DIRECT:
            return True
        return item.grade is not None and item.grade.value in self.rule.names(self._grades_of(item.dimension))

    def _grades_of(self, dimension: Dimension) -> str:
        return _GRADES[dimension].format(level=self.facts.level)

    def _stands(self, item: EvidenceFact) -> bool | None:
        if item.route is Route.DIRECT or item.verified is False:
            return item.verified
        word = word_on(item.evidence_id, self.facts.words)
        return False if word is False else (word and item.verified)

    def _asked_of(self, dimension: Dimension) -> int:
        name = f"{self.facts.level}_{dimension}"
        return self.rule.number(name) if name in self.rule.params else 1


TRIAL: Final = Trial(TCH_09, StandardFacts, meets_standard)
