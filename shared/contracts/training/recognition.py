"""Recognition of dual-qualified teachers: granted, about to expire, revoked."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import BasisPoints, Count, Known, Name
from shared.contracts.ids import OrganizationId, RecognitionBatchId, RecognitionId, TeacherId

RecognitionLevel = Annotated[str, Known("junior", "intermediate", "senior")]


class RecognitionBody(Body):
    """A recognition, valid from `starts_on` to `ends_on`, and the university's share with it counted in.

    `university_ratio_after_bp` is recognised over professional teachers, rounded down; without any such teacher it is
    left out.
    """

    recognition_id: RecognitionId
    batch_id: RecognitionBatchId
    teacher_id: TeacherId
    university_id: OrganizationId
    level: RecognitionLevel
    rule_packs: Name
    starts_on: date
    ends_on: date
    recognised_teachers: Count
    professional_teachers: Count
    university_ratio_after_bp: BasisPoints | None = None


@named("training.recognition.granted", key="recognition_id")
class RecognitionGranted(RecognitionBody, Event):
    """The committee decided, nobody's objection held, and the recognition is in force."""


@named("training.recognition.expiring", key="recognition_id")
class RecognitionExpiring(RecognitionBody, Event):
    """The recognition ends before long; told once."""

    days_left: Count


@named("training.recognition.revoked", key="recognition_id")
class RecognitionRevoked(RecognitionBody, Event):
    """The recognition was taken back: from `revoked_on` it no longer holds."""

    revoked_on: date
    reason_code: Annotated[str, Known("evidence_withdrawn", "ethics", "error", "other")]


@named("training.recognition.state", key="recognition_id")
class RecognitionState(State):
    """An application for recognition as it is now, and what came of it; never what was found of the teacher."""

    recognition_id: RecognitionId
    batch_id: RecognitionBatchId
    teacher_id: TeacherId
    university_id: OrganizationId
    level: RecognitionLevel
    starts_on: date | None = None
    ends_on: date | None = None
    status: Annotated[
        str,
        Known(
            "draft", "submitted", "prechecked", "under_review", "publicised", "declined", "active", "expiring",
            "rechecking", "expired", "revoked",
        ),
    ]  # fmt: skip


@named("training.recognition_batch.state", key="batch_id")
class RecognitionBatchState(State):
    """A round of recognition as it is now. `closes_on` is the last day on which it takes applications."""

    batch_id: RecognitionBatchId
    university_id: OrganizationId
    closes_on: date
    status: Annotated[str, Known("draft", "published", "open", "closed", "reviewing", "result_published")]
