"""Organisations enter the register, are verified and keep their numbers up to date."""

from dataclasses import replace

from services.partnership.commands import (
    RegisterOrganization,
    SuspendOrganization,
    UpdateOrganization,
    VerifyOrganization,
)
from services.partnership.domain.organization import Organization, UsccTaken
from services.partnership.domain.uscc import PTN_01, UsccFacts, code_holds, normalised
from services.partnership.domain.warnings import warnings_of
from services.partnership.ports import Work
from shared.errors import RuleRefused
from shared.rules import Decision, jurisdiction_of


async def register_organization(command: RegisterOrganization, work: Work) -> Organization:
    """Enter an organisation whose credit code passes PTN-01 and is nobody else's; what only warns stays visible."""
    decision = _decide_code(command, work)
    if decision.refused:
        raise RuleRefused(decision.refusing[0])
    entry = replace(command.entry, uscc=normalised(command.entry.uscc))
    if await work.organizations.where(uscc=entry.uscc):
        raise UsccTaken
    work.decide(decision)
    organization, registered = Organization.register(command.organization_id, entry, warnings=warnings_of(decision))
    return work.organizations.add(organization, registered)


async def verify_organization(command: VerifyOrganization, work: Work) -> Organization:
    """The office vouches for the entry."""
    organization = await work.organizations.get(command.organization_id)
    verified, updated = organization.verify()
    work.audit("organization.verified", organization.id)
    return work.organizations.save(verified, updated)


async def suspend_organization(command: SuspendOrganization, work: Work) -> Organization:
    """Propose nobody of it any more; what it has signed stays in force."""
    organization = await work.organizations.get(command.organization_id)
    suspended, updated = organization.suspend()
    work.audit("organization.suspended", organization.id, organization_id=organization.id, reason=command.reason)
    return work.organizations.save(suspended, updated)


async def update_organization(command: UpdateOrganization, work: Work) -> Organization:
    """Keep the numbers of people up to date."""
    organization = await work.organizations.get(command.organization_id)
    changed, updated = organization.update(command.changes)
    return work.organizations.save(changed, updated)


def _decide_code(command: RegisterOrganization, work: Work) -> Decision:
    jurisdiction = jurisdiction_of(command.entry.region_code)
    rule = work.rules.rule(PTN_01.id, on=work.context.today, jurisdiction=jurisdiction)
    facts = UsccFacts(uscc=command.entry.uscc)
    return Decision(
        id=command.decision_id,
        subject=command.organization_id,
        findings=(code_holds(facts, rule),),
        inputs={PTN_01.id: facts.model_dump(mode="json")},
        on=work.context.today,
        jurisdiction=jurisdiction,
    )
