"""What talent listens to: `talent.match` keeps who could be proposed, and proposes them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from services.talent.domain.candidate import Candidate, KnownOrganization, Offer
from services.talent.handlers import candidate, demand, match
from services.talent.ports import Work
from shared.contracts.partnership import (
    AgreementTerminated,
    CapabilityPublished,
    CapabilityState,
    CapabilityWithdrawn,
    MatchConfirmed,
    MatchDeclined,
    MatchExpired,
    NeedAmended,
    NeedContracted,
    NeedExpired,
    NeedPosted,
    NeedWithdrawn,
    OrganizationState,
    OrganizationUpdated,
)
from shared.contracts.talent import ProgrammeRegistered, ProgrammeState, ProgrammeUpdated
from shared.contracts.training import (
    BaseOpened,
    BaseState,
    ObligationState,
    TeacherRegistered,
    TeacherState,
    TeacherUpdated,
)
from shared.messaging.consumer import Consumer
from shared.personal.forgetting import forgetting

MATCH: Final = Consumer("talent.match")
PRIVACY: Final = forgetting("talent", documents=False)

Columns = Mapping[str, object]


@MATCH.projection(ProgrammeState, table="candidate")
def programme_as_candidate(state: ProgrammeState) -> Columns | None:
    """Programmes that are taught."""
    found = Candidate.programme(state, status=state.status, version=state.version)
    return None if state.status == "closed" else _columns(found)


@MATCH.projection(BaseState, table="candidate")
def base_as_candidate(state: BaseState) -> Columns | None:
    """Bases from the plan to the day on which they close."""
    found = Candidate.base(state, status=state.status, version=state.version)
    return None if state.status == "closed" else _columns(found)


@MATCH.projection(TeacherState, table="candidate")
def teacher_as_candidate(state: TeacherState) -> Columns | None:
    """Teachers who have not left."""
    found = Candidate.teacher(state, status=state.status, version=state.version)
    return None if state.status == "left" else _columns(found)


@MATCH.projection(CapabilityState, table="capability")
def capability_as_offer(state: CapabilityState) -> Columns:
    """What organisations offer, or offered: whose places become free must be known when it ends."""
    return _columns(Offer.of(state, status=state.status, version=state.version))


@MATCH.projection(OrganizationState, table="organization")
def organization_as_known(state: OrganizationState) -> Columns:
    """Where partners are, and whether they are suspended."""
    return _columns(KnownOrganization.of(state, version=state.version))


@MATCH.projection(ObligationState, table="obligation")
def obligation_as_owed(state: ObligationState) -> Columns | None:
    """Practice that is still owed."""
    return None if state.status == "fulfilled" else {"teacher_id": state.teacher_id}


@MATCH.reaction(NeedPosted, NeedAmended, order="ordered")
async def on_need_posted_or_amended(event: NeedPosted | NeedAmended, work: Work) -> None:
    """Score who could meet it."""
    await demand.weigh_need(event, work)


@MATCH.reaction(NeedWithdrawn, NeedExpired, order="ordered")
async def on_need_closed(event: NeedWithdrawn | NeedExpired, work: Work) -> None:
    """Look for nobody any more."""
    await demand.close_need(event, work)


@MATCH.reaction(NeedContracted, order="ordered")
async def on_need_contracted(event: NeedContracted, work: Work) -> None:
    """Propose nobody else for the line."""
    await demand.contract_line(event, work)


@MATCH.reaction(AgreementTerminated)
async def on_agreement_terminated(event: AgreementTerminated, work: Work) -> None:
    """Look for somebody again where it had not begun."""
    await demand.reopen_line(event, work)


@MATCH.reaction(ProgrammeRegistered, ProgrammeUpdated, order="latest")
async def on_programme_registered_or_updated(event: ProgrammeRegistered | ProgrammeUpdated, work: Work) -> None:
    """Hold the programme against open lines."""
    await candidate.weigh_programme(event, work)


@MATCH.reaction(BaseOpened, order="latest")
async def on_base_opened(event: BaseOpened, work: Work) -> None:
    """Hold the base against open lines."""
    await candidate.weigh_base(event, work)


@MATCH.reaction(TeacherRegistered, TeacherUpdated, order="latest")
async def on_teacher_registered_or_updated(event: TeacherRegistered | TeacherUpdated, work: Work) -> None:
    """Hold the teacher against open lines."""
    await candidate.weigh_teacher(event, work)


@MATCH.reaction(OrganizationUpdated, order="latest")
async def on_organization_updated(event: OrganizationUpdated, work: Work) -> None:
    """Hold what the organisation has against open lines: it may be suspended no longer, or sit elsewhere."""
    await candidate.weigh_organization(event, work)


@MATCH.reaction(CapabilityPublished, CapabilityWithdrawn, order="ordered")
async def on_capability_published_or_withdrawn(event: CapabilityPublished | CapabilityWithdrawn, work: Work) -> None:
    """Hold what is offered against open lines."""
    await candidate.weigh_offer(event, work)


@MATCH.reaction(MatchConfirmed)
async def on_match_confirmed(event: MatchConfirmed, work: Work) -> None:
    """Count it for the partner."""
    await match.confirm(event, work)


@MATCH.reaction(MatchDeclined, MatchExpired)
async def on_match_declined_or_expired(event: MatchDeclined | MatchExpired, work: Work) -> None:
    """Make room for the next."""
    await match.miss(event, work)


def _columns(known: Candidate | Offer | KnownOrganization) -> Columns:
    return {name: value for name, value in asdict(known).items() if name not in {"id", "version"}}
