"""What signing papers of an internship does: who must sign, and that the placement then has what was signed."""

from services.training.domain.directory import called
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.signed_papers import (
    parties_to_agreement,
    parties_to_consent,
    signed_agreement,
    signed_consent,
    text_of,
    without_agreement,
    without_consents,
)
from services.training.domain.kinship import born_of
from services.training.handlers.approving import keep_approvals_true
from services.training.handlers.internship.consent import is_consented, keep_consent
from services.training.handlers.internship.judging import judged_again, mended
from services.training.ports import Work
from shared.contracts.training import SigningVoided
from shared.documents.signing.round import SigningRound


async def signers_of_agreement(placement_id: str, work: Work) -> tuple[str, ...]:
    """Who signs the agreement of the three."""
    return parties_to_agreement(await work.placements.get(placement_id))


async def signers_of_consent(placement_id: str, work: Work) -> tuple[str, ...]:
    """Who signs the consent."""
    placement = await work.placements.get(placement_id)
    return parties_to_consent(placement, await work.students.get(placement.student_id))


async def keep_signed_agreement(round: SigningRound, work: Work) -> Placement:
    """Take the agreement in: the document with all three signatures proves it."""
    placement, document = await work.placements.get(round.about), await work.documents.get(round.document_id)
    school = called(placement.university_id, await work.organizations.known([placement.university_id]))
    paper = signed_agreement(document, school=school, on=work.context.today)
    taken, facts = await mended(placement.take(paper, on=work.context.today), work)
    return await keep_approvals_true(work.placements.save(taken, *facts), work)


async def lose_what_was_signed(event: SigningVoided, work: Work) -> None:
    """Let a placement rest no more on signatures that no longer count, and say what the rules have against it now."""
    placement = await work.placements.find(event.about_id)
    if placement is None:
        return
    voided = await _void_consents(event, work)
    without = without_agreement(placement, event.document_id)
    if voided and not await is_consented(placement, work):
        without = without_consents(without)
    if voided or without != placement:
        judged, facts = await judged_again(without, work)
        await keep_approvals_true(work.placements.save(judged, *facts), work)


async def _void_consents(event: SigningVoided, work: Work) -> bool:
    """Void the consents that were given by signing in this round. Says whether any counted until now."""
    ids = [_consent_of(event.signing_id, party) for party in event.signed_parties]
    counted = [consent for consent in (await work.consents.known(ids)).values() if consent.voided_at is None]
    for consent in counted:
        work.consents.save(consent.void(at=work.context.now))
    return bool(counted)


async def keep_signed_consents(round: SigningRound, work: Work) -> None:
    """Take the consents in: each signature is one, to the text that the paper holds."""
    document = await work.documents.get(round.document_id)
    placement = await work.placements.get(round.about)
    texts = await work.consent_texts.where(university_id=placement.university_id)
    text = text_of(document, texts)
    for signature in round.signatures:
        id = _consent_of(round.id, signature.party)
        placement = await work.placements.get(round.about)
        consent = signed_consent(id, signature, placement=placement, text=text, document=document)
        await keep_consent(consent, placement, work)


def _consent_of(signing_id: str, party: str) -> str:
    """The id of the consent that a party gives in a round, which follows from both."""
    return born_of(signing_id, "consent", party)
