"""What could meet a need, as the state topics tell of it: programmes, bases, teachers, and what is offered of them."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from services.talent.domain.skill import Skill, skills_of
from shared.contracts.partnership import CapabilityBody, OrganizationBody
from shared.contracts.talent import ProgrammeBody
from shared.contracts.training import BaseBody, TeacherBody

AVAILABLE: Final = {"programme": "active", "base": "open", "teacher": "active"}
"""The status in which a candidate of each kind can be proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A programme, base or teacher.

    `capacity` counts persons or stations, None where nobody stated it. `enterprise_ids` and `open_scope` are a base's,
    `programme_ids` and `teacher_kind` a teacher's.
    """

    id: str
    version: int
    kind: str
    organization_id: str
    name: str | None = None
    status: str
    region_code: str
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    skills: tuple[Skill, ...] = ()
    programme_ids: tuple[str, ...] = ()
    enterprise_ids: tuple[str, ...] = ()
    open_scope: str | None = None
    teacher_kind: str | None = None

    @classmethod
    def programme(cls, body: ProgrammeBody, *, status: str = "active", version: int = 0) -> Self:
        """The candidate that a programme is."""
        return cls(
            id=body.programme_id,
            version=version,
            kind="programme",
            organization_id=body.university_id,
            name=body.name,
            status=status,
            region_code=body.region_code,
            capacity=body.students or None,
            skills=skills_of(body.skills),
        )

    @classmethod
    def base(cls, body: BaseBody, *, status: str = "open", version: int = 0) -> Self:
        """The candidate that a base is."""
        return cls(
            id=body.base_id,
            version=version,
            kind="base",
            organization_id=body.operator_id,
            name=body.name,
            status=status,
            region_code=body.region_code,
            latitude=body.latitude,
            longitude=body.longitude,
            capacity=body.stations or None,
            skills=skills_of(body.skills),
            enterprise_ids=tuple(body.enterprise_ids),
            open_scope=body.open_scope,
        )

    @classmethod
    def teacher(cls, body: TeacherBody, *, status: str = "active", version: int = 0) -> Self:
        """The candidate that a teacher is."""
        return cls(
            id=body.teacher_id,
            version=version,
            kind="teacher",
            organization_id=body.university_id,
            status=status,
            region_code=body.region_code,
            skills=skills_of(body.skills),
            programme_ids=tuple(body.programme_ids),
            teacher_kind=body.kind,
        )

    @property
    def available(self) -> bool:
        """Whether it can be proposed now."""
        return self.status == AVAILABLE[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A capability: candidates that an organisation offers for one kind of need, how much of them, and when."""

    id: str
    version: int
    organization_id: str
    kind: str
    published: bool
    candidate_ids: tuple[str, ...]
    capacity: int
    starts_on: date
    ends_on: date
    skills: tuple[Skill, ...]

    @classmethod
    def of(cls, body: CapabilityBody, *, status: str = "published", version: int = 0) -> Self:
        """The offer that a capability is."""
        return cls(
            id=body.capability_id,
            version=version,
            organization_id=body.organization_id,
            kind=body.kind,
            published=status == "published",
            candidate_ids=(*body.programme_ids, *body.base_ids, *body.teacher_ids),
            capacity=body.capacity,
            starts_on=body.starts_on,
            ends_on=body.ends_on,
            skills=skills_of(body.skills),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganization:
    """An organisation as far as scoring needs it."""

    id: str
    version: int
    kind: str
    status: str
    region_code: str
    latitude: float | None
    longitude: float | None

    @classmethod
    def of(cls, body: OrganizationBody, *, version: int = 0) -> Self:
        """The organisation that partnership tells of."""
        return cls(
            id=body.organization_id,
            version=version,
            kind=body.kind,
            status=body.status,
            region_code=body.region_code,
            latitude=body.latitude,
            longitude=body.longitude,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownObligation:
    """Practice that a teacher still owes; what is fulfilled is not kept."""

    id: str
    version: int
    teacher_id: str
