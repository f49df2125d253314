"""Steps 9 and 10: a teacher practises in the enterprise for half a year, both sides verify it, two obligations end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.contracting import Contracts
from shared.operations.stories.docking import TEACHERS, Docking, until_line
from shared.operations.stories.run import Run
from shared.operations.stories.teller import Caller, Teller

PRACTISED: Final = range(-180, 0)
"""The days of the practice, counted from the base date."""
_HOURS_A_DAY: Final = 8
_WORKING_DAYS: Final = (1, 2, 3, 4, 5)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Practising:
    """Who has to do with a teacher's practice."""

    teacher: Caller
    personnel: Caller
    mentor: Caller


async def practise(teller: Teller, cast: Cast, docking: Docking, contracts: Contracts) -> None:
    """Plan, approve, start, log week by week, complete; verify by both sides; wait for what follows from it."""
    teller.step(9, "A teacher practises for 180 days and logs 26 weeks")
    path = await _practice(teller, cast, contracts)
    teller.step(10, "The enterprise's mentor and the personnel office verify it")
    await verify(teller, "practice", _people(cast), path)
    await _until_fulfilled(teller, cast)
    teacher = cast.teachers[0]
    await teller.until_listed(
        "outcome of the practice", 1, cast.personnel, "training", "/v1/outcomes", person_id=teacher
    )
    await until_line(teller, cast, docking.need, TEACHERS, status="contracted", headcount_filled=1)


async def _practice(teller: Teller, cast: Cast, contracts: Contracts) -> str:
    who = _people(cast)
    body = practice_of(who.teacher, contracts.practice, cast.enterprise, days=PRACTISED, run=teller.run)
    return await carry_through(teller, "practice", who, body, days=PRACTISED)


def _people(cast: Cast) -> Practising:
    return Practising(cast.teacher, cast.personnel, cast.mentor)


def practice_of(teacher: Caller, agreement: str, enterprise: str, *, days: range, run: Run) -> dict[str, Any]:
    """Practice on all working days of a stretch, given in days from the base date, as training takes it."""
    return {
        "teacher_id": teacher.persons[0],
        "agreement_id": agreement,
        "enterprise_id": enterprise,
        "form": "post_work",
        "starts_on": run.day(days[0]),
        "ends_on": run.day(days[-1]),
        "weekdays": list(_WORKING_DAYS),
        "hours_per_day": _HOURS_A_DAY,
    }


async def carry_through(teller: Teller, step: str, who: Practising, body: Mapping[str, Any], *, days: range) -> str:
    """Plan, approve, start, log week by week and complete it; its path is answered."""
    planned = await teller.post_when_ready(step, who.teacher, "training", "/v1/practices", body)
    path = f"/v1/practices/{planned['id']}"
    await teller.post(f"{step}/approval", who.personnel, "training", f"{path}/approval")
    await teller.post_when_ready(f"{step}/start", who.teacher, "training", f"{path}/start")
    for number, entries in enumerate(weeks(teller.run, days), start=1):
        teller.say(f"week {number}")
        await teller.post(f"{step}/log/{number}", who.teacher, "training", f"{path}/logs", {"entries": entries})
    await teller.post(f"{step}/completion", who.teacher, "training", f"{path}/completion")
    return path


async def verify(teller: Teller, step: str, who: Practising, path: str) -> None:
    """Confirm completed practice from both sides."""
    for side, caller in (("enterprise", who.mentor), ("university", who.personnel)):
        verdict = {"verdict": "confirmed"}
        await teller.post(f"{step}/verification/{side}", caller, "training", f"{path}/verifications", verdict)


def weeks(run: Run, days: range) -> Iterator[list[dict[str, Any]]]:
    """The log of each week of a stretch: eight hours on every working day."""
    for first in days[::_WEEK]:
        dates = (run.base_date + timedelta(days=day) for day in range(first, min(first + _WEEK, days.stop)))
        if entries := [_entry(day) for day in dates if day.isoweekday() in _WORKING_DAYS]:
            yield entries


def _entry(day: date) -> dict[str, Any]:
    return {"date": day.isoformat(), "hours": _HOURS_A_DAY, "text": "产线设备点检与维护"}


async def _until_fulfilled(teller: Teller, cast: Cast) -> None:
    statuses: dict[str, str] = {}

    async def look() -> bool | None:
        path = f"/v1/teachers/{cast.teachers[0]}/obligations"
        owed = await teller.all(cast.personnel, "training", path)
        statuses.update({obligation["kind"]: obligation["status"] for obligation in owed})
        return True if [*statuses.values()] == ["fulfilled", "fulfilled"] else None

    await teller.until("two fulfilled obligations", look, lambda: statuses)
