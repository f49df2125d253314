"""The grades of skilled workers and their order (TCH-15), which other rules ask by name."""

from enum import StrEnum
from typing import Final

from shared.rules import Facts, Finding, Rule, RuleShape
from shared.rules.trial import tried_alone

TCH_15: Final = RuleShape("TCH-15", params={"order": tuple}, cases=("below",), facts=("level",))


class SkillLevel(StrEnum):
    """The eight grades; which of two is the higher, the rule says."""

    APPRENTICE = "apprentice"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior_technician"
    SPECIAL_GRADE = "special_grade"
    CHIEF = "chief"


class LevelFacts(Facts):
    """What somebody has, and what is asked."""

    level: SkillLevel | None = None
    least: SkillLevel


def reaches(level: SkillLevel, least: SkillLevel, rule: Rule) -> bool:
    """TCH-15: whether `level` is `least` or a higher grade. Source: the national "new eight grades" of workers."""
    order = rule.names("order")
    return order.index(level) >= order.index(least)


def level_suffices(facts: LevelFacts, rule: Rule) -> Finding:
    """TCH-15 of one person's grade."""
    if facts.level is None:
        return rule.unknown("level")
    if not reaches(facts.level, facts.least, rule):
        return rule.fails("below", actual=facts.level.value, limit=facts.least.value)
    return rule.passes(actual=facts.level.value, limit=facts.least.value)


TRIAL: Final = tried_alone(TCH_15, LevelFacts, level_suffices)
