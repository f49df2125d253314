"""Agreements of an organisation that lets them be approved inside first: asked for, decided, used up, void."""

from collections.abc import Callable
from typing import Any

import pytest

from services.partnership.commands import (
    CreateSignatureLink,
    ReviseAgreement,
    SignAgreement,
    SignByLink,
    SubmitAgreement,
    TerminateAgreement,
)
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_draft import DraftChanges
from services.partnership.domain.agreement_refusals import NotADraft, SignedAlready
from services.partnership.handlers import agreement, signing
from services.partnership.handlers.approving import SIGN, SUBMIT, permit_paper
from services.partnership.storage import PartnershipWork
from shared.approvals.act import Approvable
from shared.approvals.case import ApprovalCase
from shared.approvals.chain import ApprovalChain, chain_id
from shared.approvals.commands import AskApproval, ChangeChain, DecideStep, EndChain, SetUpChain
from shared.approvals.desk import ask_approval, change_chain, decide_step, end_chain, set_up_chain
from shared.approvals.refusals import (
    ApprovalOver,
    ApprovalRequired,
    ApprovedElsewhere,
    AskedAlready,
    ChainThere,
    NoChain,
    NotYoursToAsk,
)
from shared.approvals.step import Step, Verdict
from shared.contracts.ids import new_id
from shared.documents.signing.parties import role_in
from tests.unit.partnership.alliance import COOP_OFFICE, ENTERPRISE_ADMIN, TODAY, Alliance

OFFICE = Step(name_zh="教务处", name_en="academic office", role="university_academic_office")
PERSONNEL = Step(name_zh="人事处", name_en="personnel office", role="university_hr")
ACADEMIC, HR = "university_academic_office:per_2", "university_hr:per_3"


class Careful(Alliance):
    """An alliance whose university lets two of its offices approve."""

    async def put(self, approvable: Approvable, *steps: Step) -> ApprovalChain:
        command = SetUpChain(
            organization_id=self.university,
            act=approvable.act,
            steps=steps or (OFFICE, PERSONNEL),
            several_steps=False,
            reason="our rules",
        )
        chain: ApprovalChain = await self.do(set_up_chain, command)
        return chain

    async def ask(self, paper: Agreement, approvable: Approvable = SUBMIT, **fields: Any) -> ApprovalCase:
        usual: dict[str, Any] = {"organization_id": self.university, "roles": COOP_OFFICE}
        command = AskApproval(
            approval_id=new_id("approval"), approvable=approvable, object_id=paper.id, **{**usual, **fields}
        )
        case: ApprovalCase = await self.do(ask_approval, command, actor="university_coop_office:per_1")
        return case

    async def decide(self, case: ApprovalCase, step: int, by: str, verdict: Verdict = Verdict.APPROVED) -> ApprovalCase:
        command = DecideStep(
            approval_id=case.id,
            step=step,
            verdict=verdict,
            parties=frozenset({role_in(by.partition(":")[0], self.university)}),
            reason=None if verdict is Verdict.APPROVED else "too long",
        )
        decided: ApprovalCase = await self.do(decide_step, command, actor=by)
        return decided

    async def approve(self, paper: Agreement, approvable: Approvable = SUBMIT) -> ApprovalCase:
        case = await self.ask(paper, approvable)
        await self.decide(case, 1, ACADEMIC)
        return await self.decide(case, 2, HR)

    async def submit(self, paper: Agreement, organization_id: str | None = None) -> Agreement:
        command = SubmitAgreement(
            agreement_id=paper.id,
            organization_id=organization_id or self.university,
            decision_id=new_id("decision"),
        )
        submitted: Agreement = await self.do(agreement.submit_agreement, command)
        return submitted

    async def revise(self, paper: Agreement) -> Agreement:
        changes = DraftChanges(starts_on=None, ends_on=TODAY.replace(year=2029), content=None, terms=None)
        revised: Agreement = await self.do(
            agreement.revise_agreement, ReviseAgreement(agreement_id=paper.id, changes=changes)
        )
        return revised

    def case(self, case: ApprovalCase) -> ApprovalCase:
        kept: ApprovalCase = PartnershipWork.approvals.mapping.thing(self.store.rows["approval"][case.id])
        return kept

    def told(self, case: ApprovalCase) -> list[str]:
        return [fact.wire.fact for fact in self.facts_of(case.id)]


@pytest.fixture
async def careful() -> Careful:
    alliance = Careful()
    await alliance.open()
    return alliance


