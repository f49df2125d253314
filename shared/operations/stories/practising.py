"""Steps 9 and 10: a teacher practises in the enterprise for half a year, both sides verify it, two obligations end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.contracting import Contracts
from shared.operations.stories.docking import TEACHERS, Docking, until_line
from shared.operations.stories.run import Run
from shared.operations.stories.teller import Teller

DAYS: Final = 180
_HOURS_A_DAY: Final = 8
_WORKING_DAYS: Final = (1, 2, 3, 4, 5)
_WEEK: Final = 7


async def practise(teller: Teller, cast: Cast, docking: Docking, contracts: Contracts) -> None:
    """Plan, approve, start, log week by week, complete; verify by both sides; wait for what follows from it."""
    teller.step(9, "A teacher practises for 180 days and logs 26 weeks")
    path = await _practice(teller, cast, contracts)
    teller.step(10, "The enterprise's mentor and the personnel office verify it")
    for side, who in (("enterprise", cast.mentor), ("university", cast.personnel)):
        verdict = {"verdict": "confirmed"}
        await teller.post(f"practice/verification/{side}", who, "training", f"{path}/verifications", verdict)
    await _until_fulfilled(teller, cast)
    teacher = cast.teachers[0]
    await teller.until_listed(
        "outcome of the practice", 1, cast.personnel, "training", "/v1/outcomes", person_id=teacher
    )
    await until_line(teller, cast, docking.need, TEACHERS, status="contracted", headcount_filled=1)


async def _practice(teller: Teller, cast: Cast, contracts: Contracts) -> str:
    body = {
        "teacher_id": cast.teachers[0],
        "agreement_id": contracts.practice,
        "enterprise_id": cast.enterprise,
        "form": "post_work",
        "starts_on": teller.run.day(-DAYS),
        "ends_on": teller.run.day(-1),
        "weekdays": list(_WORKING_DAYS),
        "hours_per_day": _HOURS_A_DAY,
    }
    planned = await teller.post_when_ready("practice", cast.teacher, "training", "/v1/practices", body)
    path = f"/v1/practices/{planned['id']}"
    await teller.post("practice/approval", cast.personnel, "training", f"{path}/approval")
    await teller.post_when_ready("practice/start", cast.teacher, "training", f"{path}/start")
    for number, entries in enumerate(weeks(teller.run), start=1):
        teller.say(f"week {number}")
        await teller.post(f"practice/log/{number}", cast.teacher, "training", f"{path}/logs", {"entries": entries})
    await teller.post("practice/completion", cast.teacher, "training", f"{path}/completion")
    return path


def weeks(run: Run) -> Iterator[list[dict[str, Any]]]:
    """The log of each week of the practice: eight hours on every working day."""
    for first in range(-DAYS, 0, _WEEK):
        days = (run.base_date + timedelta(days=day) for day in range(first, min(first + _WEEK, 0)))
        yield [_entry(day) for day in days if day.isoweekday() in _WORKING_DAYS]


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
