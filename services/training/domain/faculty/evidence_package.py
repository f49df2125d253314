"""The evidence of one application as it was when it was frozen: what is decided is decided on this and nothing else."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from services.training.domain.faculty.evidence_item import EvidenceItem, SourceKind
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_rules.standard import StandardFacts
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSource(Aggregate):
    """One source of a frozen package, a row of its own, so that whoever takes it back finds what rests on it."""

    kind: ClassVar[str] = "frozen_source"
    recognition_id: str
    teacher_id: str
    university_id: str
    source_kind: SourceKind
    source_id: str

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePackage(Aggregate):
    """The facts by which an application is judged, and their hash. Never changed once it is made."""

    kind: ClassVar[str] = "evidence_package"
    recognition_id: str
    teacher_id: str
    university_id: str
    frozen_on: date
    sha256: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, recognition: Recognition, facts: StandardFacts, *, on: date) -> Self:
        """The package of an application on a day."""
        stated = facts.model_dump(mode="json")
        return cls(
            id=package_id(recognition.id),
            story=recognition.story,
            recognition_id=recognition.id,
            teacher_id=recognition.teacher_id,
            university_id=recognition.university_id,
            frozen_on=on,
            sha256=hash_of(stated),
            facts=stated,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})

    @property
    def stated(self) -> StandardFacts:
        """The facts as rules are asked."""
        return StandardFacts.model_validate(self.facts)


def package_id(recognition_id: str) -> str:
    """The id of an application's package: there is one."""
    return f"{recognition_id}/evidence"


def hash_of(facts: dict[str, Any]) -> str:
    """SHA-256 of the facts in one form that anybody can write again: JSON with sorted names and no spaces, in UTF-8."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sources_of(
    recognition: Recognition, items: Iterable[EvidenceItem], practice_ids: Iterable[str]
) -> tuple[FrozenSource, ...]:
    """What the package rests on, each once: the sources of evidence that was not refuted, and the practice counted."""
    named = {item.source_id: item.source_kind for item in items if item.fact.verified is not False}
    named.update(dict.fromkeys(practice_ids, SourceKind.PRACTICE))
    return tuple(
        FrozenSource(
            id=f"{recognition.id}/{source_id}",
            story=recognition.story,
            recognition_id=recognition.id,
            teacher_id=recognition.teacher_id,
            university_id=recognition.university_id,
            source_kind=kind,
            source_id=source_id,
        )
        for source_id, kind in named.items()
    )
