"""Step 7 of story S4: a student leaves the university, and asks to be erased."""

from collections.abc import Mapping
from typing import Any

from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.teller import Teller


async def leave(teller: Teller, cast: InternshipCast, name: str, placement: str) -> Mapping[str, Any]:
    """The erasure of the student, once every service has confirmed it."""
    teller.step(7, "One student leaves before the first day, and is erased in every service")
    why = {"cause": "student", "reason": "学生退学（演示）"}
    path, student = f"/v1/placements/{placement}/cancellation", cast.students[name]
    await teller.post("cancellation", cast.cooperation, "training", path, why)
    entry = await teller.get(cast.academic, "training", f"/v1/students/{student}")
    body = {**{field: entry[field] for field in ("programme_id", "study_year")}, "status": "withdrawn"}
    path = f"/v1/students/{student}"
    await teller.put("departure", cast.academic, "training", path, body, version=entry["version"])
    # Answers that told of who is erased are given no more: from here on the run cannot be told again.
    teller.diary.note(finished=True)
    path = f"/v1/personal-data/{student}/erasure"
    begun = await teller.post("erasure", cast.academic, "training", path)
    return await _confirmed(teller, cast, str(begun["id"]))


async def _confirmed(teller: Teller, cast: InternshipCast, erasure: str) -> Mapping[str, Any]:
    there: dict[str, Any] = {}

    async def look() -> dict[str, Any] | None:
        there.update(await teller.get(cast.academic, "training", f"/v1/erasures/{erasure}"))
        return there if all(receipt["confirmed_at"] for receipt in there["receipts"]) else None

    return await teller.until("every service to confirm the erasure", look, lambda: there.get("receipts"))
