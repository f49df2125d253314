"""Recognition of a teacher: granted after decision and publicity, told once, ended by the calendar, judged again."""

from datetime import date

from services.training.domain.rule_catalogue import TRIALS
from shared.contracts.training import RecognitionExpiring, RecognitionGranted
from shared.kernel.working_days import LawfulCalendar
from shared.rules import Asked, Decision
from tests.unit.training.college import DAY, RULEBOOK, TODAY, College
from tests.unit.training.faculty.applicant import (
    decided,
    recognised,
    told,
)


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


async def test_the_rules_are_those_of_the_day_on_which_the_batch_opened(college: College) -> None:
    someone = await recognised(college)

    batch = await college.read("recognition_batches", someone.batch.id)

    assert (batch.opened_on, batch.rule_packs) == (TODAY, (await someone.now()).rule_packs)
    decisions = [row["body"] for changes in college.store.changes for row in changes.decisions]
    assert {body["on"] for body in decisions if body["subject"] == someone.id} == {TODAY.isoformat()}


async def test_a_decision_can_be_judged_again_from_what_is_kept(college: College) -> None:
    await recognised(college)
    trials = {trial.shape.id: trial for trial in TRIALS}
    kept = [Decision.from_json(_text(row)) for changes in college.store.changes for row in changes.decisions]

    again = {}
    for decision in kept:
        asked = Asked(decision.on, decision.jurisdiction, _rule_of(decision), LawfulCalendar())
        for finding in decision.findings:
            if finding.rule in {"TCH-08", "TCH-09", "TCH-10", "TCH-16"}:
                trial = trials[finding.rule]
                facts = trial.facts.model_validate(decision.inputs[finding.rule])
                again[decision.id, finding.rule] = trial.judge(facts, asked) == finding

    assert len(again) == 7
    assert all(again.values())


def _text(row: object) -> str:
    import orjson  # noqa: PLC0415

    return orjson.dumps(row["body"]).decode()  # type: ignore[index]


def _rule_of(decision: Decision):  # type: ignore[no-untyped-def]
    return lambda rule: RULEBOOK.rule(rule, decision.on, decision.jurisdiction)
