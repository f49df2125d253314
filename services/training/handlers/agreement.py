"""What follows here from an agreement: what it plans, that it may start, that it will not."""

from collections.abc import Awaitable, Callable
from typing import Final

from services.training.domain.agreement import Agreement, PartyRole, TermsMissing
from services.training.domain.base_plan import Place
from services.training.domain.cohort import BEFORE_TEACHING, Cohort
from services.training.domain.faculty.seats import PracticeSeats
from services.training.domain.internship.post import INTERNSHIP_BASE, PostStatus
from services.training.domain.kinship import born_of
from services.training.domain.training_base import BEFORE_BUILDING, TrainingBase
from services.training.handlers.internship.stopping import stop_placements
from services.training.ports import Work
from shared.contracts.partnership import AgreementActivated, AgreementSigned, AgreementTerminated, BaseCoBuildTerms
from shared.kernel.work import NotYet
from shared.words import AgreementType, word_of


async def plan_what_was_agreed(event: AgreementSigned, work: Work) -> None:
    """Remember the agreement and plan the base, the cohort or the seats that it is about; once per agreement."""
    plan = _PLANS.get(event.type)
    if plan is None or await work.agreements.find(event.agreement_id):
        return
    agreement = Agreement.signed(event, story=work.context.correlation_id or event.agreement_id)
    work.agreements.add(agreement)
    await plan(event, agreement, work)


async def activate_agreement(event: AgreementActivated, work: Work) -> None:
    """What the agreement plans may start from now on."""
    if agreement := await _remembered(event, work):
        work.agreements.save(agreement.activate())


async def end_agreement(event: AgreementTerminated, work: Work) -> None:
    """Cancel what has not begun, withdraw seats and posts, let internships rest; other things that have begun go on."""
    agreement = await _remembered(event, work)
    if agreement is None:
        return
    work.agreements.save(agreement.end())
    for base in await work.bases.where(agreement_id=agreement.id, status=list(BEFORE_BUILDING)):
        work.bases.save(base.cancel())
    for cohort in await work.cohorts.where(agreement_id=agreement.id, status=list(BEFORE_TEACHING)):
        cancelled, fact = cohort.cancel(reason=event.reason)
        work.cohorts.save(cancelled, fact)
    for seats in await work.seats.where(agreement_id=agreement.id):
        work.seats.save(seats.withdraw())
    for post in await work.posts.where(agreement_id=agreement.id, status=PostStatus.OPEN.value):
        closed, ended = post.close(by=post.enterprise_id)
        work.posts.save(closed, ended)
    await stop_placements(agreement.id, work)


async def _plan_base(event: AgreementSigned, agreement: Agreement, work: Work) -> None:
    terms = event.terms.base_co_build
    if terms is None or not agreement.enterprise_ids:
        raise TermsMissing(type=word_of(AgreementType, event.type), role=PartyRole.ENTERPRISE)
    near, place = await _near(terms, work)
    base, planned = TrainingBase.agreed(
        born_of(agreement.id, "base"), agreement=agreement, terms=terms, near=near, place=place
    )
    work.bases.add(base, planned)


async def _near(terms: BaseCoBuildTerms, work: Work) -> tuple[str, Place]:
    """The name and place of the base that hosts the new one, else of the operator's home."""
    if terms.host_base_id is not None:
        host = await work.bases.find(terms.host_base_id)
        if host is None:
            raise NotYet("the base that hosts the new one is not known yet")
        return host.name, host.place
    operator = await work.organizations.find(terms.operator_id)
    if operator is None:
        raise NotYet("the operator of the base is not known yet")
    return operator.name_zh, Place(region_code=operator.region_code)


async def _plan_cohort(event: AgreementSigned, agreement: Agreement, work: Work) -> None:
    terms = event.terms.order_class
    if terms is None or not agreement.university_ids:
        raise TermsMissing(type=word_of(AgreementType, event.type), role=PartyRole.UNIVERSITY)
    university_id = await _teaching_university(agreement, terms.programme_id, work)
    cohort, planned = Cohort.agreed(
        born_of(agreement.id, "cohort"), agreement=agreement, terms=terms, university_id=university_id
    )
    work.cohorts.add(cohort, planned)


async def _teaching_university(agreement: Agreement, programme_id: str, work: Work) -> str:
    """The one university that is party, or among several the one whose programme it is."""
    if len(agreement.university_ids) == 1:
        return agreement.university_ids[0]
    programme = await work.programmes.find(programme_id)
    if programme is None:
        raise NotYet("the programme of the cohort is not known yet")
    return programme.university_id


async def _plan_seats(event: AgreementSigned, agreement: Agreement, work: Work) -> None:
    terms = event.terms.teacher_practice
    if terms is None or not agreement.enterprise_ids:
        raise TermsMissing(type=word_of(AgreementType, event.type), role=PartyRole.ENTERPRISE)
    work.seats.add(PracticeSeats.agreed(born_of(agreement.id, "seat"), agreement=agreement, terms=terms))


async def _plan_nothing(event: AgreementSigned, agreement: Agreement, work: Work) -> None:
    """Under some agreements an enterprise offers its posts itself, one by one: it is enough to remember them."""


async def _remembered(event: AgreementActivated | AgreementTerminated, work: Work) -> Agreement | None:
    """The agreement; None if it plans nothing here. Raises `NotYet` where it was signed and that has not arrived."""
    agreement = await work.agreements.find(event.agreement_id)
    if agreement is None and event.type in _PLANS and event.type not in _REMEMBERED_SINCE_0_2:
        raise NotYet("the agreement itself has not arrived yet")
    return agreement


_PLANS: Final[dict[str, Callable[[AgreementSigned, Agreement, Work], Awaitable[None]]]] = {
    "base_co_build": _plan_base,
    INTERNSHIP_BASE: _plan_nothing,
    "order_class": _plan_cohort,
    "teacher_practice": _plan_seats,
}
_REMEMBERED_SINCE_0_2: Final = frozenset({INTERNSHIP_BASE})
"""Of these types, what was signed before is not remembered and will not be; their signing waits for nothing else."""
