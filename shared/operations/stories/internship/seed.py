"""Before story S2: a workshop and a university come into being, with students, and the calendar of their dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from shared.kernel.calendar import academic_year, months_later
from shared.operations.stories.internship.calendar import know_years
from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.workshop import Intern, Workshop
from shared.operations.stories.region import region
from shared.operations.stories.run import Run
from shared.operations.stories.seed.campus import programme_of
from shared.operations.stories.seed.register import organizations_of
from shared.operations.stories.teller import Caller, Teller

DAYS: Final = 180
_BORN_SINCE: Final = timedelta(days=40)
"""Nobody has a birthday near the first day: a run that is continued tomorrow finds everybody as old as today."""
_ENROLLED: Final = -100
_HIRED: Final = -900


async def seed(teller: Teller, workshop: Workshop) -> InternshipCast:
    """Make everybody who plays, and let the calendar of the dates be known."""
    organizations = await organizations_of(teller, workshop.organizations.items())
    university = organizations["university"]
    programme = await programme_of(teller, region(), workshop.programme, university)
    first = first_day(teller.run)
    cast = InternshipCast(
        university=university,
        enterprise=organizations["enterprise"],
        government=organizations["government"],
        teacher=await _teacher(teller, workshop.teacher, university),
        students=await _students(teller, workshop, university, programme, first),
        starts_on=first,
        ends_on=first + timedelta(days=DAYS - 1),
    )
    await know_years(teller, workshop.holidays, cast.starts_on, cast.ends_on)
    return cast


def first_day(run: Run) -> date:
    """Tomorrow; but the last day of an academic year itself, for who is in the first year now must be so then."""
    tomorrow = run.base_date + timedelta(days=1)
    return tomorrow if academic_year(tomorrow) == academic_year(run.base_date) else run.base_date


async def _teacher(teller: Teller, name: str, university: str) -> str:
    body = {
        "staff_no": "T001",
        "name": name,
        "kind": "internship_instructor",
        "hired_on": teller.run.day(_HIRED),
        "region_code": region().organizations["university"].region,
    }
    made = await teller.post("seed/teacher", Caller("university_hr", university), "training", "/v1/teachers", body)
    return str(made["id"])


async def _students(
    teller: Teller, workshop: Workshop, university: str, programme: str, first: date
) -> Mapping[str, str]:
    names = [intern.name for intern in workshop.interns]
    teller.say("、".join(names))
    entered = [_student(intern, number, first) for number, intern in enumerate(workshop.interns, start=1)]
    told = {"programme_id": programme, "enrolled_on": teller.run.day(_ENROLLED)}
    who = Caller("university_academic_office", university)
    body = {"students": [{**student, **told} for student in entered]}
    made = await teller.post("seed/students", who, "training", "/v1/student-imports", body)
    return dict(zip(names, made["student_ids"], strict=True))


def _student(intern: Intern, number: int, first: date) -> dict[str, Any]:
    return {
        "student_no": f"S{number:03d}",
        "name": intern.name,
        "study_year": intern.study_year,
        "birth_date": (months_later(first, -12 * intern.age) - _BORN_SINCE).isoformat(),
        "sex": "female" if number % 2 else "male",
    }
