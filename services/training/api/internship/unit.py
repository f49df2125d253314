"""Units for internships over HTTP: what they declare, what is on their record."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE
from services.training.api.internship.evidence import EvidenceBody, EvidenceView
from services.training.api.internship.post import READERS
from services.training.api.internship.post_body import Site
from services.training.api.view import Body, Day, Reason, View
from services.training.commands.internship.unit import (
    CheckRecord,
    DeclareExternalInterns,
    RecordViolation,
    WithdrawViolation,
)
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.unit import ExternalInterns, InternshipUnit, RecordCheck, ViolationKind
from services.training.handlers.internship import unit as handlers
from shared.contracts.fields import Code, Name
from shared.contracts.ids import InternshipUnitId, OrganizationId, ViolationId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import sees
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internships"])
_OFFICE: Final = allow(scope=None, alliance_wide=OFFICE)


class ExternalInternsBody(Body):
    """Interns of schools outside the platform on one kind of post at one site; both days are included."""

    occupation_code: Code
    site: Site
    starts_on: Day
    ends_on: Day
    interns: Annotated[int, Field(ge=1, le=100_000)]


class DeclarationBody(Body):
    """All of them; an empty list says that there are none."""

    interns: Annotated[tuple[ExternalInternsBody, ...], Field(max_length=1000)]


class RecordCheckBody(Body):
    """When the unit's public record was looked up, and where; nothing stands in it but the violations entered."""

    looked_up_on: Day
    source: Name


class ViolationBody(Body):
    """What is put on record, and the official paper that says so."""

    kind: ViolationKind
    occurred_on: Day
    evidence: EvidenceBody


class WithdrawalBody(Reason):
    """Which entry was made in error, and why it is withdrawn."""

    violation_id: ViolationId


class ExternalInternsView(View):
    """Interns from elsewhere, as the unit states it."""

    occupation_code: str
    site: str
    starts_on: date
    ends_on: date
    interns: int


class RecordCheckView(View):
    """The newest look at the unit's record."""

    looked_up_on: date
    source: str


class ViolationView(View):
    """What is on record; one that was withdrawn does not count."""

    id: str = Field(validation_alias="violation_id")
    kind: str = Field(validation_alias="violation_kind")
    occurred_on: date
    recorded_on: date
    evidence: EvidenceView
    withdrawn_on: date | None
    withdrawal_reason: str | None


class ExceededView(View):
    """A cap that the unit's headcount no longer admits, on the first of the busiest days."""

    rule_id: str
    occupation_code: str | None
    site: str | None
    exceeded_on: date
    interns: int
    cap: int


class UnitView(View):
    """A unit and its record. Without `external_interns` it has declared nothing yet.

    Without `record_check` nobody has looked up its record: no violations does not mean that there are none.
    """

    id: str
    enterprise_id: str
    external_interns: list[ExternalInternsView] | None
    declared_on: date | None
    record_check: RecordCheckView | None
    violations: list[ViolationView]
    exceeded: list[ExceededView]
    version: int


@router.put("/v1/internship-units/{unit_id}/external-interns", access=allow("enterprise_admin", scope=None))
async def declare_external_interns(unit_id: InternshipUnitId, body: DeclarationBody, edge: EdgeIn) -> UnitView:
    """State all interns that one's unit has from schools outside the platform."""
    command = DeclareExternalInterns(
        unit_id=unit_id,
        organization_id=edge.organization_id,
        interns=tuple(ExternalInterns(**dict(each)) for each in body.interns),
    )
    return await edge.act(handlers.declare_external_interns, command, on=(InternshipUnit, unit_id), answer=UnitView.of)


@router.post(
    "/v1/internship-units/{unit_id}/record-checks",
    access=allow("university_coop_office", scope=None, alliance_wide=OFFICE),
)
async def check_record(unit_id: InternshipUnitId, body: RecordCheckBody, edge: EdgeIn) -> UnitView:
    """State that a unit's record was looked up; any university that sees the unit may do so."""
    command = CheckRecord(unit_id=unit_id, organization_id=edge.who.organization_id, check=RecordCheck(**dict(body)))
    return await edge.act(handlers.check_record, command, on=(InternshipUnit, unit_id), check=sees, answer=UnitView.of)


@router.post("/v1/internship-units/{unit_id}/violations", access=_OFFICE)
async def record_violation(unit_id: InternshipUnitId, body: ViolationBody, edge: EdgeIn) -> UnitView:
    """Put a violation or bad credit on a unit's record."""
    command = RecordViolation(
        unit_id=unit_id,
        organization_id=edge.who.organization_id,
        violation_id=new_id("violation"),
        violation_kind=body.kind,
        occurred_on=body.occurred_on,
        evidence=body.evidence.evidence(EvidenceKind.OFFICIAL_RECORD),
    )
    return await edge.act(handlers.record_violation, command, on=(InternshipUnit, unit_id), answer=UnitView.of)


@router.post("/v1/internship-units/{unit_id}/violation-withdrawals", access=_OFFICE)
async def withdraw_violation(unit_id: InternshipUnitId, body: WithdrawalBody, edge: EdgeIn) -> UnitView:
    """Note that a violation was recorded in error."""
    command = WithdrawViolation(
        unit_id=unit_id,
        organization_id=edge.who.organization_id,
        violation_id=body.violation_id,
        reason=body.reason,
    )
    return await edge.act(handlers.withdraw_violation, command, on=(InternshipUnit, unit_id), answer=UnitView.of)


@router.get("/v1/internship-units/{unit_id}", access=READERS)
async def unit(unit_id: InternshipUnitId, edge: EdgeIn) -> UnitView:
    """One unit and its record."""
    return await edge.show(InternshipUnit, unit_id, UnitView.of)


@router.get("/v1/internship-units", access=READERS)
async def units(edge: EdgeIn, page: PageIn, enterprise_id: OrganizationId | None = None) -> Page[UnitView]:
    """The units of the alliance."""
    return await edge.page(InternshipUnit, page, UnitView.of, enterprise_id=enterprise_id)
