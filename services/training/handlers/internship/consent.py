"""What happens when students and guardians are asked for their consent to an internship, and when they answer."""

from services.training.commands.internship.consent import (
    AnswerAsStudent,
    AnswerByLink,
    AskGuardian,
    PublishConsentText,
)
from services.training.domain.internship.consent import (
    Consent,
    Giver,
    last_answers,
    require_intern,
    standing,
)
from services.training.domain.internship.consent_link import ConsentLink
from services.training.domain.internship.consent_text import ConsentText, newest
from services.training.domain.internship.paper_refusals import NotTheNewestText
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Cause
from services.training.domain.student import Student, is_minor
from services.training.handlers.approving import keep_approvals_true
from services.training.handlers.internship.judging import mended
from services.training.ports import Work
from shared.contracts.event import Event
from shared.kernel.one_time_link import NoSuchLink


async def publish_consent_text(command: PublishConsentText, work: Work) -> ConsentText:
    """Publish the next edition of a university's text."""
    earlier = await work.consent_texts.where(university_id=command.organization_id)
    text = ConsentText.publish(
        command.organization_id, earlier=earlier, title=command.title, text=command.text, on=work.context.today
    )
    work.audit("consent_text.published", text.id, organization_id=command.organization_id)
    return work.consent_texts.add(text)


async def answer_as_student(command: AnswerAsStudent, work: Work) -> Consent:
    """The student answers the newest text of the university."""
    placement = await work.placements.get(command.placement_id)
    require_intern(placement, command.caller_ids)
    text = await _text_in_force(placement, work)
    if text.id != command.text_id:
        raise NotTheNewestText
    consent = Consent.of_student(
        command.consent_id, placement=placement, text=text, answer=command.answer, at=work.context.now
    )
    return await keep_consent(consent, placement, work)


async def ask_guardian(command: AskGuardian, work: Work) -> ConsentLink:
    """Make a link with which a guardian answers the newest text once."""
    placement = await work.placements.get(command.placement_id)
    link = ConsentLink.create(
        command.link_id,
        placement=placement,
        text=await _text_in_force(placement, work),
        guardian=command.guardian,
        token_hash=command.token_hash,
        by=work.context.actor,
        at=work.context.now,
    )
    work.audit("consent_link.created", link.id, organization_id=placement.university_id)
    return work.consent_links.add(link)


async def answer_by_link(command: AnswerByLink, work: Work) -> Consent:
    """Use a link up and answer with it, as the text says that it names."""
    links = await work.consent_links.where(token_hash=command.token_hash)
    if not links:
        raise NoSuchLink
    placement = await work.placements.get(links[0].placement_id)
    text = await work.consent_texts.get(links[0].text_id)
    used, consent = links[0].answer(
        command.consent_id, placement=placement, text=text, answer=command.answer, at=work.context.now
    )
    work.consent_links.save(used)
    work.audit("consent_link.used", used.id, organization_id=used.university_id)
    return await keep_consent(consent, placement, work)


async def forget_phone(link_id: str, work: Work) -> None:
    """Forget the phone of a guardian whose link has expired."""
    link = await work.consent_links.get(link_id)
    if (forgetful := link.forget_phone(at=work.context.now)) != link:
        work.consent_links.save(forgetful)


async def _text_in_force(placement: Placement, work: Work) -> ConsentText:
    return newest(await work.consent_texts.where(university_id=placement.university_id))


async def keep_consent(consent: Consent, placement: Placement, work: Work) -> Consent:
    """Keep an answer; once all who must have consented have, the placement goes on.

    One that is under way rests where it is refused anew: nobody works on against their own or their guardian's word.
    """
    kept = work.consents.add(consent)
    after, facts = await _answered(consent, placement, work)
    if after != placement:
        await keep_approvals_true(work.placements.save(after, *facts), work)
    return kept


async def _answered(consent: Consent, placement: Placement, work: Work) -> tuple[Placement, tuple[Event, ...]]:
    if not placement.is_under_way:
        return await mended(placement.consent(), work) if await is_consented(placement, work) else (placement, ())
    judged, facts = await mended(placement, work)
    refused = not consent.given and consent.giver in _needed(await work.students.get(placement.student_id), placement)
    if not refused or judged.status is PlacementStatus.SUSPENDED:
        return judged, facts
    suspended, rests = judged.suspend(Cause.STUDENT)
    return suspended, (*facts, rests)


async def is_consented(placement: Placement, work: Work) -> bool:
    """Whether all who must consent before a placement goes on have done so."""
    said = last_answers(standing(await work.consents.where(placement_id=placement.id), placement))
    student = await work.students.get(placement.student_id)
    return all(giver in said and said[giver].given for giver in _needed(student, placement))


def _needed(student: Student, placement: Placement) -> tuple[Giver, ...]:
    """Who must consent before a placement goes on; whether a grown student's guardian should too, INT-06 says."""
    of_age = is_minor(student.birth_date, placement.starts_on) is False
    return (Giver.STUDENT,) if of_age else (Giver.STUDENT, Giver.GUARDIAN)
