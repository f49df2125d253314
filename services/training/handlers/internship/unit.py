"""What happens when something is said of a unit for internships, by itself, by a university or by the office."""

from services.training.commands.internship.unit import (
    ApproveSiteList,
    CheckRecord,
    DeclareExternalInterns,
    InspectSite,
    RecordViolation,
    WithdrawViolation,
)
from services.training.domain.directory import OrganizationUnknown
from services.training.domain.internship.site import SiteInspection, SiteListing, listing_id_of
from services.training.domain.internship.unit import InternshipUnit, Violation, unit_id_of
from services.training.handlers.internship.proving import require_kept
from services.training.ports import Work


async def unit_of(enterprise_id: str, work: Work) -> InternshipUnit:
    """The unit of an enterprise, opened by the first thing that is said of it. Raises `OrganizationUnknown`."""
    if await work.organizations.find(enterprise_id) is None:
        raise OrganizationUnknown
    unit = await work.units.find(unit_id_of(enterprise_id))
    return unit or work.units.add(InternshipUnit.of(enterprise_id))


async def declare_external_interns(command: DeclareExternalInterns, work: Work) -> InternshipUnit:
    """Keep what a unit states of its interns from elsewhere."""
    unit = await work.units.get(command.unit_id)
    return work.units.save(unit.declare(command.interns, by=command.organization_id, on=work.context.today))


async def inspect_site(command: InspectSite, work: Work) -> SiteInspection:
    """Keep a university's report on a visit."""
    command.report.require_own(await work.teachers.known(command.report.teacher_ids), command.organization_id)
    unit = await unit_of(command.enterprise_id, work)
    await require_kept([command.report.evidence], {command.organization_id}, work)
    inspection = SiteInspection.report(
        command.inspection_id,
        enterprise_id=unit.enterprise_id,
        university_id=command.organization_id,
        report=command.report,
        on=work.context.today,
    )
    return work.site_inspections.add(inspection)


async def approve_site_list(command: ApproveSiteList, work: Work) -> tuple[SiteListing, ...]:
    """Put the units that were approved on the university's list; what a later decision says of one stands."""
    command.decision.require_sound(work.context.today)
    ids = {listing_id_of(enterprise_id, command.organization_id) for enterprise_id in command.enterprise_ids}
    listed = await work.site_listings.known(ids)
    listings = []
    for enterprise_id in sorted(set(command.enterprise_ids)):
        unit = await unit_of(enterprise_id, work)
        before = listed.get(listing_id_of(unit.enterprise_id, command.organization_id))
        listings.append(_listed(unit, before, command, work))
    return tuple(listings)


async def check_record(command: CheckRecord, work: Work) -> InternshipUnit:
    """Keep that a unit's record was looked up."""
    unit = await work.units.get(command.unit_id)
    checked = unit.checked(command.check, on=work.context.today)
    work.audit("check_record", unit.id, organization_id=command.organization_id)
    return unit if checked is unit else work.units.save(checked)


async def record_violation(command: RecordViolation, work: Work) -> InternshipUnit:
    """Put a violation on record."""
    unit = await work.units.get(command.unit_id)
    await require_kept([command.evidence], unit.owners, work)
    violation = Violation(
        violation_id=command.violation_id,
        violation_kind=command.violation_kind,
        occurred_on=command.occurred_on,
        recorded_on=work.context.today,
        evidence=command.evidence,
    )
    work.audit("record_violation", unit.id, organization_id=command.organization_id)
    return work.units.save(unit.record(violation))


async def withdraw_violation(command: WithdrawViolation, work: Work) -> InternshipUnit:
    """Take a violation off the record that counts."""
    unit = await work.units.get(command.unit_id)
    work.audit("withdraw_violation", unit.id, organization_id=command.organization_id, reason=command.reason)
    return work.units.save(unit.withdraw(command.violation_id, on=work.context.today, reason=command.reason))


def _listed(unit: InternshipUnit, before: SiteListing | None, command: ApproveSiteList, work: Work) -> SiteListing:
    if before is None:
        return work.site_listings.add(SiteListing.of(unit.enterprise_id, command.organization_id, command.decision))
    anew = before.decided_anew(command.decision)
    return before if anew is before else work.site_listings.save(anew)
