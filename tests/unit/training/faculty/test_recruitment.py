"""A recruitment from notice to publicity: every check is kept with its facts, exceptions are coded, places hold."""

from datetime import date

import pytest

from services.training.commands.faculty.recruitment import (
    CheckAgain,
    CheckRecruitment,
    CloseRecruitment,
    DecideRecruitment,
    GrantException,
    PubliciseRecruitment,
)
from services.training.domain.faculty.candidate import RecruitmentCheck
from services.training.domain.faculty.recruiting import RecruitingFacts
from services.training.domain.faculty.recruitment_refusals import (
    CandidateDecided,
    CandidatesUndecided,
    CandidateTaken,
    ExceptionNotListed,
    FactsMissing,
    NoExceptionNeeded,
    NotPublicised,
    PublicBeforeNotice,
    PublicityBackwards,
    PublicityNotOver,
    RecruitmentNotOpen,
    TooManySelected,
)
from services.training.domain.rule_catalogue import TRIALS
from services.training.handlers.faculty import recruitment as handlers
from shared.contracts.ids import new_id
from shared.contracts.training import RecruitmentChecked, RuleOverridden
from shared.errors import RuleRefused
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.asking import ask
from tests.unit.training.faculty.staff_office import announced, checked, decisions


async def grant(college: College, check: RecruitmentCheck, code: str = "master_craftsman") -> RecruitmentCheck:
    command = GrantException(
        check_id=check.id, organization_id=None, decision_id=new_id("decision"), approver_role="alliance_office",
        code=code, reason="省级工匠",
    )  # fmt: skip
    granted: RecruitmentCheck = await college.do(handlers.grant_exception, command)
    return granted


async def decide(college: College, check: RecruitmentCheck, *, selected: bool = True) -> None:
    await college.do(handlers.decide_recruitment, DecideRecruitment(check_id=check.id, selected=selected))


async def publicise(college: College, recruitment_id: str, first: date = TODAY, last: date = TODAY + 6 * DAY) -> None:
    command = PubliciseRecruitment(recruitment_id=recruitment_id, first=first, last=last)
    await college.do(handlers.publicise_recruitment, command)


async def again(college: College, check: RecruitmentCheck, **facts: object) -> RecruitmentCheck:
    command = CheckAgain(
        check_id=check.id, decision_id=new_id("decision"), name="赵六", facts=RecruitingFacts.model_validate(facts)
    )
    checked_again: RecruitmentCheck = await college.do(handlers.check_again, command)
    return checked_again


def told(college: College) -> list[tuple[str, list[str], str | None]]:
    checks = [fact for fact in college.facts if isinstance(fact, RecruitmentChecked)]
    return [(check.verdict, check.reasons, check.exception_code) for check in checks]


async def test_a_recruitment_goes_from_notice_to_closure(college: College) -> None:
    recruitment_id = await announced(college)
    await decide(college, await checked(college, recruitment_id))
    await publicise(college, recruitment_id)
    with pytest.raises(PublicityNotOver):
        await college.do(handlers.close_recruitment, CloseRecruitment(recruitment_id=recruitment_id))
    college.today += 7 * DAY

    closed = await college.do(handlers.close_recruitment, CloseRecruitment(recruitment_id=recruitment_id))

    assert (closed.status, closed.selected) == ("closed", 1)
    assert told(college) == [("pass", [], None)]


async def test_who_does_not_meet_the_rule_is_selected_only_with_a_coded_exception(college: College) -> None:
    check = await checked(college, await announced(college), employments=[], degree="senior_secondary")
    with pytest.raises(RuleRefused) as refusal:
        await decide(college, check)
    assert refusal.value.finding.rule == "TCH-12"

    await decide(college, await grant(college, check))

    assert told(college) == [
        ("fail", ["months", "degree"], None),
        ("overridden", ["months", "degree"], "master_craftsman"),
    ]
    overridden = next(fact for fact in college.facts if isinstance(fact, RuleOverridden))
    assert (overridden.rule_id, overridden.approver_role, overridden.reason, overridden.region_code) == (
        "TCH-12", "alliance_office", "master_craftsman", "500101",
    )  # fmt: skip


