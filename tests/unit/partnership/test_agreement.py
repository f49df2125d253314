"""Agreements: what they may be born of, how they go to signature, and how they end."""

from datetime import timedelta

import pytest

from services.partnership.commands import DraftAgreement, ReviseAgreement, SubmitAgreement, TerminateAgreement
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_draft import AgreementContent, DraftChanges, WrongTerms
from services.partnership.domain.agreement_refusals import (
    NotADraft,
    NotInForce,
    UnfitMatches,
    UnfitNeed,
    UnfitParent,
    UnfitParties,
    UnfitTerms,
)
from services.partnership.handlers import agreement as handlers
from shared.contracts.ids import new_id
from shared.contracts.partnership import (
    AgreementActivated,
    AgreementCompleted,
    AgreementSignatureRequested,
    AgreementSigned,
    AgreementTerminated,
    AgreementTerms,
    BaseCoBuildTerms,
    Party,
)
from shared.errors import RuleRefused
from tests.unit.partnership.alliance import TODAY, Alliance


async def submit(alliance: Alliance, paper: Agreement) -> Agreement:
    command = SubmitAgreement(
        agreement_id=paper.id, organization_id=alliance.university, decision_id=new_id("decision")
    )
    submitted: Agreement = await alliance.do(handlers.submit_agreement, command)
    return submitted


async def terminate(alliance: Alliance, paper: Agreement) -> AgreementTerminated:
    command = TerminateAgreement(agreement_id=paper.id, organization_id=alliance.university, reason="no students")
    await alliance.do(handlers.terminate_agreement, command)
    fact = alliance.facts_of(paper.id)[-1]
    assert isinstance(fact, AgreementTerminated)
    return fact


