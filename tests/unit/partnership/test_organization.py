"""Organisations: registered with a checked credit code, verified by the office, updated by themselves."""

import json

import pytest

from services.partnership.commands import (
    RegisterOrganization,
    SuspendOrganization,
    UpdateOrganization,
    VerifyOrganization,
)
from services.partnership.domain.organization import (
    AlreadySuspended,
    AlreadyVerified,
    OrganizationChanges,
    UsccTaken,
)
from services.partnership.domain.uscc import check_digit
from services.partnership.handlers import organization
from shared.contracts.ids import new_id
from shared.contracts.partnership import OrganizationRegistered, OrganizationUpdated
from shared.errors import RuleRefused
from shared.rules import Decision, Verdict
from tests.unit.partnership.alliance import Alliance, entry, uscc


def command(code: str) -> RegisterOrganization:
    return RegisterOrganization(
        organization_id=new_id("organization"), decision_id=new_id("decision"), entry=entry(uscc=code)
    )


async def test_an_organisation_is_registered_under_its_normalised_code() -> None:
    alliance = Alliance()

    kept = await alliance.do(organization.register_organization, command(f" {uscc(7).lower()} "))

    assert (kept.uscc, kept.status, kept.warnings) == (uscc(7), "registered", ())
    assert [type(fact) for fact in alliance.store.facts] == [OrganizationRegistered]


async def test_the_decision_on_the_code_is_kept_with_its_inputs() -> None:
    alliance = Alliance()

    kept = await alliance.do(organization.register_organization, command(uscc(7)))

    decision = Decision.from_json(json.dumps(alliance.store.changes[0].decisions[0]["body"]))
    assert (decision.subject, decision.verdict) == (kept.id, Verdict.PASS)
    assert decision.inputs == {"PTN-01": {"uscc": uscc(7)}}


async def test_a_code_with_a_wrong_check_digit_is_refused_by_its_rule() -> None:
    wrong = uscc(7)[:-1] + ("0" if uscc(7)[-1] != "0" else "1")

    with pytest.raises(RuleRefused) as refusal:
        await Alliance().do(organization.register_organization, command(wrong))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("PTN-01", "check_digit")


async def test_a_wrong_embedded_digit_warns_and_stays_visible() -> None:
    first = uscc(7)[:16] + ("0" if uscc(7)[16] != "0" else "1")

    kept = await Alliance().do(organization.register_organization, command(first + check_digit(first)))

    assert [warning.case for warning in kept.warnings] == ["embedded_digit"]


async def test_one_code_belongs_to_one_organisation() -> None:
    alliance = Alliance()
    await alliance.do(organization.register_organization, command(uscc(7)))

    with pytest.raises(UsccTaken):
        await alliance.do(organization.register_organization, command(uscc(7)))


async def test_an_organisation_is_verified_once() -> None:
    alliance = Alliance()
    verified = await alliance.verified()

    with pytest.raises(AlreadyVerified):
        await alliance.do(organization.verify_organization, VerifyOrganization(organization_id=verified.id))

    assert [type(fact) for fact in alliance.store.facts] == [OrganizationRegistered, OrganizationUpdated]


async def test_an_update_leaves_what_it_does_not_name() -> None:
    alliance = Alliance()
    before = await alliance.verified(employees_total=300, industry_code="C34")

    changes = OrganizationChanges(employees_total=280)
    kept = await alliance.do(
        organization.update_organization, UpdateOrganization(organization_id=before.id, changes=changes)
    )

    assert (kept.employees_total, kept.industry_code, kept.status) == (280, "C34", before.status)
    assert alliance.facts_of(kept.id)[-1].employees_total == 280


async def test_a_suspended_organisation_tells_so_and_is_not_suspended_again() -> None:
    alliance = Alliance()
    verified = await alliance.verified()
    command = SuspendOrganization(organization_id=verified.id, reason="closed")
    await alliance.do(organization.suspend_organization, command)

    with pytest.raises(AlreadySuspended):
        await alliance.do(organization.suspend_organization, command)

    assert (alliance.store.facts[-1].subject, alliance.store.facts[-1].status) == (verified.id, "suspended")


async def test_verifying_a_suspended_organisation_brings_it_back() -> None:
    alliance = Alliance()
    verified = await alliance.verified()
    await alliance.do(
        organization.suspend_organization, SuspendOrganization(organization_id=verified.id, reason="closed")
    )

    back = await alliance.do(organization.verify_organization, VerifyOrganization(organization_id=verified.id))

    assert back.status == "verified"
