"""How single rules are asked about the papers of a placement, at home of its university."""

from collections.abc import Collection
from datetime import date
from functools import partial

from services.training.domain.internship.placement import Placement
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.compliance import applying, facts_of
from services.training.handlers.calendar import calendar_of
from services.training.handlers.internship.judging import Judged
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.rules import Asked


async def asked_about(placement: Placement, on: date, work: Work) -> Asked:
    """The rules as they hold for a placement's university on a day."""
    jurisdiction = await jurisdiction_at(placement.university_id, work)
    rule = partial(work.rules.rule, on=on, jurisdiction=jurisdiction)
    return Asked(on=on, jurisdiction=jurisdiction, rule=rule, calendar=await calendar_of(work))


def judged_by(rules: Collection[str], subject: str, case: PlacementCase, asked: Asked) -> Judged:
    """What these rules say of a paper, as far as they apply to such an internship."""
    asking = [(trial, facts_of(trial, case)) for trial in applying(case) if trial.shape.id in rules]
    return Judged(
        subject=subject,
        findings=tuple(trial.judge(given, asked) for trial, given in asking),
        inputs={trial.shape.id: given.model_dump(mode="json") for trial, given in asking},
        on=asked.on,
        jurisdiction=asked.jurisdiction,
    )
