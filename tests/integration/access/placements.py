"""What is sent to the routes about internships."""

from shared.contracts.ids import new_id

PAPER = {"number": "7", "issuer": "a school", "issued_on": "2026-08-01"}
STOP = {"cause": "unit", "reason": "no longer needed"}


def bodies(student_id: str) -> dict[str, object]:
    """The body of every route, those that name their student among them."""
    days = [{"starts_on": "2026-10-08", "ends_on": "2026-12-31"}]
    return {
        "POST /v1/placements": {"student_id": student_id, "post_id": new_id("post"), "segments": days},
        "PUT /v1/placements/{placement_id}/terms": {"mentor_id": "per_1"},
        "PUT /v1/placements/{placement_id}/guides": {"supervisor_id": new_id("teacher"), "mentor_id": "per_1"},
        "POST /v1/placements/{placement_id}/evidence": {
            "kind": "safety_training", "paper": PAPER, "trained_on": "2026-08-31", "passed": True,
        },
        "POST /v1/placements/{placement_id}/unit-approval": PAPER,
        "POST /v1/placements/{placement_id}/overrides": {
            "rule": "INT-04", "reason_code": "training_need", "reason": "a second bench is free",
        },
        "POST /v1/placements/{placement_id}/amendment": {"segments": days, "reason": "the term begins later"},
        "POST /v1/placements/{placement_id}/suspension": STOP,
        "POST /v1/placements/{placement_id}/cancellation": STOP,
        "POST /v1/placements/{placement_id}/termination": STOP,
        "POST /v1/placements/{placement_id}/termination-requests": {"reason": "too far from home"},
        "POST /v1/placements/{placement_id}/grade": {"grade": "good"},
    }  # fmt: skip
