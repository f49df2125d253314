"""What is shown of applications and recognitions, of their evidence, and of what was frozen."""

from datetime import date
from typing import Any

from services.training.api.view import View


class ReviewView(View):
    """What the university's office said."""

    favourable: bool
    comment: str
    reviewed_on: date


class WordView(View):
    """What the committee found of one thing."""

    subject: str
    satisfied: bool
    reason: str


class CommitteeView(View):
    """What the committee decided."""

    approved: bool
    members: int
    present: int
    in_favour: int
    minutes: str
    reason: str
    decided_on: date
    words: list[WordView]


class ObjectionView(View):
    """An objection and what became of it."""

    number: int
    text: str
    raised_on: date
    upheld: bool | None
    reason: str | None
    settled_on: date | None


class CauseView(View):
    """What was taken back."""

    kind: str
    source_id: str
    withdrawn_on: date


class RecheckView(View):
    """A recheck and what became of it."""

    opened_on: date
    causes: list[CauseView]
    upheld: bool | None
    reason: str | None
    concluded_on: date | None


class RecognitionView(View):
    """An application and what came of it; `precheck` is what the rules found before the committee met."""

    id: str
    teacher_id: str
    university_id: str
    batch_id: str
    level: str
    rule_packs: str
    evidence_sha256: str | None
    precheck: str | None
    review: ReviewView | None
    decision: CommitteeView | None
    publicity_starts_on: date | None
    publicity_ends_on: date | None
    objections: list[ObjectionView]
    starts_on: date | None
    ends_on: date | None
    rechecks: list[RecheckView]
    revoked_on: date | None
    revocation_reason: str | None
    status: str
    version: int


class EvidenceView(View):
    """A piece of evidence as it is now, which may differ from what was frozen."""

    id: str
    recognition_id: str
    teacher_id: str
    dimension: str
    source_kind: str
    source_id: str
    title: str
    quantity: int
    grade: str | None
    route: str
    seniority: bool
    valid_to: date | None
    verification: str
    verified_on: date | None
    version: int


class PackageView(View):
    """Frozen evidence: the facts and their SHA-256 (JSON with sorted names and no spaces, UTF-8)."""

    recognition_id: str
    frozen_on: date
    sha256: str
    facts: dict[str, Any]
