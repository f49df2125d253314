"""Steps 11 and 12: what a student learnt in the order class is recognised and converted into credits."""

from typing import Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.teller import Teller

HOURS: Final = 68
HALF_CREDITS: Final = 8
"""What 68 class hours are worth by X-03: 4.0 credits."""


async def credit(teller: Teller, cast: Cast, cohort: str) -> None:
    """Register and recognise a student's course; convert it as the student proposes."""
    student = cast.students[0]
    account = cast.accounts[student]
    teller.step(11, "The academic office registers and recognises a student's course of 68 hours")
    body = {"account_id": account, "kind": "academic_course", "hours": HOURS, "evidence_id": cohort}
    outcome = await teller.post("outcome", cast.academic, "training", "/v1/outcomes", body)
    path = f"/v1/outcomes/{outcome['id']}/recognition"
    await teller.post_when_ready("outcome/recognition", cast.academic, "training", path)
    teller.step(12, "The student proposes the conversion, the academic office reviews and approves it")
    proposal = {
        "account_id": account,
        "outcomes": [{"outcome_id": outcome["id"]}],
        "target_programme_id": cast.programmes[0],
    }
    conversion = await teller.post_when_ready("conversion", cast.student, "training", "/v1/conversions", proposal)
    for act in ("review", "approval"):
        path = f"/v1/conversions/{conversion['id']}/{act}"
        await teller.post_when_ready(f"conversion/{act}", cast.academic, "training", path)
