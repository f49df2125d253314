"""A unit for internships, and what is sent to the routes about it."""

from services.training.domain.internship.unit import unit_id_of
from shared.contracts.ids import new_id
from tests.unit.training.college import College
from tests.unit.training.internship.workshop import inspected, listed, offered

POST = {
    "title": "Fitter", "occupation_code": "6-31-01-03", "site": "Hall 1", "region_code": "500101", "places": 2,
    "programme_categories": ["46"], "typical_tasks": ["assembly"],
    "schedule": {"weekdays": [1, 2], "shifts": [{"starts_at": "08:00", "ends_at": "16:00"}], "weekly_hours": 16},
    "pay": {"fees": [], "holds_documents": False, "asks_guarantee": False},
    "conditions": {
        "venue_kind": "production", "hazards": [], "barred_to": [], "only_repetitive": False,
        "through_intermediary": False,
    },
}  # fmt: skip
PAPER = {"number": "7", "issuer": "a bureau", "issued_on": "2026-08-01"}


async def unit(college: College) -> tuple[dict[str, str], dict[str, object]]:
    """The ids and bodies of one unit that offers a post, was inspected and is listed."""
    post, visit, (listing,) = await offered(college), await inspected(college), await listed(college)
    ids = {
        "posts/{post_id}": post.id,
        "internship-units/{unit_id}": unit_id_of(college.enterprise),
        "site-inspections/{inspection_id}": visit.id,
        "site-listings/{listing_id}": listing.id,
    }
    bodies: dict[str, object] = {
        "PUT /v1/posts/{post_id}": POST,
        "POST /v1/posts/{post_id}/closure": {"reason": "no longer needed"},
        "PUT /v1/internship-units/{unit_id}/external-interns": {"interns": []},
        "POST /v1/internship-units/{unit_id}/record-checks": {
            "looked_up_on": "2026-08-01", "source": "a public register",
        },
        "POST /v1/internship-units/{unit_id}/violations": {
            "kind": "safety", "occurred_on": "2026-08-01", "evidence": PAPER,
        },
        "POST /v1/internship-units/{unit_id}/violation-withdrawals": {
            "violation_id": new_id("violation"), "reason": "recorded in error",
        },
    }  # fmt: skip
    return ids, bodies
