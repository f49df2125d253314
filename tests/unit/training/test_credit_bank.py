"""The credit bank: accounts, outcomes, conversions, and a ledger whose sum is always the balance."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.commands.credit import (
    ApproveConversion,
    OpenAccount,
    RecogniseOutcome,
    RejectConversion,
)
from services.training.domain.account import (
    AccountExists,
    CreditAccount,
    EntryType,
    LedgerDiffers,
    LedgerEntry,
    NothingToTakeBack,
)
from services.training.domain.conversion_refusals import (
    AlreadyDecided,
    AnotherUniversity,
    NotPosted,
    NotRecognised,
    NotReviewed,
)
from services.training.domain.directory import KnownProgramme, ProgrammeUnknown
from services.training.domain.kinship import born_of
from services.training.domain.outcome import NotEvidence, OutcomeExists, RecognisedBefore
from services.training.handlers import account, conversion, outcome
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.errors import RuleRefused
from shared.rules import Verdict
from tests.unit.training.college import NEED, College, class_terms
from tests.unit.training.learner import Learner, enrolled_learner


@pytest.fixture
async def learner(college: College) -> Learner:
    return await enrolled_learner(college)


async def test_a_person_has_one_account(college: College, learner: Learner) -> None:
    command = OpenAccount(account_id=new_id("account"), student_id=learner.student_id)

    with pytest.raises(AccountExists):
        await college.do(account.open_account, command)


async def test_a_teachers_account_comes_with_their_registration(college: College) -> None:
    teacher_id = await college.teacher()

    opened = await college.read("accounts", born_of(teacher_id, "account"))

    assert (opened.person_id, opened.story, opened.balance) == (teacher_id, teacher_id, 0)


async def test_a_course_of_68_hours_becomes_four_credits_in_the_ledger(college: College, learner: Learner) -> None:
    learnt = await learner.learn()

    posted = await learner.approve(await learner.propose((learnt.id, None)))

    assert (learnt.half_credits, posted.half_credits, posted.status) == (8, 8, "posted")
    assert (learner.ledger, await learner.balance()) == ([8], 8)
    assert posted.story == learnt.story == NEED
    assert college.story[-3:] == ["outcome.registered", "outcome.recognised", "credit.converted"]


async def test_an_outcome_has_evidence_in_the_learners_name(college: College, learner: Learner) -> None:
    other = born_of(await college.signed("order_class", class_terms(college.programme, 12)), "cohort")

    with pytest.raises(NotEvidence):
        await learner.register(evidence_id=other)
    with pytest.raises(NotEvidence):
        await learner.register(evidence_id=new_id("practice"))


async def test_the_same_course_on_the_same_evidence_is_registered_once(learner: Learner) -> None:
    await learner.register("C-1")
    await learner.register("C-2")

    with pytest.raises(OutcomeExists):
        await learner.register("C-1")


async def test_an_outcome_is_recognised_once(college: College, learner: Learner) -> None:
    learnt = await learner.learn()

    with pytest.raises(RecognisedBefore):
        await college.do(
            outcome.recognise_outcome, RecogniseOutcome(outcome_id=learnt.id, decision_id=new_id("decision"))
        )


async def test_an_outcome_is_converted_once_per_programme(learner: Learner) -> None:
    learnt = await learner.learn()
    await learner.approve(await learner.propose((learnt.id, 4)))

    with pytest.raises(RuleRefused) as refusal:
        await learner.approve(await learner.propose((learnt.id, 4)))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("X-05", "converted_before")
    assert (learner.ledger, await learner.balance()) == ([4], 4)


async def test_no_more_is_converted_than_was_recognised(learner: Learner) -> None:
    learnt = await learner.learn()

    with pytest.raises(RuleRefused) as refusal:
        await learner.approve(await learner.propose((learnt.id, 9)))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("X-05", "exceeds_recognised")


async def test_credits_for_a_course_wait_for_an_integration_map(learner: Learner) -> None:
    learnt = await learner.learn()

    with pytest.raises(RuleRefused) as refusal:
        await learner.approve(await learner.propose((learnt.id, None), course="M-101"))

    assert (refusal.value.finding.rule, refusal.value.finding.verdict) == ("X-06", Verdict.UNKNOWN)


async def test_a_reversal_is_a_negative_entry_and_frees_the_outcome(learner: Learner) -> None:
    learnt = await learner.learn()
    conversion_id = await learner.propose((learnt.id, None))
    await learner.approve(conversion_id)

    await learner.reverse(conversion_id)
    await learner.approve(await learner.propose((learnt.id, None)))

    assert (learner.ledger, await learner.balance()) == ([8, -8, 8], 8)
    with pytest.raises(NotPosted):
        await learner.reverse(conversion_id)


async def test_only_recognised_outcomes_of_the_account_are_proposed(learner: Learner) -> None:
    registered = await learner.register()
    learnt = await learner.learn("C-2")

    with pytest.raises(NotRecognised):
        await learner.propose((registered.id, None))
    with pytest.raises(NotRecognised):
        await learner.propose((learnt.id, None), (learnt.id, None))
    with pytest.raises(NotRecognised):
        await learner.propose((new_id("outcome"), None))


async def test_the_target_is_a_known_programme_of_the_university(college: College, learner: Learner) -> None:
    learnt = await learner.learn()
    foreign = KnownProgramme(
        id=new_id("programme"), version=1, university_id=college.operator, total_half_credits=280, status="active"
    )
    college.store.put(TrainingWork.programmes.mapping, foreign)

    with pytest.raises(AnotherUniversity):
        await learner.propose((learnt.id, None), programme_id=foreign.id)
    with pytest.raises(ProgrammeUnknown):
        await learner.propose((learnt.id, None), programme_id=new_id("programme"))


async def test_a_proposal_is_reviewed_before_it_is_approved_and_rejected_before_it_is_posted(
    college: College, learner: Learner
) -> None:
    learnt = await learner.learn()
    conversion_id = await learner.propose((learnt.id, None))
    approve = ApproveConversion(conversion_id=conversion_id, decision_id=new_id("decision"))
    with pytest.raises(NotReviewed):
        await college.do(conversion.approve_conversion, approve)

    reject = RejectConversion(conversion_id=conversion_id, organization_id=college.university, reason="too late")
    rejected = await college.do(conversion.reject_conversion, reject)

    assert rejected.status == "rejected"
    with pytest.raises(AlreadyDecided):
        await college.do(conversion.reject_conversion, reject)


async def test_the_decision_on_a_conversion_is_kept_with_its_inputs(college: College, learner: Learner) -> None:
    learnt = await learner.learn()

    posted = await learner.approve(await learner.propose((learnt.id, None)))

    kept = [row["body"] for changes in college.store.changes for row in changes.decisions][-1]
    assert kept["subject"] == posted.id
    assert [(finding["rule"], finding["verdict"]) for finding in kept["findings"]] == [
        ("X-05", "pass"),
        ("X-06", "pass"),
    ]
    part = {"outcome_id": learnt.id, "half_credits": 8, "recognised": 8}
    assert (kept["inputs"]["X-05"]["parts"], kept["inputs"]["X-06"]["target_course"]) == ([part], None)


AMOUNTS = st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=30)


@given(AMOUNTS)
def test_the_sum_of_the_ledger_is_the_balance_whatever_is_posted_and_reversed(amounts: list[tuple[int, bool]]) -> None:
    account, _ = CreditAccount.open(
        new_id("account"), person_id=new_id("student"), university_id=new_id("organization")
    )
    entries: list[LedgerEntry] = []

    for amount, is_reversed in amounts:
        conversion_id = new_id("conversion")
        account, entry = account.enter(
            EntryType.CONVERT, amount, conversion_id=conversion_id, earlier=entries, on=date(2026, 9, 1)
        )
        entries.append(entry)
        if is_reversed:
            account, entry = account.enter(
                EntryType.REVOKE, -amount, conversion_id=conversion_id, earlier=entries, on=date(2026, 9, 1)
            )
            entries.append(entry)

    assert sum(entry.half_credits for entry in entries) == account.balance
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.balance_after >= 0 for entry in entries)


def test_an_account_that_does_not_add_up_takes_no_entry() -> None:
    account, _ = CreditAccount.open(
        new_id("account"), person_id=new_id("student"), university_id=new_id("organization")
    )
    changed, _ = account.enter(EntryType.CONVERT, 8, conversion_id="cnv_1", earlier=(), on=date(2026, 9, 1))

    with pytest.raises(LedgerDiffers):
        changed.enter(EntryType.CONVERT, 8, conversion_id="cnv_2", earlier=(), on=date(2026, 9, 1))


def test_an_account_is_never_overdrawn() -> None:
    account, _ = CreditAccount.open(
        new_id("account"), person_id=new_id("student"), university_id=new_id("organization")
    )

    with pytest.raises(NothingToTakeBack):
        account.enter(EntryType.REVOKE, -1, conversion_id="cnv_1", earlier=(), on=date(2026, 9, 1))
