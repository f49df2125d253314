"""What a university says of a unit: it inspected the place of work, and a meeting of the school approved the unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import ClassVar, Self

from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.unit import unit_id_of
from services.training.domain.internship.unit_refusals import InspectorUnknown, ListedBeforeDecided, VisitAhead
from services.training.domain.kinship import born_of
from services.training.domain.teacher import Teacher
from shared.contracts.ids import PREFIXES
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What a university found when it visited a unit. `inspector_ids` are those who went, teachers or others."""

    site: str
    visited_on: date
    inspector_ids: tuple[str, ...]
    findings: str
    fit: bool
    evidence: Evidence

    @property
    def teacher_ids(self) -> frozenset[str]:
        """The teachers among those who went; other persons are not registered here."""
        return frozenset(each for each in self.inspector_ids if each.startswith(f"{PREFIXES['teacher']}_"))

    def require_own(self, known: Mapping[str, Teacher], university_id: str) -> None:
        """Raise `InspectorUnknown` unless each of the teachers is known and of the university, be it until lately."""
        own = {teacher.id for teacher in known.values() if teacher.university_id == university_id}
        if not self.teacher_ids <= own:
            raise InspectorUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInspection(Aggregate):
    """The report on one visit. It stays with the university that wrote it: nothing of it is ever published."""

    kind: ClassVar[str] = "site_inspection"
    unit_id: str
    enterprise_id: str
    university_id: str
    site: str
    visited_on: date
    inspector_ids: tuple[str, ...]
    findings: str
    fit: bool
    evidence: Evidence

    @classmethod
    def report(cls, id: str, *, enterprise_id: str, university_id: str, report: SiteReport, on: date) -> Self:
        """Report a visit."""
        if report.visited_on > on:
            raise VisitAhead
        report.evidence.require_issued(on)
        unit_id = unit_id_of(enterprise_id)
        return cls(
            id=id,
            story=unit_id,
            unit_id=unit_id,
            enterprise_id=enterprise_id,
            university_id=university_id,
            site=report.site,
            visited_on=report.visited_on,
            inspector_ids=report.inspector_ids,
            findings=report.findings,
            fit=report.fit,
            evidence=report.evidence,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDecision:
    """A decision of a meeting of the school, and the day from which everybody could read the list."""

    meeting_ref: str
    decided_on: date
    published_on: date
    valid_to: date | None

    def require_sound(self, on: date) -> None:
        """Raise `ListedBeforeDecided` unless it was decided, then published, and holds for some time."""
        ends_on = self.valid_to or self.published_on
        if not self.decided_on <= self.published_on <= min(on, ends_on):
            raise ListedBeforeDecided


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteListing(Aggregate):
    """A unit on the published list of one university, by the decision made last."""

    kind: ClassVar[str] = "site_listing"
    visibility: ClassVar[str] = "alliance"
    unit_id: str
    enterprise_id: str
    university_id: str
    meeting_ref: str
    decided_on: date
    published_on: date
    valid_to: date | None

    @classmethod
    def of(cls, enterprise_id: str, university_id: str, decision: ListDecision) -> Self:
        """Put a unit on a university's list."""
        unit_id = unit_id_of(enterprise_id)
        return cls(
            id=listing_id_of(enterprise_id, university_id),
            story=unit_id,
            unit_id=unit_id,
            enterprise_id=enterprise_id,
            university_id=university_id,
            meeting_ref=decision.meeting_ref,
            decided_on=decision.decided_on,
            published_on=decision.published_on,
            valid_to=decision.valid_to,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    def decided_anew(self, decision: ListDecision) -> Self:
        """A later decision replaces the earlier one; one that was made before stays without effect."""
        if decision.decided_on < self.decided_on:
            return self
        return replace(
            self,
            meeting_ref=decision.meeting_ref,
            decided_on=decision.decided_on,
            published_on=decision.published_on,
            valid_to=decision.valid_to,
        )

    def holds_on(self, day: date) -> bool:
        """Whether the unit is on the list on a day."""
        return self.published_on <= day and (self.valid_to is None or day <= self.valid_to)


def deciding_visit(visits: Iterable[SiteInspection], listing: SiteListing | None) -> SiteInspection | None:
    """The visit that counts: the newest; where that found the unit fit, rather the one on which the meeting decided.

    That is the newest before the decision, unless the unit was found unfit since: then all begins anew.
    """
    newest_first = sorted(visits, key=lambda visit: (visit.visited_on, visit.id), reverse=True)
    fit = list(takewhile(lambda visit: visit.fit, newest_first))
    decided = [visit for visit in fit if listing is not None and visit.visited_on <= listing.decided_on]
    return next(iter(decided or newest_first), None)


def listing_id_of(enterprise_id: str, university_id: str) -> str:
    """The id of an enterprise's place on a university's list."""
    return born_of(enterprise_id, "site_listing", university_id)