async def test_an_agreement_belongs_to_the_story_of_its_match_its_parent_or_its_need(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.confirmed(need)

    framework = await alliance.drafted(need_id=need.id)
    order_class = await alliance.drafted(match)
    child = await alliance.drafted(type="data_sharing", parent_id=framework.id)

    assert {framework.story, order_class.story, child.story} == {need.id}


async def test_an_agreement_of_nothing_is_its_own_story(alliance: Alliance) -> None:
    framework = await alliance.drafted()

    assert framework.story == framework.id


async def test_only_verified_organisations_are_parties(alliance: Alliance) -> None:
    stranger = Party(organization_id=new_id("organization"), role="enterprise")

    with pytest.raises(UnfitParties):
        await alliance.drafted(parties=(alliance.parties()[0], stranger))


async def test_a_party_has_a_role_that_fits_what_it_is(alliance: Alliance) -> None:
    swapped = (
        Party(organization_id=alliance.university, role="enterprise"),
        Party(organization_id=alliance.enterprise, role="university"),
    )

    with pytest.raises(UnfitParties):
        await alliance.drafted(parties=swapped)


async def test_nobody_drafts_for_others(alliance: Alliance) -> None:
    command = DraftAgreement(
        agreement_id=new_id("agreement"), organization_id=alliance.bystander, draft=alliance.draft()
    )

    with pytest.raises(UnfitParties):
        await alliance.do(handlers.draft_agreement, command)


async def test_a_childs_parent_is_a_framework(alliance: Alliance) -> None:
    parent = await alliance.drafted(await alliance.confirmed(await alliance.post()))

    with pytest.raises(UnfitParent):
        await alliance.drafted(type="data_sharing", parent_id=parent.id)


async def test_a_child_has_the_parties_of_its_framework(alliance: Alliance) -> None:
    framework = await alliance.drafted()
    third = Party(organization_id=alliance.bystander, role="enterprise")

    with pytest.raises(UnfitParent):
        await alliance.drafted(type="data_sharing", parent_id=framework.id, parties=(*alliance.parties(), third))


async def test_the_need_is_one_of_the_parties(alliance: Alliance) -> None:
    need = await alliance.post()
    others = (alliance.parties()[0], Party(organization_id=alliance.bystander, role="enterprise"))

    with pytest.raises(UnfitNeed):
        await alliance.drafted(need_id=need.id, parties=others)


async def test_an_agreement_carries_out_a_line_of_its_kind(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post(), line_no=3)

    with pytest.raises(UnfitNeed):
        await alliance.drafted(match)


async def test_a_match_that_is_not_confirmed_is_not_agreed(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())

    with pytest.raises(UnfitMatches):
        await alliance.drafted(match)


async def test_a_line_is_carried_out_by_matches(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())

    with pytest.raises(UnfitMatches):
        await alliance.drafted(match, match_ids=())


async def test_a_match_of_another_line_is_not_agreed(alliance: Alliance) -> None:
    need = await alliance.post()
    match, other = await alliance.confirmed(need), await alliance.confirmed(need, line_no=2)

    with pytest.raises(UnfitMatches):
        await alliance.drafted(match, match_ids=(match.id, other.id))


@pytest.mark.parametrize("terms", [AgreementTerms(), None])
async def test_terms_are_those_of_the_type(alliance: Alliance, terms: AgreementTerms | None) -> None:
    base = BaseCoBuildTerms(
        operator_id=alliance.university, base_kind="maker_space", industry_codes=["C34"], functions=[]
    )
    match = await alliance.confirmed(await alliance.post())

    with pytest.raises(WrongTerms):
        await alliance.drafted(match, terms=terms or AgreementTerms(base_co_build=base))


async def test_posts_for_interns_are_agreed_by_an_internship_base_alone(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())

    with pytest.raises(UnfitNeed):
        await alliance.drafted(match, type="internship_base", terms=AgreementTerms())


async def test_the_programme_of_an_order_class_is_the_matched_one(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())

    with pytest.raises(UnfitTerms):
        await alliance.drafted(match, terms=alliance.order_class(new_id("programme")))


async def test_a_submitted_agreement_asks_every_party_for_its_signature(alliance: Alliance) -> None:
    paper = await alliance.submitted()

    fact = alliance.facts_of(paper.id)[-1]
    assert isinstance(fact, AgreementSignatureRequested)
    assert fact.pending_organization_ids == [alliance.university, alliance.enterprise]


async def test_an_agreement_without_its_texts_does_not_go_to_signature(alliance: Alliance) -> None:
    with pytest.raises(RuleRefused) as refusal:
        await alliance.submitted(content=AgreementContent(goals="12 technicians"))

    assert refusal.value.finding.rule == "PTN-03"


@pytest.mark.parametrize(
    ("days_back", "warnings"), [(0, []), (1, ["retroactive"]), (200, ["retroactive"]), (365, ["retroactive"])]
)
async def test_an_agreement_that_began_up_to_365_days_ago_is_submitted_with_a_warning(
    alliance: Alliance, days_back: int, warnings: list[str]
) -> None:
    paper = await alliance.submitted(starts_on=TODAY - timedelta(days=days_back))

    assert (paper.status, [warning.case for warning in paper.warnings]) == ("pending_signatures", warnings)


async def test_an_agreement_that_began_more_than_365_days_ago_is_not_submitted(alliance: Alliance) -> None:
    with pytest.raises(RuleRefused) as refusal:
        await alliance.submitted(starts_on=TODAY - timedelta(days=366))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("PTN-11", "too_old")


async def test_the_decision_on_a_submission_is_kept_with_both_rules(alliance: Alliance) -> None:
    await alliance.submitted(starts_on=TODAY - timedelta(days=200))

    kept = alliance.store.changes[-1].decisions[0]
    verdicts = [(finding["rule"], finding["verdict"]) for finding in kept["body"]["findings"]]
    assert verdicts == [("PTN-03", "pass"), ("PTN-11", "fail")]
    assert kept["rulepack"] == "partnership-alliance@1,partnership-cn@1"


async def test_a_draft_is_completed_before_it_is_submitted(alliance: Alliance) -> None:
    paper = await alliance.drafted(content=AgreementContent())
    content = AgreementContent(goals="a", content_and_form="b", rights_and_duties="c")
    changes = DraftChanges(content=content, ends_on=TODAY + timedelta(days=10))

    await alliance.do(handlers.revise_agreement, ReviseAgreement(agreement_id=paper.id, changes=changes))
    submitted = await submit(alliance, paper)

    assert (submitted.content, submitted.ends_on) == (content, TODAY + timedelta(days=10))


async def test_a_revised_draft_is_held_against_its_match_again(alliance: Alliance) -> None:
    paper = await alliance.drafted(await alliance.confirmed(await alliance.post()))
    changes = DraftChanges(terms=alliance.order_class(new_id("programme")))
    await alliance.do(handlers.revise_agreement, ReviseAgreement(agreement_id=paper.id, changes=changes))

    with pytest.raises(UnfitTerms):
        await submit(alliance, paper)


async def test_what_is_out_for_signature_is_not_changed(alliance: Alliance) -> None:
    paper = await alliance.submitted()

    with pytest.raises(NotADraft):
        await alliance.do(handlers.revise_agreement, ReviseAgreement(agreement_id=paper.id, changes=DraftChanges()))


async def test_an_agreement_is_activated_on_its_first_day_and_not_before(alliance: Alliance) -> None:
    paper = await alliance.signed(starts_on=TODAY + timedelta(days=2))
    alliance.later(days=1)
    await alliance.do(handlers.activate_agreement, paper.id)
    assert alliance.agreement(paper.id).status == "signed"

    alliance.later(days=1)
    await alliance.do(handlers.activate_agreement, paper.id)

    assert [type(fact) for fact in alliance.facts_of(paper.id)[1:]] == [AgreementSigned, AgreementActivated]


async def test_an_agreement_is_completed_after_its_last_day(alliance: Alliance) -> None:
    paper = await alliance.signed(ends_on=TODAY)
    await alliance.do(handlers.complete_agreement, paper.id)
    assert alliance.agreement(paper.id).status == "active"

    alliance.later(days=1)
    await alliance.do(handlers.complete_agreement, paper.id)

    fact = alliance.facts_of(paper.id)[-1]
    assert isinstance(fact, AgreementCompleted)
    assert fact.effective_on == TODAY


async def test_an_agreement_that_ends_before_its_start_gives_its_line_back(alliance: Alliance) -> None:
    need = await alliance.post()
    paper = await alliance.signed(await alliance.confirmed(need), starts_on=TODAY + timedelta(days=2))

    fact = await terminate(alliance, paper)

    kept = alliance.need(need.id)
    assert (fact.before_start, kept.status, kept.lines[0].status) == (True, "matching", "open")


async def test_the_line_that_was_given_back_can_be_agreed_again(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.confirmed(need)
    await terminate(alliance, await alliance.signed(match, starts_on=TODAY + timedelta(days=2)))

    again = await alliance.signed(match)

    assert alliance.need(need.id).lines[0].agreement_id == again.id


async def test_an_agreement_that_was_never_signed_gives_no_line_back(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())
    rival = await alliance.submitted(match)
    await alliance.signed(match)

    fact = await terminate(alliance, rival)

    assert (fact.need_id, fact.line_no) == (None, None)
    assert alliance.need(match.need_id).lines[0].status == "contracted"


async def test_an_agreement_in_force_ends_without_giving_its_line_back(alliance: Alliance) -> None:
    need = await alliance.post()
    paper = await alliance.signed(await alliance.confirmed(need))

    fact = await terminate(alliance, paper)

    assert (fact.before_start, alliance.need(need.id).lines[0].status) == (False, "contracted")


async def test_what_has_ended_does_not_end_again(alliance: Alliance) -> None:
    paper = await alliance.signed()
    await terminate(alliance, paper)

    with pytest.raises(NotInForce):
        await terminate(alliance, paper)
