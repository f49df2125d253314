"""An enterprise as a unit for internships: how many interns of other schools it has, and what is held against it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.unit_refusals import (
    InternsEndBeforeTheyStart,
    LookUpAhead,
    NoSuchViolation,
    NotTheUnit,
    ViolationAhead,
    ViolationWithdrawn,
)
from services.training.domain.kinship import born_of
from shared.contracts.training import ExceededCap, UnitQuotaExceeded
from shared.kernel.aggregate import Aggregate


class ViolationKind(StrEnum):
    """What a unit has on its record."""

    UNLAWFUL = "unlawful"
    BAD_CREDIT = "bad_credit"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalInterns:
    """Interns of schools outside the platform on one kind of post at one site, on all days from first to last."""

    occupation_code: str
    site: str
    starts_on: date
    ends_on: date
    interns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Something unlawful that a unit did, or bad credit; one that was recorded in error is withdrawn, never deleted."""

    violation_id: str
    violation_kind: ViolationKind
    occurred_on: date
    recorded_on: date
    evidence: Evidence
    withdrawn_on: date | None = None
    withdrawal_reason: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it still counts."""
        return self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheck:
    """Somebody looked up a unit's public record in `source`; whatever they found is entered as violations."""

    looked_up_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipUnit(Aggregate):
    """The unit of one enterprise. Its row is the lock under which quotas are judged and placements approved.

    `external_interns` is None as long as the unit has never declared any, and empty when it declared that there are
    none. Likewise `record_check` is None as long as nobody has looked up its record: without violations it is not clean
    then, but unknown. Inspections and listings are of one university each and have rows of their own. `exceeded` are
    the caps that its newest headcount no longer admits.
    """

    kind: ClassVar[str] = "internship_unit"
    visibility: ClassVar[str] = "alliance"
    enterprise_id: str
    external_interns: tuple[ExternalInterns, ...] | None = None
    declared_on: date | None = None
    record_check: RecordCheck | None = None
    violations: tuple[Violation, ...] = ()
    exceeded: tuple[ExceededCap, ...] = ()

    @classmethod
    def of(cls, enterprise_id: str) -> Self:
        """The unit of an enterprise, of which nothing is known yet."""
        unit_id = unit_id_of(enterprise_id)
        return cls(id=unit_id, story=unit_id, enterprise_id=enterprise_id)

    @property
    def owners(self) -> frozenset[str]:
        """The enterprise."""
        return frozenset({self.enterprise_id})

    def declare(self, interns: tuple[ExternalInterns, ...], *, by: str, on: date) -> Self:
        """State all interns of schools outside the platform; what was declared before is replaced."""
        if by != self.enterprise_id:
            raise NotTheUnit
        if any(each.ends_on < each.starts_on for each in interns):
            raise InternsEndBeforeTheyStart
        return replace(self, external_interns=interns, declared_on=on)

    def checked(self, check: RecordCheck, *, on: date) -> Self:
        """Note that its record was looked up; a look that is older than the one on file stays without effect."""
        if check.looked_up_on > on:
            raise LookUpAhead
        if self.record_check is not None and check.looked_up_on < self.record_check.looked_up_on:
            return self
        return replace(self, record_check=check)

    def record(self, violation: Violation) -> Self:
        """Put a violation on the unit's record."""
        if violation.occurred_on > violation.recorded_on:
            raise ViolationAhead
        violation.evidence.require_issued(violation.recorded_on)
        return replace(self, violations=(*self.violations, violation))

    def withdraw(self, violation_id: str, *, on: date, reason: str) -> Self:
        """Note that a violation was recorded in error."""
        found = next((each for each in self.violations if each.violation_id == violation_id), None)
        if found is None:
            raise NoSuchViolation
        if not found.stands:
            raise ViolationWithdrawn
        withdrawn = replace(found, withdrawn_on=on, withdrawal_reason=reason)
        return replace(self, violations=tuple(withdrawn if each is found else each for each in self.violations))

    def counted(self, exceeded: tuple[ExceededCap, ...]) -> tuple[Self, tuple[UnitQuotaExceeded, ...]]:
        """Note which caps are exceeded under a new headcount; if any are, and that is news, it is told."""
        if exceeded == self.exceeded:
            return self, ()
        told = UnitQuotaExceeded(unit_id=self.id, enterprise_id=self.enterprise_id, caps=exceeded) if exceeded else None
        return replace(self, exceeded=exceeded), (told,) if told else ()

    @property
    def standing_violations(self) -> tuple[Violation, ...]:
        """Those that count."""
        return tuple(each for each in self.violations if each.stands)


def unit_id_of(enterprise_id: str) -> str:
    """The id of an enterprise's unit."""
    return born_of(enterprise_id, "internship_unit")
