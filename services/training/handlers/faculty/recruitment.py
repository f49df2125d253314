"""What happens from the notice of a recruitment to the publicity of its result."""

from dataclasses import dataclass

from services.training.commands.faculty.recruitment import (
    AnnounceRecruitment,
    CheckAgain,
    CheckRecruitment,
    CloseRecruitment,
    DecideRecruitment,
    GrantException,
    PubliciseRecruitment,
)
from services.training.domain.faculty.candidate import GrantedException, RecruitmentCheck
from services.training.domain.faculty.recruiting import RecruitingFacts, may_be_recruited
from services.training.domain.faculty.recruitment import Recruitment
from services.training.domain.faculty.recruitment_refusals import CandidateTaken
from services.training.handlers.jurisdiction import home_of, jurisdiction_at
from services.training.ports import Work
from shared.rules import Decision, Finding, Rule


async def announce_recruitment(command: AnnounceRecruitment, work: Work) -> Recruitment:
    """Publish a notice."""
    recruitment = Recruitment.announce(
        command.recruitment_id, university_id=command.organization_id, notice=command.notice
    )
    return work.recruitments.add(recruitment)


async def check_recruitment(command: CheckRecruitment, work: Work) -> RecruitmentCheck:
    """Hold a new candidate against the rule of the notice's date."""
    recruitment = await work.recruitments.get(command.recruitment_id)
    recruitment.require_open()
    if await work.recruitment_checks.where(recruitment_id=recruitment.id, candidate_no=command.candidate_no):
        raise CandidateTaken
    rules = await _rules(recruitment, work)
    finding = rules.judge(command.facts)
    check = RecruitmentCheck(
        id=command.check_id,
        story=recruitment.story,
        recruitment_id=recruitment.id,
        university_id=recruitment.university_id,
        candidate_no=command.candidate_no,
        name=command.name,
        facts=command.facts,
        finding=finding,
    )
    work.decide(rules.decision(command.decision_id, check))
    return work.recruitment_checks.add(check, check.checked())


async def check_again(command: CheckAgain, work: Work) -> RecruitmentCheck:
    """Hold a candidate against the rule with other facts."""
    check, recruitment = await _check_and_recruitment(command.check_id, work)
    rules = await _rules(recruitment, work)
    again = check.check_again(name=command.name, facts=command.facts, finding=rules.judge(command.facts))
    work.decide(rules.decision(command.decision_id, again))
    return work.recruitment_checks.save(again, again.checked())


async def grant_exception(command: GrantException, work: Work) -> RecruitmentCheck:
    """Accept a candidate whom the rule refuses, and tell who did and for which reason."""
    check, recruitment = await _check_and_recruitment(command.check_id, work)
    rules = await _rules(recruitment, work)
    exception = GrantedException(
        decision_id=command.decision_id, approver_role=command.approver_role, code=command.code, reason=command.reason
    )
    region_code = (await home_of(recruitment.university_id, work)).region_code
    excepted, overridden = check.grant(exception, rules.rule, region_code=region_code)
    work.decide(rules.decision(command.decision_id, excepted))
    work.tell(overridden, story=check.story)
    work.audit("override", check.id, organization_id=command.organization_id, reason=command.code)
    return work.recruitment_checks.save(excepted, excepted.checked())


async def decide_recruitment(command: DecideRecruitment, work: Work) -> RecruitmentCheck:
    """Select a candidate while there are places, or decline."""
    check, recruitment = await _check_and_recruitment(command.check_id, work)
    if not command.selected:
        return work.recruitment_checks.save(check.decline())
    selected = check.select()
    work.recruitments.save(recruitment.with_selected())
    return work.recruitment_checks.save(selected)


async def publicise_recruitment(command: PubliciseRecruitment, work: Work) -> Recruitment:
    """Make the result public."""
    recruitment = await work.recruitments.get(command.recruitment_id)
    candidates = await work.recruitment_checks.where(recruitment_id=recruitment.id)
    return work.recruitments.save(recruitment.publicise(candidates, first=command.first, last=command.last))


async def close_recruitment(command: CloseRecruitment, work: Work) -> Recruitment:
    """End a recruitment."""
    recruitment = await work.recruitments.get(command.recruitment_id)
    return work.recruitments.save(recruitment.close(on=work.context.today))


async def _check_and_recruitment(check_id: str, work: Work) -> tuple[RecruitmentCheck, Recruitment]:
    check = await work.recruitment_checks.get(check_id)
    recruitment = await work.recruitments.get(check.recruitment_id)
    recruitment.require_open()
    return check, recruitment


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rule on recruitment as it holds for one notice, and the order of skill levels."""

    recruitment: Recruitment
    rule: Rule
    order: Rule
    jurisdiction: str

    def judge(self, facts: RecruitingFacts) -> Finding:
        return may_be_recruited(facts, on=self.recruitment.notice_on, rule=self.rule, order=self.order)

    def decision(self, id: str, check: RecruitmentCheck) -> Decision:
        return Decision(
            id=id,
            subject=check.id,
            findings=(check.finding,),
            inputs={check.finding.rule: check.facts.model_dump(mode="json")},
            on=self.recruitment.notice_on,
            jurisdiction=self.jurisdiction,
        )


async def _rules(recruitment: Recruitment, work: Work) -> _Rules:
    jurisdiction, on = await jurisdiction_at(recruitment.university_id, work), recruitment.notice_on
    rule, order = (work.rules.rule(id, on=on, jurisdiction=jurisdiction) for id in ("TCH-12", "TCH-15"))
    return _Rules(recruitment, rule, order, jurisdiction)
