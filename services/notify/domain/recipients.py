"""Who is concerned by a fact: pure functions of the event, used as words in the table of routes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from shared.contracts.partnership import (
    AgreementActivated,
    AgreementCompleted,
    AgreementSignatureRequested,
    AgreementSigned,
    AgreementTerminated,
    Candidate,
    MatchAccepted,
    MatchBody,
    MatchDeclined,
)
from shared.contracts.talent import NoMatchFound
from shared.contracts.training import BaseBody, CohortBody


@dataclass(frozen=True, slots=True)
class Person:
    """One person."""

    person_id: str


@dataclass(frozen=True, slots=True)
class Role:
    """Whoever holds a role in an organisation."""

    role: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class Office:
    """The office that speaks for an organisation; which one that is depends on the organisation's kind."""

    organization_id: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Everybody who has a share in a thing of which the event gives only the id: an agreement or a need.

    `among` leaves only those of these organisations, `role` only those who are this in it.
    """

    subject_id: str
    among: tuple[str, ...] | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Everyone:
    """The office of each organisation of a kind.

    With `near`, of those in whose region one of these organisations lies; where there is none, of all.
    """

    kind: str
    near: tuple[str, ...] = ()


Recipient = Person | Role | Office | Sides | Everyone
Recipients = Iterable[Recipient]

_PARTY_ROLES: Final = {
    "university": "university_coop_office",
    "enterprise": "enterprise_admin",
    "base_operator": "base_operator",
    "government": "government",
}
_CANDIDATE_ROLES: Final = {
    "programme": "university_coop_office",
    "base": "base_operator",
    "teacher": "university_hr",
    "student": "university_coop_office",
    "technician": "enterprise_admin",
}


class OfOrganization(Protocol):
    """An event that names the organisation whose it is."""

    @property
    def organization_id(self) -> str:
        """The owner."""


class OfLearner(Protocol):
    """An event about a learner's credits."""

    @property
    def person_id(self) -> str:
        """The learner."""

    @property
    def university_id(self) -> str:
        """The learner's university."""


def side(organization_id: str, role: str | None) -> Recipient:
    """An organisation that has a share in something, by what it is in it where that is said."""
    known = _PARTY_ROLES.get(role or "")
    return Role(known, organization_id) if known else Office(organization_id)


def addressee(party: str) -> Recipient:
    """Whoever a party's name names: `person:<id>` or `role:<role>@<organisation>`."""
    role, in_organization, organization_id = party.removeprefix("role:").partition("@")
    return Role(role, organization_id) if in_organization else Person(party.removeprefix("person:"))


# Needs and matches


def owner(event: OfOrganization) -> Recipients:
    """The organisation whose it is."""
    return [Office(event.organization_id)]


def owner_of_need(event: NoMatchFound) -> Recipients:
    """The organisation that looks for something."""
    return [Sides(event.need_id)]


def both_sides(event: MatchBody) -> Recipients:
    """Who looks for something, and who answers for the candidate."""
    return [Office(event.need_organization_id), candidate_side(event.candidate)]


def side_to_answer(event: MatchAccepted) -> Recipients:
    """The side that has not accepted yet."""
    return [_other_side(event, event.accepted_by_id)]


def side_declined(event: MatchDeclined) -> Recipients:
    """The side that was told no."""
    return [_other_side(event, event.declined_by_id)]


def _other_side(match: MatchBody, organization_id: str) -> Recipient:
    if organization_id == match.need_organization_id:
        return candidate_side(match.candidate)
    return Office(match.need_organization_id)


def candidate_side(candidate: Candidate) -> Recipient:
    """Who answers for a candidate."""
    known = _CANDIDATE_ROLES.get(candidate.kind)
    return Role(known, candidate.organization_id) if known else Office(candidate.organization_id)


# Agreements


def still_to_sign(event: AgreementSignatureRequested) -> Recipients:
    """Each party that has not signed yet."""
    return [Sides(event.agreement_id, tuple(event.pending_organization_ids))]


def signed_parties(event: AgreementSigned) -> Recipients:
    """Each party, as what it is in the agreement."""
    return [side(party.organization_id, party.role) for party in event.parties]


def agreement_parties(event: AgreementActivated | AgreementTerminated | AgreementCompleted) -> Recipients:
    """Each party of an agreement that the event only names."""
    return [Sides(event.agreement_id)]


# Bases and cohorts


def operator(event: BaseBody) -> Recipients:
    """Who runs the base."""
    return [Role("base_operator", event.operator_id)]


def operator_and_enterprises(event: BaseBody) -> Recipients:
    """Who runs the base, and the enterprises that take part in it."""
    return [*operator(event), *administrators(event.enterprise_ids)]


def cohort_enterprises(event: CohortBody) -> Recipients:
    """The enterprises for which the class is taught."""
    return administrators(event.enterprise_ids)


def cohort_offices(event: CohortBody) -> Recipients:
    """The university's offices for teaching and for cooperation."""
    return [
        Role("university_academic_office", event.university_id),
        Role("university_coop_office", event.university_id),
    ]


def cohort_parties(event: CohortBody) -> Recipients:
    """Both sides of the class."""
    return [*cohort_offices(event), *cohort_enterprises(event)]


def administrators(enterprise_ids: Iterable[str]) -> list[Recipient]:
    """Those who speak for enterprises."""
    return [Role("enterprise_admin", enterprise_id) for enterprise_id in enterprise_ids]


# Credits


def learner(event: OfLearner) -> Recipients:
    """The learner."""
    return [Person(event.person_id)]


def learner_and_office(event: OfLearner) -> Recipients:
    """The learner and the academic office that approves."""
    return [Person(event.person_id), Role("university_academic_office", event.university_id)]
