"""What is written in an internship, and what is sent to the routes about it."""

from datetime import date

from services.training.domain.internship.placement_status import PlacementStatus
from shared.identity.one_time import hash_of
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import MONDAY, day, intern

TOKEN = "another-token-of-forty-three-characters-0123456789"[:43]


async def written(college: College) -> tuple[dict[str, str], tuple[str, ...], dict[str, object]]:
    """The ids of one of each paper, the persons whose they are, and what is sent to the routes about them."""
    asked, someone = await intern(college, status=PlacementStatus.PLANNED), await intern(college)
    text = await asked.publish()
    await asked.ask_guardian(hash_of(TOKEN))
    college.today = date(2026, 9, 30)
    log, incident = await someone.log(day(MONDAY)), await someone.report()
    payment, leave = await someone.paid(TODAY, TODAY), await someone.ask_leave(TODAY, TODAY)
    college.today = TODAY
    placement = await someone.placement
    ids = {
        "placements/{placement_id}": placement.id,
        "consent-texts/{text_id}": text.id,
        "consent-links/{token}": TOKEN,
        "placement-logs/{log_id}": log.id,
        "incidents/{incident_id}": incident.id,
        "payments/{payment_id}": payment.id,
        "absences/{absence_id}": leave.id,
    }
    return ids, (someone.student_id, str(placement.supervisor_id)), _bodies(text.id)


def _bodies(text_id: str) -> dict[str, object]:
    days = {"starts_on": "2026-09-01", "ends_on": "2026-09-01"}
    return {
        "POST /v1/placements/{placement_id}/consents": {"text_id": text_id, "given": True},
        "POST /v1/placements/{placement_id}/consent-links": {"guardian_name": "王芳"},
        "POST /v1/consent-links/{token}/answer": {"given": True},
        "POST /v1/placements/{placement_id}/logs": {"days": [{"date": "2026-09-01", "hours": 8}], "text": "assembly"},
        "POST /v1/placement-logs/{log_id}/review": {"accepted": True},
        "POST /v1/placements/{placement_id}/incidents": {
            "kind": "dispute", "severity": "minor", "occurred_on": "2026-09-01", "text": "about the shifts",
        },
        "POST /v1/incidents/{incident_id}/handling": {"handling": "talked about"},
        "POST /v1/placements/{placement_id}/payments": {"amount_fen": 1, "paid_on": "2026-09-01", **days},
        "POST /v1/payments/{payment_id}/objection": {"reason": "nothing came"},
        "POST /v1/placements/{placement_id}/absences": {"reason": "a wedding", **days},
        "POST /v1/absences/{absence_id}/decision": {"granted": True},
    }  # fmt: skip
