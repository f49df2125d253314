"""What recognition is judged by: practice as it was planned and logged, evidence item by item, the committee's word."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from services.training.domain.faculty.practice_days import counted_days
from services.training.domain.faculty.practice_facts import DaysFact, PeriodFact, days_of
from shared.contracts.fields import Code
from shared.rules import Facts, Rule
from shared.rules.fact_types import Count
from shared.words import Worded


class Level(Worded):
    """The levels of a dual-qualified teacher, lowest first."""

    JUNIOR = "junior", "初级", "junior"
    INTERMEDIATE = "intermediate", "中级", "intermediate"
    SENIOR = "senior", "高级", "senior"


class Dimension(StrEnum):
    """What a teacher shows evidence of. Which of them a level asks for, the rule packs say."""

    ETHICS = "ethics"
    TEACHING_ABILITY = "teaching_ability"
    INDUSTRY_AWARENESS = "industry_awareness"
    KNOWLEDGE = "knowledge"
    TEACHING_RESEARCH = "teaching_research"
    ENTERPRISE_EXPERIENCE = "enterprise_experience"
    QUALIFICATION = "qualification"
    REPRESENTATIVE_OUTPUT = "representative_output"
    TEACHING_RESULTS = "teaching_results"
    DEVELOPMENT_WORK = "development_work"
    COOPERATION_OUTPUT = "cooperation_output"
    AWARD = "award"
    DEMONSTRATION_TEACHING = "demonstration_teaching"
    TEAM_ROLE = "team_role"
    MAJOR_PROJECT = "major_project"
    REFORM_OUTPUT = "reform_output"
    TECHNICAL_INNOVATION = "technical_innovation"
    MENTORING = "mentoring"
    INDUSTRY_INFLUENCE = "industry_influence"


class Route(StrEnum):
    """Whether evidence is what the standard names, or is to stand for it: the latter two a committee decides."""

    DIRECT = "direct"
    EQUIVALENT = "equivalent"
    EXCEPTION = "exception"


class Grade(StrEnum):
    """How high a certificate, title or award is: skill grades, grades of titles, levels of awards, lowest first."""

    SKILL_JUNIOR = "skill_junior"
    SKILL_INTERMEDIATE = "skill_intermediate"
    SKILL_SENIOR = "skill_senior"
    SKILL_TECHNICIAN = "skill_technician"
    SKILL_SENIOR_TECHNICIAN = "skill_senior_technician"
    SKILL_SPECIAL_GRADE = "skill_special_grade"
    SKILL_CHIEF = "skill_chief"
    TITLE_JUNIOR = "title_junior"
    TITLE_INTERMEDIATE = "title_intermediate"
    TITLE_DEPUTY_SENIOR = "title_deputy_senior"
    TITLE_SENIOR = "title_senior"
    AWARD_UNIVERSITY = "award_university"
    AWARD_CITY = "award_city"
    AWARD_PROVINCE = "award_province"
    AWARD_NATION = "award_nation"


class EvidenceFact(Facts):
    """One piece of evidence. `verified` is None while nobody has looked; `seniority` says that years are all it is."""

    evidence_id: Code
    dimension: Dimension
    quantity: Count = 1
    grade: Grade | None = None
    route: Route = Route.DIRECT
    seniority: bool = False
    valid_to: date | None = None
    verified: bool | None = None


class CommitteeWord(Facts):
    """What the committee found of a dimension that only it judges, or of one piece of evidence by its id."""

    subject: Code
    satisfied: bool


def word_on(subject: str, words: Iterable[CommitteeWord]) -> bool | None:
    """What the committee said of it; None if it has not spoken. Of two words the later one holds."""
    return {word.subject: word.satisfied for word in words}.get(subject)


def practised_days(
    practices: Iterable[PeriodFact], away: Iterable[DaysFact], *, first: date, last: date, counting: Rule
) -> int:
    """The days of these periods from `first` to `last`, both included, counted by TCH-04; days of leave are none."""
    periods = (practice.period for practice in practices)
    return counted_days(periods, first=first, last=last, rule=counting, away=days_of(away))
