"""Delegations over HTTP: whoever is away hands their tasks to somebody of the same organisation for some days."""

from datetime import date
from typing import Annotated, Final, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from services.notify import handlers
from services.notify.api.access import ANYBODY
from services.notify.api.parties import is_possible, looked_after
from services.notify.commands import EndDelegation, MakeDelegation
from services.notify.domain.delegation import Delegation, DelegationPlan
from services.notify.domain.party import OFFICES, PARTY_PATTERN, Party
from shared.contracts.ids import DelegationId, new_id
from shared.errors import NotFound
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["tasks"])

PartyName = Annotated[str, Field(pattern=PARTY_PATTERN)]
PartyWanted = Annotated[str | None, Query(max_length=128)]


class DelegationBody(BaseModel):
    """Whose tasks are shown to whom, from the first of these days to the last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_party: PartyName
    to_party: PartyName
    starts_on: date
    ends_on: date


class DelegationView(BaseModel):
    """A delegation. `ended_on` is the day from which it held no longer, where it was ended before its time.

    Where the delegate is not known (`delegate_known`), nobody of that id is in a register: whoever signs in under it
    in this organisation sees the tasks.
    """

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    organization_id: str
    from_party: str
    to_party: str
    delegate_known: bool
    starts_on: date
    ends_on: date
    ended_on: date | None
    made_by: str
    version: int

    @classmethod
    def of(cls, delegation: Delegation) -> Self:
        """The delegation as its organisation sees it."""
        return cls.model_validate(delegation)


@router.post("/v1/delegations", status_code=201, access=ANYBODY)
async def make_delegation(body: DelegationBody, edge: EdgeIn) -> DelegationView:
    """Hand one's own tasks, or as an office those of one's organisation, to somebody else for some days.

    The delegate sees the tasks, marked; the acts with which they are done still ask for their own roles.
    """
    if not is_possible(body.to_party):
        raise NotFound(kind=Party.kind)
    plan = DelegationPlan(**dict(body))
    organization_id = await _organization_of(body.from_party, edge)
    command = MakeDelegation(delegation_id=new_id("delegation"), organization_id=organization_id, plan=plan)
    return await edge.act(handlers.make_delegation, command, answer=DelegationView.of, location="/v1/delegations/{id}")


@router.post("/v1/delegations/{delegation_id}/end", access=ANYBODY)
async def end_delegation(delegation_id: DelegationId, edge: EdgeIn) -> DelegationView:
    """Let it hold no longer, from today on."""
    command = EndDelegation(delegation_id=delegation_id, organization_id=edge.organization_id)
    return await edge.act(
        handlers.end_delegation,
        command,
        on=(Delegation, delegation_id),
        check=_may_end,
        answer=DelegationView.of,
    )


@router.get("/v1/delegations/{delegation_id}", access=ANYBODY)
async def delegation(delegation_id: DelegationId, edge: EdgeIn) -> DelegationView:
    """One delegation."""
    return await edge.show(Delegation, delegation_id, DelegationView.of)


@router.get("/v1/delegations", access=ANYBODY)
async def delegations(
    edge: EdgeIn, page: PageIn, from_party: PartyWanted = None, to_party: PartyWanted = None
) -> Page[DelegationView]:
    """Who stands in for whom in one's organisation; a teacher or student sees their own."""
    return await edge.page(Delegation, page, DelegationView.of, from_party=from_party, to_party=to_party)


async def _organization_of(party: str, edge: Edge) -> str:
    """The organisation within which the party hands its tasks on. Raises `NotFound` for one not looked after."""
    if party in edge.who.parties:
        return edge.organization_id
    return (await looked_after(party, edge)).organization_id


def _may_end(who: Principal, delegation: Delegation) -> None:
    """Whoever is away, or an office of the same organisation."""
    is_office = who.organization_id == delegation.organization_id and not OFFICES.isdisjoint(who.roles)
    if delegation.from_party not in who.parties and not is_office:
        raise NotFound(kind=delegation.kind)
