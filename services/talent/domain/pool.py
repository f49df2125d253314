"""Everybody who could meet a need, read once, and what is known of each for one kind of line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from services.talent.domain.candidate import Candidate, KnownObligation, KnownOrganization, Offer
from services.talent.domain.regions import Place, centroid, place_of, same_region
from services.talent.domain.skill import Skill
from services.talent.domain.track_record import TrackRecord
from shared.contracts.fields import UNKNOWN

NATURAL: Final[Mapping[str, str]] = {
    "order_class": "programme",
    "co_build_base": "base",
    "teacher_practice_posts": "teacher",
}
"""Kinds of line that every candidate of one kind may meet. For any other kind it must be offered by a capability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A candidate with all that matters when it is held against a line of one kind."""

    candidate: Candidate
    organization: KnownOrganization | None
    offers: tuple[Offer, ...]
    skills: tuple[Skill, ...]
    place: Place | None
    record: TrackRecord
    owing: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates by their id, and beside them what their organisations are, offer, owe and did before."""

    candidates: Mapping[str, Candidate]
    organizations: Mapping[str, KnownOrganization]
    offers: Mapping[tuple[str, str], list[Offer]]
    owing: frozenset[str]
    records: Mapping[str, TrackRecord]

    @classmethod
    def of(
        cls,
        candidates: Iterable[Candidate],
        *,
        organizations: Iterable[KnownOrganization] = (),
        offers: Iterable[Offer] = (),
        obligations: Iterable[KnownObligation] = (),
        records: Iterable[TrackRecord] = (),
    ) -> Self:
        """The pool of all these."""
        return cls(
            {candidate.id: candidate for candidate in candidates},
            {organization.id: organization for organization in organizations},
            _by_candidate(offers),
            frozenset(obligation.teacher_id for obligation in obligations),
            {record.id: record for record in records},
        )

    def with_candidate(self, candidate: Candidate) -> Self:
        """The same pool with this candidate as it is now, whatever its projection says."""
        return replace(self, candidates={**self.candidates, candidate.id: candidate})

    def with_organization(self, organization: KnownOrganization) -> Self:
        """The same pool with this organisation as it is now, whatever its projection says."""
        return replace(self, organizations={**self.organizations, organization.id: organization})

    def concerns(self, candidate: Candidate, kind: str) -> bool:
        """Whether a candidate of this kind could be held against lines of that kind, were it offered."""
        return kind != UNKNOWN and NATURAL.get(kind, candidate.kind) == candidate.kind

    def serves(self, candidate: Candidate, kind: str) -> bool:
        """Whether the candidate is held against lines of this kind at all."""
        return self.concerns(candidate, kind) and (kind in NATURAL or bool(self.offers_of(candidate, kind)))

    def contenders(self, kind: str) -> list[Contender]:
        """All who are held against lines of this kind."""
        return [self.contender(found, kind) for found in self.candidates.values() if self.serves(found, kind)]

    def contender(self, candidate: Candidate, kind: str) -> Contender:
        """One candidate, held against lines of this kind."""
        organization = self.organizations.get(candidate.organization_id)
        offers = self.offers_of(candidate, kind)
        return Contender(
            candidate=candidate,
            organization=organization,
            offers=offers,
            skills=self._skills(candidate, offers),
            place=_place(candidate, organization),
            record=self.records.get(candidate.organization_id) or TrackRecord.none_yet(candidate.organization_id),
            owing=candidate.id in self.owing,
        )

    def offers_of(self, candidate: Candidate, kind: str) -> tuple[Offer, ...]:
        """The candidate's own organisation's offers of it for this kind: nobody else can offer it."""
        offers = self.offers.get((kind, candidate.id), ())
        return tuple(offer for offer in offers if offer.organization_id == candidate.organization_id)

    def _skills(self, candidate: Candidate, offers: tuple[Offer, ...]) -> tuple[Skill, ...]:
        """A teacher also knows what the programmes taught are about."""
        taught = [self.candidates[programme] for programme in candidate.programme_ids if programme in self.candidates]
        sources: tuple[Candidate | Offer, ...] = (candidate, *offers, *taught)
        return tuple(skill for source in sources for skill in source.skills)


def _by_candidate(offers: Iterable[Offer]) -> Mapping[tuple[str, str], list[Offer]]:
    found: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.published:
            for candidate_id in offer.candidate_ids:
                found[(offer.kind, candidate_id)].append(offer)
    return found


def _place(candidate: Candidate, organization: KnownOrganization | None) -> Place | None:
    if own := place_of(candidate.latitude, candidate.longitude):
        return own
    if organization and same_region(organization.region_code, candidate.region_code):
        seat = place_of(organization.latitude, organization.longitude)
        return seat or centroid(candidate.region_code)
    return centroid(candidate.region_code)