async def test_no_event_says_who_the_candidate_is(college: College) -> None:
    check = await checked(college, await announced(college), employments=[])
    await grant(college, check)

    written = b"".join(record.payload or b"" for record in college.store.records).decode()

    assert not [secret for secret in ("赵六", check.candidate_no, "省级工匠") if secret in written]


async def test_an_exception_is_listed_needed_and_never_for_what_is_not_known(college: College) -> None:
    recruitment_id = await announced(college, places=3)

    with pytest.raises(ExceptionNotListed):
        await grant(college, await checked(college, recruitment_id, employments=[]), code="friend_of_the_dean")
    with pytest.raises(NoExceptionNeeded):
        await grant(college, await checked(college, recruitment_id))
    unknown = await checked(college, recruitment_id, degree=None)
    with pytest.raises(FactsMissing):
        await grant(college, unknown)
    with pytest.raises(RuleRefused):
        await decide(college, unknown)


async def test_facts_that_are_completed_are_checked_again_and_an_exception_on_others_goes(college: College) -> None:
    check = await grant(college, await checked(college, await announced(college), employments=[]))

    check = await again(college, check, employments=[{"starts_on": "2020-01-01"}], degree="master", skill_levels=[])

    assert (check.verdict, check.exception) == ("pass", None)
    assert [verdict for verdict, _, _ in told(college)] == ["fail", "overridden", "pass"]


async def test_the_notice_s_date_decides_and_not_the_day_of_the_check(college: College) -> None:
    employments = [{"starts_on": "2023-09-01"}]
    early = await checked(college, await announced(college, notice_on=TODAY - DAY), employments=employments)
    in_time = await checked(college, await announced(college, notice_on=date(2026, 8, 31)), employments=employments)

    assert (early.verdict, in_time.verdict) == ("pass", "pass")
    late = await checked(college, await announced(college, notice_on=date(2026, 8, 30)), employments=employments)
    assert (late.verdict, late.finding.actual) == ("fail", 35)


async def test_every_decision_can_be_judged_again_from_what_is_kept(college: College) -> None:
    check = await checked(college, await announced(college), employments=[], degree="secondary_vocational")

    kept = decisions(college)[0]

    trial = next(trial for trial in TRIALS if trial.shape.id == "TCH-12")
    facts = trial.facts.model_validate(kept["inputs"]["TCH-12"])
    assert ask("TCH-12", facts.model_dump(mode="json"), on=date.fromisoformat(kept["on"])) == check.finding


async def test_no_more_are_selected_than_there_are_places(college: College) -> None:
    recruitment_id = await announced(college, places=1)
    first, second = [await checked(college, recruitment_id) for _ in range(2)]
    await decide(college, first)

    with pytest.raises(TooManySelected):
        await decide(college, second)
    with pytest.raises(CandidateDecided):
        await decide(college, first, selected=False)


async def test_the_result_is_public_once_everybody_is_decided_and_then_nothing_changes(college: College) -> None:
    recruitment_id = await announced(college)
    check = await checked(college, recruitment_id)
    with pytest.raises(CandidatesUndecided):
        await publicise(college, recruitment_id)
    with pytest.raises(NotPublicised):
        await college.do(handlers.close_recruitment, CloseRecruitment(recruitment_id=recruitment_id))
    await decide(college, check, selected=False)
    with pytest.raises(PublicityBackwards):
        await publicise(college, recruitment_id, TODAY, TODAY - DAY)
    with pytest.raises(PublicBeforeNotice):
        await publicise(college, recruitment_id, date(2020, 1, 1), TODAY)

    await publicise(college, recruitment_id)

    with pytest.raises(RecruitmentNotOpen):
        await checked(college, recruitment_id)
    with pytest.raises(RecruitmentNotOpen):
        await again(college, check)


async def test_a_candidate_number_is_given_once(college: College) -> None:
    recruitment_id = await announced(college)
    check = await checked(college, recruitment_id)
    twice = CheckRecruitment(
        check_id=new_id("recruitment_check"), recruitment_id=recruitment_id, decision_id=new_id("decision"),
        candidate_no=check.candidate_no, name="赵六", facts=RecruitingFacts(),
    )  # fmt: skip

    with pytest.raises(CandidateTaken):
        await college.do(handlers.check_recruitment, twice)
