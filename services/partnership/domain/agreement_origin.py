"""What an agreement is born of: its parties, its framework, the need and the matches that it carries out."""

from dataclasses import dataclass
from typing import Final

from services.partnership.domain.agreement import ENDED, Agreement
from services.partnership.domain.agreement_draft import LINE_KINDS, Draft
from services.partnership.domain.agreement_refusals import (
    UnfitMatches,
    UnfitNeed,
    UnfitParent,
    UnfitParties,
    UnfitTerms,
)
from services.partnership.domain.match import Match, MatchStatus
from services.partnership.domain.need import Need
from services.partnership.domain.organization import Organization, OrganizationStatus
from shared.contracts.partnership import AgreedMatch, AgreementTerms
from shared.rules import jurisdiction_of

_OF_ONE_KIND: Final = frozenset({"university", "government"})
"""Roles that only an organisation of the same kind can have, and that keep it from being the enterprise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What was found of the things that a draft, or the agreement made of it, names."""

    organizations: tuple[Organization, ...]
    parent: Agreement | None
    need: Need | None
    matches: tuple[Match, ...]

    def story(self, otherwise: str) -> str:
        """The story that an agreement inherits: of its match, else its parent, else its need."""
        ancestors = (*self.matches, self.parent, self.need)
        return next((ancestor.story for ancestor in ancestors if ancestor is not None), otherwise)

    @property
    def jurisdiction(self) -> str:
        """Where an agreement is judged: at its university, else at its first party."""
        universities = [one for one in self.organizations if one.organization_kind == "university"]
        home = (*universities, *self.organizations)[0]
        return jurisdiction_of(home.region_code, home.id)

    @property
    def agreed(self) -> tuple[AgreedMatch, ...]:
        """The matches as the agreement names them."""
        return tuple(AgreedMatch(match_id=match.id, candidate=match.candidate) for match in self.matches)

    def require_fit(self, paper: Draft | Agreement, *, author: str) -> None:
        """Raise an `Unfit…` refusal unless everything that the paper names is there and belongs together."""
        self._require_parties(paper, author)
        parties = frozenset(party.organization_id for party in paper.parties)
        if paper.parent_id is not None:
            self._require_parent(parties)
        if paper.need_id is not None or paper.line_no is not None:
            self._require_need(paper, parties)
        self._require_matches(paper, parties)
        self._require_terms(paper.terms, parties)

    def _require_parties(self, paper: Draft | Agreement, author: str) -> None:
        known = {organization.id: organization for organization in self.organizations}
        ids = [party.organization_id for party in paper.parties]
        if len(set(ids)) < max(len(ids), 2) or author not in ids:
            raise UnfitParties
        if not all(_suits(known.get(party.organization_id), party.role) for party in paper.parties):
            raise UnfitParties

    def _require_parent(self, parties: frozenset[str]) -> None:
        parent = self.parent
        if parent is None or parent.type != "framework" or parent.owners != parties or parent.status in ENDED:
            raise UnfitParent

    def _require_need(self, paper: Draft | Agreement, parties: frozenset[str]) -> None:
        need = self.need
        if need is None or need.is_closed or need.organization_id not in parties:
            raise UnfitNeed
        if paper.line_no is None:
            return
        line = next((line for line in need.lines if line.line_no == paper.line_no), None)
        if line is None or LINE_KINDS.get(paper.type, line.kind) != line.kind:
            raise UnfitNeed
        line.require_free()

    def _require_matches(self, paper: Draft | Agreement, parties: frozenset[str]) -> None:
        place = (paper.need_id, paper.line_no)
        fitting = {
            match.id
            for match in self.matches
            if match.status is MatchStatus.CONFIRMED
            and (match.need_id, match.line_no) == place
            and match.owners <= parties
        }
        if fitting != set(paper.match_ids) or bool(fitting) != (paper.line_no is not None):
            raise UnfitMatches

    def _require_terms(self, terms: AgreementTerms, parties: frozenset[str]) -> None:
        matched = {match.candidate_id for match in self.matches}
        named = _named_by(terms)
        operated_by_party = terms.base_co_build is None or terms.base_co_build.operator_id in parties
        if not operated_by_party or (matched and not named <= matched):
            raise UnfitTerms


def _suits(organization: Organization | None, role: str) -> bool:
    if organization is None or organization.status is not OrganizationStatus.VERIFIED:
        return False
    if role in _OF_ONE_KIND:
        return organization.organization_kind == role
    return role != "enterprise" or organization.organization_kind not in _OF_ONE_KIND


def _named_by(terms: AgreementTerms) -> set[str]:
    named: set[str] = set()
    if terms.order_class is not None:
        named.add(terms.order_class.programme_id)
    if terms.base_co_build is not None and terms.base_co_build.host_base_id is not None:
        named.add(terms.base_co_build.host_base_id)
    if terms.teacher_practice is not None:
        named.update(terms.teacher_practice.teacher_ids)
    return named
