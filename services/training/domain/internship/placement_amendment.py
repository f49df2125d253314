"""How what was agreed of an internship is amended before it is completed, and which of its papers that voids."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Self

from services.training.domain.internship.placement_papers import Renewal
from services.training.domain.internship.placement_record import PlacementRecord
from services.training.domain.internship.placement_refusals import NoLongerOpen, NothingAmended, PastAmended
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT, PlacementStatus
from services.training.domain.internship.placement_terms import Cause, InternshipKind, PayTerms, Segment, in_order
from services.training.domain.internship.rules.papers import INT_05, INT_06
from shared.contracts.event import Event
from shared.contracts.training import PlacementAmended, PlacementSuspended
from shared.errors import RuleRefused
from shared.kernel.calendar import business_date
from shared.rules import Finding

RENEWED: Final = frozenset({INT_05.id, INT_06.id})
"""The rules by whose papers an amendment is agreed to."""
_AGREED: Final = frozenset({"segments", "pay"})
"""What the tripartite agreement names, and what students and guardians consent to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is said anew of an internship; None leaves it as it is."""

    segments: tuple[Segment, ...] | None = None
    pay: PayTerms | None = None
    supervisor_id: str | None = None
    mentor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendablePlacement(PlacementRecord):
    """An internship as far as what was agreed of it may change."""

    def amended(self, amendment: Amendment, *, at: datetime) -> tuple[Self, tuple[Event, ...]]:
        """Say days, pay or guides anew.

        Days and pay stand in the tripartite agreement: where they change, it and the consents are given anew. Until
        then an internship that has not begun is planned again and takes no place; one under way rests and keeps it.
        """
        if self.status not in BEFORE_APPROVAL | CONCURRENT:
            raise NoLongerOpen(status=self.status)
        said = self._saying(amendment)
        changed = [name for name in Amendment.__dataclass_fields__ if getattr(said, name) != getattr(self, name)]
        if not changed:
            raise NothingAmended
        if self.is_under_way and self._days_before(business_date(at)) != said._days_before(business_date(at)):
            raise PastAmended
        after = said._asked_anew(at) if _AGREED.intersection(changed) else said
        told = {**after._told(), "changed": changed, "papers_voided": after.papers != self.papers}
        facts: list[Event] = [PlacementAmended.model_validate(told)]
        if after.status is PlacementStatus.SUSPENDED and self.status is not PlacementStatus.SUSPENDED:
            rests = {**after._told(), "cause": Cause.AGREEMENT.value}
            facts.append(PlacementSuspended.model_validate(rests))
        return after, tuple(facts)

    def is_agreed_like(self, other: "AmendablePlacement") -> bool:
        """Whether both are on the same days for the same pay."""
        return all(getattr(self, name) == getattr(other, name) for name in _AGREED)

    def adds_days_to(self, other: PlacementRecord) -> bool:
        """Whether it is on a day on which the other is not."""
        return any(
            not any(old.starts_on <= new.starts_on and new.ends_on <= old.ends_on for old in other.segments)
            for new in self.segments
        )

    @property
    def awaits_papers(self) -> bool:
        """Whether it is under way while agreement and consents are still to be given anew."""
        renewal = self.papers.renewal
        return self.is_under_way and renewal is not None and renewal.under_way and renewal.given_on is None

    @property
    def lacks_consent(self) -> bool:
        """Whether it was approved by consents of which one counts no more."""
        return INT_06.id in self.refused_since

    @property
    def lacks_renewal(self) -> bool:
        """Whether what is to be given anew is not there yet, as it was judged last."""
        return not RENEWED.isdisjoint(self.refused_since)

    def asks_anew_since(self, at: datetime) -> bool:
        """Whether an amendment of this instant asked for agreement and consents anew."""
        return self.papers.renewal is not None and self.papers.renewal.asked_at == at

    def renewed_from(self, today: date) -> date | None:
        """Since when papers given anew hold; while some are awaited, what is given today holds from today."""
        if self.awaits_papers:
            return today
        return self.papers.renewal.given_on if self.papers.renewal else None

    def losing_papers(self) -> Self:
        """Wait for what was voided under way to be given anew. Whether it rests meanwhile, its school decides."""
        if not self.is_under_way:
            return self
        lost = self.papers.renewal or Renewal(asked_at=None, under_way=True)
        return self._renewing(replace(lost, under_way=True, given_on=None))

    def renewed(self, *, on: date) -> Self:
        """Go on with papers given anew: they hold for the days from this one on."""
        renewal = self.papers.renewal
        return self if renewal is None else self._renewing(replace(renewal, given_on=on))

    def _now(self) -> dict[str, object]:
        """What only its state says."""
        asked = "consent" if self.lacks_consent else None
        grade = self.grade and self.grade.value
        return {"status": self.status.value, "version": self.version, "grade": grade, "asks_anew": asked}

    def _saying(self, amendment: Amendment) -> Self:
        given = {name: getattr(amendment, name) for name in Amendment.__dataclass_fields__}
        said = replace(self, **{name: value for name, value in given.items() if value is not None})
        segments = in_order(said.segments)
        return replace(said, segments=segments, starts_on=segments[0].starts_on, ends_on=segments[-1].ends_on)

    def _asked_anew(self, at: datetime) -> Self:
        planned = self if self.is_under_way else replace(self, status=PlacementStatus.PLANNED, judgement=None)
        if self.internship_kind is not InternshipKind.POST:
            return planned
        rests = replace(planned, status=PlacementStatus.SUSPENDED) if self.is_under_way else planned
        voided = replace(rests, papers=replace(self.papers, tripartite=None))
        return voided._renewing(Renewal(asked_at=at, under_way=self.is_under_way))

    def _renewing(self, renewal: Renewal) -> Self:
        return replace(self, papers=replace(self.papers, renewal=renewal))

    def _days_before(self, day: date) -> tuple[tuple[date, date], ...]:
        return tuple(
            (segment.starts_on, min(segment.ends_on, day)) for segment in self.segments if segment.starts_on < day
        )


def require_allowed(refusing: Iterable[Finding], *, known: Collection[str], adds_days: bool) -> None:
    """Raise `RuleRefused` for the first rule that refuses an amendment of an internship under way.

    Papers to be given anew refuse nothing yet. What adds no day is not refused by a rule that refused before.
    """
    for finding in refusing:
        if finding.rule not in RENEWED and (adds_days or finding.rule not in known):
            raise RuleRefused(finding)