async def test_what_is_not_approved_is_not_submitted_and_it_is_said_how(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()

    with pytest.raises(ApprovalRequired) as refused:
        await careful.submit(paper)

    assert refused.value.say("en") == (
        "Your organisation approves the submission of an agreement first. Ask for it: POST /v1/approvals with act "
        'agreement_submission and the id of the object. Next is step 1 of 2, "academic office".'
    )
    assert refused.value.say("zh") == (
        "本单位规定“提交协议签署”须先经内部审批。请先提出申请：POST /v1/approvals，act 填 agreement_submission，"
        "object_id 填对象编号。下一环节：第 1 步（共 2 步）“教务处”。"
    )


async def test_what_waits_for_a_step_names_it(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    case = await careful.ask(paper)
    await careful.decide(case, 1, ACADEMIC)

    with pytest.raises(ApprovalRequired) as refused:
        await careful.submit(paper)

    assert case.id in refused.value.say("en")
    assert refused.value.say("zh").endswith("下一环节：第 2 步（共 2 步）“人事处”。")


async def test_what_is_approved_is_submitted_once_and_the_approval_used_up(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    case = await careful.approve(paper)

    submitted = await careful.submit(paper)

    assert (submitted.status, careful.case(case).status) == ("pending_signatures", "used")
    assert careful.told(case) == ["requested", "step_decided", "step_decided", "decided"]


async def test_who_has_no_chain_is_asked_nothing(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()

    submitted = await careful.submit(paper, careful.enterprise)

    assert submitted.status == "pending_signatures"
    with pytest.raises(NoChain):
        await careful.ask(paper, SIGN)


async def test_a_change_voids_what_was_approved(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    case = await careful.approve(paper)

    await careful.revise(paper)

    assert (careful.case(case).status, careful.case(case).cause) == ("void", "object_changed")
    assert careful.told(case)[-1] == "voided"
    with pytest.raises(ApprovalRequired):
        await careful.submit(paper)


async def test_a_change_that_changes_nothing_voids_nothing(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted(ends_on=TODAY.replace(year=2029))
    case = await careful.approve(paper)

    await careful.revise(paper)

    assert careful.case(case).status == "approved"


async def test_an_approval_of_other_words_lets_nothing_pass_though_nobody_voided_it(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    case = await careful.approve(paper)
    careful.store.rows["approval"][case.id].update(mark="other words", standing="of other words")

    with pytest.raises(ApprovalRequired):
        await careful.submit(paper)
    again = await careful.ask(paper)

    assert (careful.case(case).status, again.status) == ("void", "open")


async def test_what_another_party_submits_needs_no_approval_any_more(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    case = await careful.ask(paper)

    await careful.submit(paper, careful.enterprise)

    assert (careful.case(case).status, careful.case(case).cause) == ("void", "act_over")
    with pytest.raises(ApprovalOver):
        await careful.decide(case, 1, ACADEMIC)
    with pytest.raises(NotADraft):
        await careful.ask(paper)


async def test_what_was_refused_is_asked_for_again(careful: Careful) -> None:
    await careful.put(SUBMIT)
    paper = await careful.drafted()
    refused = await careful.decide(await careful.ask(paper), 1, ACADEMIC, Verdict.REFUSED)

    again = await careful.ask(paper)

    assert (refused.status, again.status) == ("refused", "open")
    with pytest.raises(AskedAlready):
        await careful.ask(paper)


async def test_who_may_not_act_does_not_ask(careful: Careful) -> None:
    await careful.put(SUBMIT)

    with pytest.raises(NotYoursToAsk):
        await careful.ask(await careful.drafted(), roles=frozenset({"university_hr"}))


async def test_a_running_approval_keeps_its_chain_and_ends_with_it(careful: Careful) -> None:
    chain = await careful.put(SUBMIT)
    case = await careful.ask(await careful.drafted())
    one = ChangeChain(chain_id=chain.id, steps=(PERSONNEL,), several_steps=False, reason="shorter")
    await careful.do(change_chain, one)
    later = await careful.ask(await careful.drafted())

    await careful.decide(case, 1, ACADEMIC)
    await careful.do(end_chain, EndChain(chain_id=chain.id, reason="no longer"))

    assert (len(careful.case(case).steps), len(later.steps)) == (2, 1)
    assert {careful.case(each).cause for each in (case, later)} == {"chain_ended"}
    assert (await careful.submit(await careful.drafted())).status == "pending_signatures"


async def test_an_act_has_one_chain(careful: Careful) -> None:
    await careful.put(SUBMIT)

    with pytest.raises(ChainThere):
        await careful.put(SUBMIT)


async def test_a_signature_is_approved_whatever_others_sign_meanwhile(careful: Careful) -> None:
    await careful.put(SIGN)
    paper = await careful.submitted()
    case = await careful.approve(paper, SIGN)
    await careful.sign(paper, careful.enterprise, ENTERPRISE_ADMIN)

    signed = await careful.sign(paper, careful.university, COOP_OFFICE)

    assert (signed.status, careful.case(case).status) == ("active", "used")


async def _by_account(careful: Careful, paper: Agreement) -> None:
    await careful.sign(paper, careful.university, COOP_OFFICE)


async def _giving_a_link(careful: Careful, paper: Agreement) -> None:
    await careful.do(signing.create_signature_link, _link(careful, paper))


async def _by_a_paper(careful: Careful, paper: Agreement) -> None:
    async def handler(_command: None, work: PartnershipWork) -> None:
        await permit_paper(paper.id, role_in("university_coop_office", careful.university), careful.university, work)

    await careful.do(handler, None)


def _link(careful: Careful, paper: Agreement) -> CreateSignatureLink:
    return CreateSignatureLink(
        link_id=new_id("signature_link"),
        agreement_id=paper.id,
        organization_id=careful.university,
        roles=COOP_OFFICE,
        signatory="Legal Representative",
        token_hash="hash",
    )


@pytest.mark.parametrize("way", [_by_account, _giving_a_link, _by_a_paper])
async def test_no_way_of_signing_goes_round_it(careful: Careful, way: Callable[[Careful, Agreement], Any]) -> None:
    await careful.put(SIGN)
    paper = await careful.submitted()

    with pytest.raises(ApprovalRequired):
        await way(careful, paper)


async def test_a_link_that_was_given_out_before_signs_nothing_unapproved(careful: Careful) -> None:
    paper = await careful.submitted()
    await _giving_a_link(careful, paper)
    await careful.put(SIGN)

    with pytest.raises(ApprovalRequired):
        await careful.do(signing.sign_by_link, SignByLink(token_hash="hash"))


async def test_to_another_party_nothing_is_told_of_the_steps(careful: Careful) -> None:
    await careful.put(SIGN)
    paper = await careful.submitted()

    async def hand_in_for_others(_command: None, work: PartnershipWork) -> None:
        await permit_paper(paper.id, role_in("university_coop_office", careful.university), careful.enterprise, work)

    with pytest.raises(ApprovedElsewhere):
        await careful.do(hand_in_for_others, None)


async def test_who_has_signed_signs_the_paper_without_another_approval(careful: Careful) -> None:
    paper = await careful.submitted()
    await careful.sign(paper, careful.university, COOP_OFFICE)
    await careful.put(SIGN)

    await _by_a_paper(careful, paper)

    with pytest.raises(SignedAlready):
        await careful.sign(paper, careful.university, COOP_OFFICE)


async def test_the_end_of_an_agreement_voids_what_was_asked(careful: Careful) -> None:
    await careful.put(SIGN)
    paper = await careful.submitted()
    case = await careful.ask(paper, SIGN)

    command = TerminateAgreement(agreement_id=paper.id, organization_id=careful.enterprise, reason="off")
    await careful.do(agreement.terminate_agreement, command)

    assert careful.case(case).cause == "act_over"


async def test_without_any_chain_all_that_is_asked_is_one_look_by_ids(careful: Careful) -> None:
    paper = await careful.drafted()
    looks: list[tuple[str, list[str]]] = []
    load, where = careful.store.load, careful.store.where

    async def loading(mapping: Any, ids: Any, **more: Any) -> list[Any]:
        looks.append((mapping.table.name, list(ids)))
        return await load(mapping, looks[-1][1], **more)

    async def looking(mapping: Any, equals: Any, **more: Any) -> list[Any]:
        looks.append((mapping.table.name, []))
        return await where(mapping, equals, **more)

    careful.store.load, careful.store.where = loading, looking  # type: ignore[method-assign]
    await careful.submit(paper)

    owners = (careful.university, careful.enterprise)
    assert [sorted(ids) for table, ids in looks if table == "approval_chain"] == [
        sorted(chain_id(owner, SUBMIT.act) for owner in owners)
    ]
    assert [table for table, _ in looks if table == "approval"] == []


async def test_signing_without_a_chain_looks_once(careful: Careful) -> None:
    paper = await careful.submitted()
    command = SignAgreement(agreement_id=paper.id, organization_id=careful.university, roles=COOP_OFFICE)

    signed: Agreement = await careful.do(signing.sign_agreement, command)

    assert signed.status == "pending_signatures"
    assert "approval" not in careful.store.rows
