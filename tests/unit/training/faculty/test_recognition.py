"""Recognition of a teacher, from the batch to the certificate, its end or its recheck."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.domain.faculty.evidence_package import hash_of, package_id
from services.training.domain.faculty.recognition_refusals import (
    AnotherTeachersCase,
    ApplicationsOutstanding,
    AppliedAlready,
    BatchNotInOrder,
    BatchNotOpen,
    BatchNotUnderReview,
    ClosesBeforeItOpens,
    EnteredAlready,
    LevelNotOffered,
    MoreVotesThanMembers,
    NoEvidence,
    NoSuchObjection,
    NotAProfessionalTeacher,
    NothingToJudge,
    NotInForce,
    NotInOrder,
    NotRechecking,
    OwnCase,
    PublicityIsOver,
    RestsOnSomethingElse,
)
from services.training.domain.faculty.recognition_rules.facts import Dimension, EvidenceFact, Level
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_steps import Word
from services.training.domain.rule_catalogue import TRIALS
from services.training.handlers.faculty.recheck import recheck_what_rests_on
from shared.contracts.training import RecognitionExpiring, RecognitionGranted, RecognitionRevoked
from shared.errors import RuleRefused
from shared.kernel.working_days import LawfulCalendar
from shared.rules import Asked, Decision
from tests.unit.training.college import DAY, RULEBOOK, TODAY, College
from tests.unit.training.faculty.applicant import (
    EQUIVALENT,
    YES,
    Applicant,
    Batch,
    applicant,
    decided,
    entry,
    recognised,
)
from tests.unit.training.faculty.dossier import dossier
from tests.unit.training.faculty.trainee import trainee


def told(college: College, fact: type) -> list[object]:
    return [each for each in college.facts if isinstance(each, fact)]


async def test_a_teacher_is_recognised_after_decision_and_publicity(college: College) -> None:
    someone = await recognised(college)

    now = await someone.now()
    assert (now.status, now.starts_on, now.ends_on) == ("active", TODAY + 7 * DAY, date(2031, 9, 7))
    [fact] = told(college, RecognitionGranted)
    assert isinstance(fact, RecognitionGranted)
    assert (fact.level, fact.recognised_teachers, fact.professional_teachers) == ("junior", 1, 1)
    assert fact.university_ratio_after_bp == 10_000
    assert fact.rule_packs == "recognition-alliance@1,recognition-cn@1,training-alliance@1"


async def test_the_share_counts_professional_teachers_who_are_there(college: College) -> None:
    await college.teacher()
    await college.teacher(kind="internship_instructor")
    await college.teacher(kind="public_basic")

    await recognised(college)

    [fact] = told(college, RecognitionGranted)
    assert isinstance(fact, RecognitionGranted)
    assert (fact.recognised_teachers, fact.professional_teachers, fact.university_ratio_after_bp) == (1, 3, 3333)


async def test_the_clock_does_nothing_before_its_day_and_nothing_twice(college: College) -> None:
    someone = await decided(college)

    early = await someone.advance(6)
    active = await someone.advance(1)
    again = await someone.advance()

    assert (early.status, active.status, again.version) == ("publicised", "active", active.version)
    assert len(told(college, RecognitionGranted)) == 1


async def test_it_is_told_once_that_a_recognition_is_about_to_end_and_then_it_ends(college: College) -> None:
    someone = await recognised(college)
    ends_on = (await someone.now()).ends_on
    assert ends_on is not None

    states = []
    for day in (ends_on - 180 * DAY, ends_on - 179 * DAY, ends_on - 100 * DAY, ends_on, ends_on + DAY):
        college.today = day
        states.append((await someone.advance()).status.value)

    assert states == ["active", "expiring", "expiring", "expiring", "expired"]
    [fact] = told(college, RecognitionExpiring)
    assert isinstance(fact, RecognitionExpiring)
    assert (fact.days_left, fact.recognised_teachers) == (180, 1)


async def test_what_changes_after_the_evidence_was_frozen_changes_no_decision(college: College) -> None:
    someone = await (await applicant(college)).complete()
    before = await college.read("evidence_packages", package_id(someone.id))
    for item in someone.items:
        await someone.verify(item, confirmed=False)
    await someone.batch.review()
    await someone.review()

    publicised = await someone.decide()

    kept = await college.read("evidence_packages", package_id(someone.id))
    assert (publicised.status, kept) == ("publicised", before)
    assert publicised.evidence_sha256 == kept.sha256 == hash_of(kept.facts)


async def test_the_hash_is_that_of_any_order_of_names_and_of_no_other_facts() -> None:
    assert hash_of({"a": 1, "b": [2]}) == hash_of({"b": [2], "a": 1}) != hash_of({"a": 1, "b": [3]})


async def test_verified_practice_is_frozen_with_the_evidence(college: College) -> None:
    practitioner = await trainee(college)
    practice = await practitioner.succeed()
    someone = Applicant(await Batch(college).open(), practitioner.teacher_id)
    await someone.apply(Level.INTERMEDIATE)
    for fact in dossier(Level.INTERMEDIATE):
        await someone.enter(entry(fact))
    await someone.submit()

    await someone.freeze()

    package = await college.read("evidence_packages", package_id(someone.id))
    assert [period["starts_on"] for period in package.facts["practices"]] == [practice.starts_on.isoformat()]
    assert await college.read("frozen_sources", f"{someone.id}/{practice.id}") is not None
    await someone.batch.review()
    await someone.review()
    assert (await someone.decide()).status == "publicised"


async def test_the_precheck_says_what_the_rules_find_and_decides_nothing(college: College) -> None:
    someone = await applicant(college)
    await someone.apply(Level.SENIOR)
    await someone.work()
    await someone.submit()

    frozen = await someone.freeze()

    assert (frozen.status, frozen.precheck) == ("prechecked", "fail")
    await someone.batch.review()
    assert (await someone.review()).status == "under_review"


async def test_ethics_is_for_the_committee_alone(college: College) -> None:
    someone = await (await applicant(college)).complete()
    assert (await someone.now()).precheck == "unknown"
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused) as refusal:
        await someone.decide(words=())

    assert [fact.fact for fact in refusal.value.finding.missing] == ["ethics"]
    assert (await someone.decide(words=(replace(YES[0], satisfied=False),), approved=False)).status == "declined"


async def test_the_committee_cannot_approve_what_the_standard_refuses(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    await someone.work()
    await someone.submit()
    await someone.freeze()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused) as refusal:
        await someone.decide()

    assert refusal.value.finding.case == "teaching_ability"
    assert (await someone.decide(approved=False)).status == "declined"


async def test_an_equivalent_goes_to_the_committee_item_by_item(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    for fact in dossier(Level.JUNIOR):
        if fact.dimension is not Dimension.QUALIFICATION:
            await someone.enter(entry(fact))
    await someone.work()
    stand_in = EvidenceFact(evidence_id="q", dimension=Dimension.QUALIFICATION, route=EQUIVALENT)
    item = await someone.enter(entry(stand_in))
    await someone.submit()
    await someone.freeze()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(RuleRefused):
        await someone.decide()

    word = Word(subject=item.id, satisfied=True, reason="worth as much")
    assert (await someone.decide(words=(*YES, word))).status == "publicised"


async def test_years_of_service_are_refused_when_they_are_entered(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    stand_in = EvidenceFact(evidence_id="q", dimension=Dimension.AWARD, route=EQUIVALENT, seniority=True)

    with pytest.raises(RuleRefused) as refusal:
        await someone.enter(entry(stand_in))

    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("TCH-10", "seniority")


async def test_a_decision_can_be_judged_again_from_what_is_kept(college: College) -> None:
    await recognised(college)
    trials = {trial.shape.id: trial for trial in TRIALS}
    kept = [Decision.from_json(_text(row)) for changes in college.store.changes for row in changes.decisions]

    again = {}
    for decision in kept:
        asked = Asked(decision.on, decision.jurisdiction, _rule_of(decision), LawfulCalendar())
        for finding in decision.findings:
            if finding.rule in {"TCH-08", "TCH-09", "TCH-10"}:
                trial = trials[finding.rule]
                facts = trial.facts.model_validate(decision.inputs[finding.rule])
                again[decision.id, finding.rule] = trial.judge(facts, asked) == finding

    assert len(again) == 6
    assert all(again.values())


def _text(row: object) -> str:
    import orjson  # noqa: PLC0415

    return orjson.dumps(row["body"]).decode()  # type: ignore[index]


def _rule_of(decision: Decision):  # type: ignore[no-untyped-def]
    return lambda rule: RULEBOOK.rule(rule, decision.on, decision.jurisdiction)


async def test_an_objection_holds_it_up_until_it_is_settled(college: College) -> None:
    someone = await decided(college)
    await someone.object()
    await someone.object("and more")
    waiting = await someone.advance(10)

    await someone.settle(1, upheld=False)
    still = await someone.advance()
    await someone.settle(2, upheld=False)
    active = await someone.advance()

    assert (waiting.status, still.status, active.status) == ("publicised", "publicised", "active")
    assert active.starts_on == TODAY + 10 * DAY


async def test_an_objection_that_holds_ends_the_application(college: College) -> None:
    someone = await decided(college)
    await someone.object()

    declined = await someone.settle(1, upheld=True)

    assert declined.status == "declined"
    assert (await someone.advance(30)).status == "declined"
    assert told(college, RecognitionGranted) == []


async def test_objections_are_heard_while_it_is_public_and_settled_once(college: College) -> None:
    someone = await decided(college)
    college.today += 6 * DAY
    await someone.object()
    await someone.settle(1, upheld=False)

    with pytest.raises(NoSuchObjection):
        await someone.settle(1, upheld=True)
    college.today += DAY
    with pytest.raises(PublicityIsOver):
        await someone.object()


async def test_practice_that_is_taken_back_opens_one_recheck(college: College) -> None:
    someone = await recognised(college)
    source = someone.items[0].source_id

    for _ in range(3):
        await college.do(_take_back, source)

    now = await someone.now()
    assert now.status == "rechecking"
    assert [[cause.source_id for cause in case.causes] for case in now.rechecks] == [[source]]


async def _take_back(source_id: str, work: object) -> None:
    await recheck_what_rests_on(source_id, CauseKind.PRACTICE_REVOKED, work)  # type: ignore[arg-type]


async def test_what_else_is_taken_back_joins_the_open_case(college: College) -> None:
    someone = await recognised(college)
    one, other = (item.source_id for item in someone.items[:2])

    await someone.recheck(one)
    await someone.recheck(other)
    again = await someone.recheck(one)

    assert [len(case.causes) for case in again.rechecks] == [2]


async def test_a_recheck_that_is_upheld_leaves_it_in_force_and_a_new_cause_opens_another(college: College) -> None:
    someone = await recognised(college)
    one, other = (item.source_id for item in someone.items[:2])
    await someone.recheck(one)

    upheld = await someone.conclude(upheld=True)
    same = await someone.recheck(one)
    second = await someone.recheck(other)

    assert (upheld.status, same.status, second.status) == ("active", "active", "rechecking")
    assert len(second.rechecks) == 2


async def test_a_recheck_that_is_not_upheld_revokes(college: College) -> None:
    someone = await recognised(college)
    await someone.recheck(someone.items[0].source_id)

    revoked = await someone.conclude(upheld=False)

    assert (revoked.status, revoked.rechecks[0].upheld) == ("revoked", False)
    [fact] = told(college, RecognitionRevoked)
    assert isinstance(fact, RecognitionRevoked)
    assert (fact.reason_code, fact.recognised_teachers, fact.university_ratio_after_bp) == ("evidence_withdrawn", 0, 0)


async def test_a_recheck_does_not_tell_twice_that_the_end_is_near(college: College) -> None:
    someone = await recognised(college)
    now = await someone.now()
    assert now.remind_on is not None
    college.today = now.remind_on
    await someone.advance()
    await someone.recheck(someone.items[0].source_id)

    upheld = await someone.conclude(upheld=True)

    assert upheld.status == "expiring"
    assert (await someone.advance(1)).status == "expiring"
    assert len(told(college, RecognitionExpiring)) == 1


async def test_evidence_found_untrue_later_opens_a_recheck(college: College) -> None:
    someone = await recognised(college)

    await someone.verify(someone.items[0], confirmed=False)

    assert (await someone.now()).status == "rechecking"


async def test_nothing_is_rechecked_before_it_is_in_force_or_for_what_it_does_not_rest_on(college: College) -> None:
    someone = await decided(college)

    with pytest.raises(NotInForce):
        await someone.recheck(someone.items[0].source_id)
    await college.do(_take_back, someone.items[0].source_id)
    assert (await someone.now()).status == "publicised"
    await someone.advance(7)
    with pytest.raises(RestsOnSomethingElse):
        await someone.recheck("another")


async def test_a_recognition_is_revoked_once(college: College) -> None:
    someone = await recognised(college)

    revoked = await someone.revoke()

    assert (revoked.status, revoked.revoked_on, revoked.revocation_reason) == ("revoked", college.today, "ethics")
    with pytest.raises(NotInForce):
        await someone.revoke()


async def test_a_recheck_is_concluded_where_there_is_one(college: College) -> None:
    someone = await recognised(college)

    with pytest.raises(NotRechecking):
        await someone.conclude(upheld=True)


async def test_nobody_decides_their_own_case(college: College) -> None:
    someone = await (await applicant(college)).complete()
    own = someone.persons
    await someone.batch.review()

    with pytest.raises(OwnCase):
        await someone.verify(someone.items[0], confirmed=True, persons=own)
    with pytest.raises(OwnCase):
        await someone.review(persons=own)
    await someone.review()
    with pytest.raises(OwnCase):
        await someone.decide(persons=own)
    await someone.decide()
    await someone.advance(7)
    await someone.recheck(someone.items[0].source_id)
    with pytest.raises(OwnCase):
        await someone.conclude(upheld=True, persons=own)


async def test_votes_and_words_are_those_of_the_meeting(college: College) -> None:
    someone = await (await applicant(college)).complete()
    await someone.batch.review()
    await someone.review()

    with pytest.raises(MoreVotesThanMembers):
        await someone.decide(in_favour=8)
    with pytest.raises(NothingToJudge):
        await someone.decide(words=(*YES, Word(subject="knowledge", satisfied=True, reason="")))


async def test_a_teacher_applies_for_themselves_once(college: College) -> None:
    someone = await applicant(college)

    with pytest.raises(AnotherTeachersCase):
        await someone.apply(persons=frozenset({"tch_other"}))
    await someone.apply()
    with pytest.raises(AppliedAlready):
        await Applicant(someone.batch, someone.teacher_id).apply()


async def test_recognition_is_for_professional_teachers(college: College) -> None:
    someone = await applicant(college, kind="public_basic")

    with pytest.raises(NotAProfessionalTeacher):
        await someone.apply()


async def test_a_batch_says_which_levels_it_takes(college: College) -> None:
    batch = await Batch(college, levels=(Level.JUNIOR,)).open()

    with pytest.raises(LevelNotOffered):
        await (await applicant(college, batch)).apply(Level.SENIOR)


async def test_an_application_has_evidence_each_source_once_for_each_thing(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    with pytest.raises(NoEvidence):
        await someone.submit()
    await someone.work()

    with pytest.raises(EnteredAlready):
        await someone.work()
    await someone.submit()
    with pytest.raises(NotInOrder):
        await someone.enter(entry(EvidenceFact(evidence_id="k", dimension=Dimension.KNOWLEDGE)))


async def test_a_batch_takes_applications_until_its_last_day(college: College) -> None:
    someone, late = await applicant(college), await applicant(college)
    await someone.apply()
    await someone.work()
    college.today = TODAY + 31 * DAY

    with pytest.raises(BatchNotOpen):
        await someone.submit()
    with pytest.raises(BatchNotOpen):
        await late.apply()


async def test_a_batch_opens_before_it_closes_and_within_the_law(college: College) -> None:
    with pytest.raises(ClosesBeforeItOpens):
        await Batch(college, closes_on=TODAY - DAY).open()
    for plan, case in (({"validity_months": 61}, "validity"), ({"publicity_days": 6}, "publicity")):
        with pytest.raises(RuleRefused) as refusal:
            await Batch(college, **plan).open()
        assert refusal.value.finding.case == case


async def test_a_batch_goes_one_way(college: College) -> None:
    batch = await Batch(college).open()
    await batch.close()

    with pytest.raises(BatchNotInOrder):
        await batch.close()
    with pytest.raises(BatchNotInOrder):
        await batch.announce()


async def test_the_committee_meets_once_applications_are_closed(college: College) -> None:
    someone = await (await applicant(college)).complete()

    with pytest.raises(BatchNotUnderReview):
        await someone.review()


async def test_results_are_published_once_everything_is_settled(college: College) -> None:
    someone = await decided(college)
    with pytest.raises(ApplicationsOutstanding):
        await someone.batch.announce()
    await someone.advance(7)

    assert (await someone.batch.announce()).status == "result_published"


async def test_a_draft_that_was_never_handed_in_holds_up_nobody(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    await someone.batch.review()

    assert (await someone.batch.announce()).status == "result_published"


async def test_the_rules_are_those_of_the_day_on_which_the_batch_opened(college: College) -> None:
    someone = await recognised(college)

    batch = await college.read("recognition_batches", someone.batch.id)

    assert (batch.opened_on, batch.rule_packs) == (TODAY, (await someone.now()).rule_packs)
    decisions = [row["body"] for changes in college.store.changes for row in changes.decisions]
    assert {body["on"] for body in decisions if body["subject"] == someone.id} == {TODAY.isoformat()}
