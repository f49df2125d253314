"""The seed's teachers, and its students with their credit accounts."""

from collections.abc import Mapping, Sequence
from typing import Final

from shared.operations.stories.region import Region
from shared.operations.stories.teller import Caller, Teller

HIRED: Final = -300
"""Teachers were hired so many days before the base date: the new one's obligation still runs."""
_ENROLLED: Final = -400


async def teachers_of(teller: Teller, region: Region, university: str, programmes: Sequence[str]) -> list[str]:
    """The ids of the teachers; the first is new and will practise."""
    who, teachers = Caller("university_hr", university), []
    for number, teacher in enumerate(region.teachers, start=1):
        teller.say(teacher.name)
        body = {
            "staff_no": f"T{number:03d}",
            "name": teacher.name,
            "kind": "professional_course",
            "hired_on": teller.run.day(HIRED),
            # The one who practises is new and owes both obligations.
            "new_hire": number == 1,
            "programme_ids": [programmes[teacher.taught]],
            "region_code": region.organizations["university"].region,
        }
        made = await teller.post(f"seed/teacher/{number}", who, "training", "/v1/teachers", body)
        teachers.append(str(made["id"]))
    return teachers


async def students_of(teller: Teller, region: Region, university: str, programme: str) -> list[str]:
    """The ids of the students."""
    body = {
        "students": [
            {
                "student_no": f"S{number:03d}",
                "name": name,
                "programme_id": programme,
                "study_year": 2,
                "enrolled_on": teller.run.day(_ENROLLED),
            }
            for number, name in enumerate(region.students, start=1)
        ]
    }
    teller.say("、".join(region.students))
    who = Caller("university_academic_office", university)
    made = await teller.post("seed/students", who, "training", "/v1/student-imports", body)
    return list(made["student_ids"])


async def accounts_of(teller: Teller, university: str, students: Sequence[str]) -> Mapping[str, str]:
    """The account of each student."""
    return {student: await _account(teller, student, university) for student in students}


async def _account(teller: Teller, student: str, university: str) -> str:
    who = Caller("university_academic_office", university)
    made = await teller.post(f"seed/account/{student}", who, "training", "/v1/accounts", {"person_id": student})
    return str(made["id"])
