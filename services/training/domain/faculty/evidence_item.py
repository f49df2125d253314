"""A piece of evidence: what a teacher enters for recognition, and whether the staff office found it true."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_refusals import EvidenceWithdrawn
from services.training.domain.faculty.recognition_rules.facts import Dimension, EvidenceFact, Grade, Route
from shared.errors import NotFound
from shared.kernel.aggregate import Aggregate


class SourceKind(StrEnum):
    """Where evidence comes from."""

    CERTIFICATE = "certificate"
    TITLE = "title"
    PRACTICE = "practice"
    EMPLOYMENT = "employment"
    COURSE = "course"
    PROJECT = "project"
    PUBLICATION = "publication"
    AWARD = "award"
    OTHER = "other"


class Verification(StrEnum):
    """What the staff office found; `withdrawn` is what the teacher took back before anybody looked at it."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    WITHDRAWN = "withdrawn"


_FOUND: Final = {
    Verification.UNVERIFIED: None,
    Verification.CONFIRMED: True,
    Verification.REFUTED: False,
    Verification.WITHDRAWN: False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEntry:
    """What a teacher enters: what it shows, from which source, how much of it, by which route."""

    dimension: Dimension
    source_kind: SourceKind
    source_id: str
    title: str
    quantity: int
    grade: Grade | None
    route: Route
    seniority: bool
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem(Aggregate):
    """Evidence of one application. What changes after it was frozen changes no decision on that application."""

    kind: ClassVar[str] = "evidence_item"
    recognition_id: str
    teacher_id: str
    university_id: str
    dimension: Dimension
    source_kind: SourceKind
    source_id: str
    title: str
    quantity: int
    grade: Grade | None
    route: Route
    seniority: bool
    valid_to: date | None
    verification: Verification = Verification.UNVERIFIED
    verified_on: date | None = None

    @classmethod
    def enter(cls, id: str, *, recognition: Recognition, entry: EvidenceEntry) -> Self:
        """Add what a teacher enters to their application."""
        return cls(
            id=id,
            story=recognition.story,
            recognition_id=recognition.id,
            teacher_id=recognition.teacher_id,
            university_id=recognition.university_id,
            **_fields_of(entry),
        )

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})

    @property
    def stands(self) -> bool:
        """Whether it is part of the application."""
        return self.verification is not Verification.WITHDRAWN

    def require_of(self, recognition: Recognition) -> None:
        """Raise `NotFound` unless it was entered for this application."""
        if self.recognition_id != recognition.id:
            raise NotFound(kind=self.kind)

    def withdraw(self) -> Self:
        """Take it out of the application."""
        self._require_standing()
        return replace(self, verification=Verification.WITHDRAWN)

    def enter_anew(self, entry: EvidenceEntry) -> Self:
        """Put what was withdrawn into the application again, as it is entered now."""
        return replace(self, **_fields_of(entry), verification=Verification.UNVERIFIED, verified_on=None)

    def verify(self, *, confirmed: bool, on: date) -> Self:
        """Say whether it is true; a later look may find otherwise."""
        self._require_standing()
        found = Verification.CONFIRMED if confirmed else Verification.REFUTED
        return replace(self, verification=found, verified_on=on)

    @property
    def fact(self) -> EvidenceFact:
        """The evidence as rules are asked."""
        return EvidenceFact(
            evidence_id=self.id,
            dimension=self.dimension,
            quantity=self.quantity,
            grade=self.grade,
            route=self.route,
            seniority=self.seniority,
            valid_to=self.valid_to,
            verified=_FOUND[self.verification],
        )

    def _require_standing(self) -> None:
        if not self.stands:
            raise EvidenceWithdrawn


def _fields_of(entry: EvidenceEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}
