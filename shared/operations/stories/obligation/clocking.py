"""Steps 1 to 3 of story S3: the rule is tried, new teachers practise, and their clocks are looked at."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from shared.kernel.calendar import months_later
from shared.operations.stories.agreeing import Matter, agree
from shared.operations.stories.obligation.cast import ObligationCast
from shared.operations.stories.obligation.college import Asked, College, Fate, Newcomer, Trials
from shared.operations.stories.practising import carry_through, practice_of, verify
from shared.operations.stories.region import region
from shared.operations.stories.run import Run
from shared.operations.stories.seed.register import organizations_of
from shared.operations.stories.teller import Caller, Teller

RULE: Final = "TCH-02"
KIND: Final = "new_teacher_180"
_IN_FORCE: Final = (-330, 365)
_FULL_TIME: Final[Mapping[str, Any]] = {"form": "post_work", "weekdays": [1, 2, 3, 4, 5], "minutes_a_day": 480}


async def found(teller: Teller, college: College) -> ObligationCast:
    """University, enterprise and three new teachers, each with a clock that runs since the day of hiring."""
    organizations = await organizations_of(teller, college.organizations.items())
    university = organizations["university"]
    teachers = {
        fate: await _hire(teller, college, university, fate, newcomer) for fate, newcomer in college.teachers.items()
    }
    return ObligationCast(university=university, enterprise=organizations["enterprise"], teachers=teachers)


async def _hire(teller: Teller, college: College, university: str, fate: Fate, newcomer: Newcomer) -> str:
    teller.say(newcomer.name)
    body = {
        "staff_no": f"T-{fate}",
        "name": newcomer.name,
        "kind": "professional_course",
        "hired_on": hired_on(teller.run, newcomer, college.months),
        "new_hire": True,
        "department": college.department,
        "region_code": region().organizations["university"].region,
    }
    who = Caller("university_hr", university)
    made = await teller.post(f"seed/teacher/{fate}", who, "training", "/v1/teachers", body)
    return str(made["id"])


def hired_on(run: Run, newcomer: Newcomer, months: int) -> str:
    """The day of hiring of which the last admissible day follows."""
    return months_later(run.base_date + timedelta(days=newcomer.last_day + 1), -months).isoformat()


async def ask_the_rule(teller: Teller, cast: ObligationCast, trials: Trials) -> Sequence[Mapping[str, Any]]:
    """What the rule says of the example's two ways to practise, day by day."""
    teller.step(1, "The rule is tried: 98 days in one piece are not enough, 186 are")
    return [await _tried(teller, cast, trials, asked) for asked in trials.asked]


async def _tried(teller: Teller, cast: ObligationCast, trials: Trials, asked: Asked) -> Mapping[str, Any]:
    periods = [
        {**_FULL_TIME, "starts_on": first.isoformat(), "ends_on": last.isoformat()}
        for first, last in trials.periods(asked.practised)
    ]
    facts = {"hired_on": trials.hired_on.isoformat(), "periods": periods}
    body = {"facts": facts, "on": asked.day.isoformat()}
    step = f"trial/{asked.practised}/{asked.day.isoformat()}"
    return await teller.post(step, cast.personnel, "training", f"/v1/rules/{RULE}/trials", body)


async def practise(teller: Teller, college: College, cast: ObligationCast) -> str:
    """Three teachers practise twice each, and both sides verify it. Answers the agreement, which names the story."""
    teller.step(2, "University and enterprise agree on practice for three teachers")
    seats = {"seats": len(cast.teachers), "teacher_ids": list(cast.teachers.values())}
    matter = Matter(
        type="teacher_practice",
        goals="接收新任教师到企业集中实践。",
        form="顶岗实践，企业导师带教，按周记录。",
        term=_IN_FORCE,
        terms={"teacher_practice": seats},
    )
    agreement = await agree(teller, cast.cooperation, cast.administrator, matter)
    teller.diary.note(story=agreement)
    teller.step(3, "Two practise 90 and 98 days with a gap of three months, one 90 and 96 with a gap of ten days")
    for fate, newcomer in college.teachers.items():
        teller.say(newcomer.name)
        for number, days in enumerate(college.periods(newcomer), start=1):
            step, who = f"practice/{fate}/{number}", cast.practising(fate)
            body = practice_of(who.teacher, agreement, cast.enterprise, days=days, run=teller.run)
            path = await carry_through(teller, step, who, body, days=days)
            await verify(teller, step, who, path)
    return agreement
