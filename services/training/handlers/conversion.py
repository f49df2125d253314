"""What happens when recognised outcomes are turned into credits, and when that is taken back."""

from services.training.commands.credit import (
    ApproveConversion,
    ProposeConversion,
    RejectConversion,
    ReverseConversion,
    ReviewConversion,
)
from services.training.domain.account import CreditAccount, EntryType
from services.training.domain.conversion import Conversion, ConversionStatus
from services.training.domain.conversion_refusals import NotRecognised
from services.training.domain.credit_rules import (
    X_05,
    X_06,
    ConversionFacts,
    CourseFacts,
    EarlierFacts,
    PartFacts,
    every_part_converts_once,
    target_is_covered,
)
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.rules import Decision


async def propose_conversion(command: ProposeConversion, work: Work) -> Conversion:
    """Ask for credits in a programme."""
    account = await work.accounts.get(command.account_id)
    wanted = dict(command.wanted)
    outcomes = await work.outcomes.where(id=list(wanted))
    if len(outcomes) < len(command.wanted):
        raise NotRecognised
    conversion = Conversion.propose(
        command.conversion_id,
        account=account,
        outcomes=[(outcome, wanted[outcome.id]) for outcome in outcomes],
        programme=await work.programmes.find(command.target_programme_id),
        target_course=command.target_course,
    )
    return work.conversions.add(conversion)


async def review_conversion(command: ReviewConversion, work: Work) -> Conversion:
    """Take a proposal up."""
    conversion = await work.conversions.get(command.conversion_id)
    return work.conversions.save(conversion.review())


async def approve_conversion(command: ApproveConversion, work: Work) -> Conversion:
    """Decide on X-05 and X-06 and post the credits to the learner's ledger."""
    conversion = await work.conversions.get(command.conversion_id)
    conversion.require_reviewed()
    # The account's row is the lock under which earlier conversions are read and the ledger grows.
    account = await work.accounts.get(conversion.account_id)
    decision = await _decision(conversion, command.decision_id, work)
    work.decide(decision)
    posted, converted = conversion.post(decision)
    await _enter(account, EntryType.CONVERT, posted.half_credits, posted, work)
    return work.conversions.save(posted, converted)


async def reject_conversion(command: RejectConversion, work: Work) -> Conversion:
    """Refuse a proposal."""
    conversion = await work.conversions.get(command.conversion_id)
    work.audit("reject", conversion.id, organization_id=command.organization_id, reason=command.reason)
    return work.conversions.save(conversion.reject())


async def reverse_conversion(command: ReverseConversion, work: Work) -> Conversion:
    """Take a posted conversion back by a negative entry."""
    conversion, reversed_ = (await work.conversions.get(command.conversion_id)).reverse(reason=command.reason)
    account = await work.accounts.get(conversion.account_id)
    work.audit("reverse", conversion.id, organization_id=command.organization_id, reason=command.reason)
    await _enter(account, EntryType.REVOKE, -conversion.half_credits, conversion, work)
    return work.conversions.save(conversion, reversed_)


async def _enter(
    account: CreditAccount, entry_type: EntryType, half_credits: int, conversion: Conversion, work: Work
) -> None:
    earlier = await work.ledger.where(account_id=account.id)
    changed, entry = account.enter(
        entry_type, half_credits, conversion_id=conversion.id, earlier=earlier, on=work.context.today
    )
    work.ledger.add(entry)
    work.accounts.save(changed)


async def _decision(conversion: Conversion, id: str, work: Work) -> Decision:
    on, jurisdiction = work.context.today, await jurisdiction_at(conversion.university_id, work)
    once, course = await _facts(conversion, work), CourseFacts(target_course=conversion.target_course)
    return Decision(
        id=id,
        subject=conversion.id,
        findings=(
            every_part_converts_once(once, work.rules.rule(X_05.id, on=on, jurisdiction=jurisdiction)),
            # No integration maps are kept yet, so how far a course is covered is not known.
            target_is_covered(course, work.rules.rule(X_06.id, on=on, jurisdiction=jurisdiction)),
        ),
        inputs={X_05.id: once.model_dump(mode="json"), X_06.id: course.model_dump(mode="json")},
        on=on,
        jurisdiction=jurisdiction,
    )


async def _facts(conversion: Conversion, work: Work) -> ConversionFacts:
    """The conversion and every earlier one of the learner, with what the outcomes were recognised as."""
    posted = await work.conversions.where(account_id=conversion.account_id, status=ConversionStatus.POSTED.value)
    outcomes = await work.outcomes.where(id=[part.outcome_id for part in conversion.parts])
    recognised = {outcome.id: outcome.convertible for outcome in outcomes}
    return ConversionFacts(
        target_programme_id=conversion.target_programme_id,
        parts=tuple(
            PartFacts(
                outcome_id=part.outcome_id, half_credits=part.half_credits, recognised=recognised.get(part.outcome_id)
            )
            for part in conversion.parts
        ),
        earlier=tuple(
            EarlierFacts(
                outcome_id=part.outcome_id,
                target_programme_id=earlier.target_programme_id,
                half_credits=part.half_credits,
                status=earlier.status.value,
            )
            for earlier in posted
            for part in earlier.parts
            if part.outcome_id in recognised
        ),
    )
