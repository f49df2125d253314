"""Evidence for tests: what a teacher of each level has to show, all of it verified."""

from datetime import date, timedelta

from services.training.domain.faculty.practice_facts import PeriodFact
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.recognition_rules.facts import (
    CommitteeWord,
    Dimension,
    EvidenceFact,
    Grade,
    Level,
)

_SHOWN = {
    Level.JUNIOR: ("teaching_ability", "industry_awareness", "knowledge", "teaching_research", "representative_output"),
    Level.INTERMEDIATE: (
        "teaching_ability", "industry_awareness", "teaching_results", "development_work", "development_work",
        "cooperation_output",
    ),
    Level.SENIOR: (
        "teaching_ability", "industry_awareness", "demonstration_teaching", "team_role", "major_project",
        "reform_output", "reform_output", "technical_innovation", "mentoring",
    ),
}  # fmt: skip
_QUALIFIED = {
    Level.JUNIOR: Grade.TITLE_JUNIOR,
    Level.INTERMEDIATE: Grade.SKILL_INTERMEDIATE,
    Level.SENIOR: Grade.SKILL_SENIOR,
}
_AWARDED = {Level.INTERMEDIATE: Grade.AWARD_CITY, Level.SENIOR: Grade.AWARD_PROVINCE}
YES = (
    CommitteeWord(subject="ethics", satisfied=True),
    CommitteeWord(subject="industry_influence", satisfied=True),
)


def dossier(level: Level) -> list[EvidenceFact]:
    """All that a level asks for beside practice and what the committee judges."""
    shown = [
        EvidenceFact(evidence_id=f"evd_{number}", dimension=Dimension(name), verified=True)
        for number, name in enumerate(_SHOWN[level])
    ]
    shown.append(_graded("evd_qualification", Dimension.QUALIFICATION, _QUALIFIED[level]))
    if level in _AWARDED:
        shown.append(_graded("evd_award", Dimension.AWARD, _AWARDED[level]))
    return shown


def period(first: date, length: int) -> PeriodFact:
    """Full-time practice of so many days."""
    return PeriodFact(
        form=Form.POST_WORK,
        starts_on=first,
        ends_on=first + timedelta(days=length - 1),
        weekdays=(1, 2, 3, 4, 5),
        minutes_a_day=480,
    )


def _graded(evidence_id: str, dimension: Dimension, grade: Grade) -> EvidenceFact:
    return EvidenceFact(evidence_id=evidence_id, dimension=dimension, grade=grade, verified=True)


GOOD = tuple(dossier(Level.JUNIOR))
