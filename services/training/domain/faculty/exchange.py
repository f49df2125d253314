"""A hundred technicians into the universities, a hundred teachers into the enterprises, each year (TCH-14)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Final, Literal

from services.training.domain.faculty.practice_days import counted_days
from services.training.domain.faculty.practice_facts import Away, LogFact, PeriodFact, days_of
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial
from shared.rules.fact_types import PersonKey, Year

TCH_14: Final = RuleShape(
    "TCH-14",
    params={"technicians": int, "teachers": int, "engagement_hours": int, "practice_days": int, "statuses": tuple},
    cases=("technicians", "teachers", "technicians_and_teachers"),
)
_MINUTES: Final = 60


class EngagementDone(Facts):
    """A technician's engagement at a university, with the days on which teaching was done."""

    technician: PersonKey
    status: Literal["proposed", "approved", "active", "completed", "ended_early"]
    days: tuple[LogFact, ...] = ()


class PracticeDone(PeriodFact):
    """A teacher's verified practice period, and the days on which the teacher was on leave."""

    teacher: PersonKey
    away: Away = ()


class ExchangeFacts(Facts):
    """What was done on both sides, in any years; one calendar year of it is counted."""

    year: Year
    engagements: tuple[EngagementDone, ...] = ()
    practices: tuple[PracticeDone, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """The different people of a year."""

    technicians: frozenset[str]
    teachers: frozenset[str]

    def __or__(self, other: "Exchange") -> "Exchange":
        """Both together; who is in both is one."""
        return Exchange(self.technicians | other.technicians, self.teachers | other.teachers)


NOBODY: Final = Exchange(frozenset(), frozenset())


def exchanged(facts: ExchangeFacts, *, rule: Rule, counting: Rule) -> Exchange:
    """TCH-14: the different technicians with 16 hours done within one engagement in the year, and the different
    teachers with 28 days within one verified practice, counted by TCH-04. Source: the action plan; both thresholds are
    the alliance's own.
    """
    technicians = (done.technician for done in facts.engagements if _taught_enough(done, facts.year, rule))
    first, last = date(facts.year, 1, 1), date(facts.year, 12, 31)
    teachers = (
        done.teacher for done in facts.practices if _days(done, first, last, counting) >= rule.number("practice_days")
    )
    return Exchange(frozenset(technicians), frozenset(teachers))


def exchanged_by_university(
    year: int,
    engagements: Iterable[tuple[str, EngagementDone]],
    practices: Iterable[tuple[str, PracticeDone]],
    *,
    rule: Rule,
    counting: Rule,
) -> dict[str, Exchange]:
    """The people of a year by university, of what was done there; a university without any is not named."""
    taught: dict[str, list[EngagementDone]] = defaultdict(list)
    practised: dict[str, list[PracticeDone]] = defaultdict(list)
    for university_id, engagement in engagements:
        taught[university_id].append(engagement)
    for university_id, practice in practices:
        practised[university_id].append(practice)
    return {
        id: exchanged(
            ExchangeFacts(year=year, engagements=tuple(taught[id]), practices=tuple(practised[id])),
            rule=rule,
            counting=counting,
        )
        for id in sorted({*taught, *practised})
    }


def together(shares: Iterable[Exchange]) -> Exchange:
    """Several universities' people as one, everybody once."""
    return reduce(or_, shares, NOBODY)


def enough_exchanged(exchange: Exchange, rule: Rule) -> Finding:
    """TCH-14: whether the year's counts reach their targets."""
    counts = {"technicians": len(exchange.technicians), "teachers": len(exchange.teachers)}
    missed = [side for side, count in counts.items() if count < rule.number(side)]
    actual = " + ".join(str(count) for count in counts.values())
    limit = " + ".join(str(rule.number(side)) for side in counts)
    if missed:
        return rule.fails("_and_".join(missed), actual=actual, limit=limit)
    return rule.passes(actual=actual, limit=limit)


def _days(done: PracticeDone, first: date, last: date, counting: Rule) -> int:
    return counted_days((done.period,), first=first, last=last, rule=counting, away=days_of(done.away))


def _taught_enough(done: EngagementDone, year: int, rule: Rule) -> bool:
    minutes = Counter[int]()
    for day in done.days:
        minutes[day.on.year] += day.minutes
    return done.status in rule.names("statuses") and minutes[year] >= rule.number("engagement_hours") * _MINUTES


def _judge(facts: ExchangeFacts, asked: Asked) -> Finding:
    rule = asked.rule("TCH-14")
    return enough_exchanged(exchanged(facts, rule=rule, counting=asked.rule("TCH-04")), rule)


TRIAL: Final = Trial(TCH_14, ExchangeFacts, _judge)
