"""Recognition of dual-qualified teachers: a batch and an application, and what routes about them are sent."""

from services.training.commands.faculty.recognition import DraftBatch
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.handlers.faculty.recognition_batch import draft_batch
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import Applicant, Batch

REASON = {"reason": "as the minutes say"}


async def drafted(college: College) -> str:
    """The id of a batch that is not published yet."""
    batch = Batch(college)
    command = DraftBatch(batch_id=batch.id, university_id=college.university, plan=batch.plan)
    await college.do(draft_batch, command)
    return batch.id


async def kept(college: College, teacher_id: str) -> tuple[dict[str, str], dict[str, object]]:
    """The ids by their places in paths, and the bodies by route."""
    applicant = Applicant(await Batch(college).open(), teacher_id)
    await applicant.complete(Level.JUNIOR)
    # Nobody verifies their own evidence, and whoever these things belong to is this teacher too.
    colleague = await Applicant(applicant.batch, await college.teacher()).complete(Level.JUNIOR)
    ids = {
        "recognition-batches/{batch_id}": (await Batch(college).open()).id,
        "recognitions/{recognition_id}": applicant.id,
        "evidence/{item_id}": colleague.items[0].id,
    }
    return ids, _bodies(applicant)


def _bodies(applicant: Applicant) -> dict[str, object]:
    return {
        "POST /v1/recognitions": {
            "batch_id": applicant.batch.id, "teacher_id": applicant.teacher_id, "level": "junior",
        },
        "POST /v1/recognitions/{recognition_id}/evidence": {
            "dimension": "knowledge", "source_kind": "course", "source_id": "C-1", "title": "a course",
        },
        "POST /v1/recognitions/{recognition_id}/evidence-withdrawals": {"item_id": applicant.items[0].id},
        "POST /v1/evidence/{item_id}/verification": {"confirmed": True},
        "POST /v1/recognitions/{recognition_id}/review": {"favourable": True, "comment": "complete"},
        "POST /v1/recognitions/{recognition_id}/decision": {
            "approved": False, "members": 7, "present": 7, "in_favour": 2, "minutes": "2026-3", **REASON,
        },
        "POST /v1/recognitions/{recognition_id}/objections": {"text": "the award is another's"},
        "POST /v1/recognitions/{recognition_id}/settlements": {"number": 1, "upheld": False, **REASON},
        "POST /v1/recognitions/{recognition_id}/rechecks": {"kind": "certificate_revoked", "source_id": "C-1"},
        "POST /v1/recognitions/{recognition_id}/recheck-conclusion": {"upheld": True, **REASON},
        "POST /v1/recognitions/{recognition_id}/revocation": {"reason_code": "error", **REASON},
    }  # fmt: skip
