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
)
from services.training.domain.kinship import born_of
from services.training.handlers.internship.consent import keep_consent
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
    return work.placements.save(placement.take(paper, on=work.context.today))


async def lose_signed_agreement(event: SigningVoided, work: Work) -> None:
    """Let a placement rest no more on an agreement whose signatures no longer count."""
    placement = await work.placements.find(event.about_id)
    if placement is not None and (without := without_agreement(placement, event.document_id)) != placement:
        work.placements.save(without)


async def keep_signed_consents(round: SigningRound, work: Work) -> None:
    """Take the consents in: each signature is one, to the text that the paper holds."""
    document = await work.documents.get(round.document_id)
    placement = await work.placements.get(round.about)
    texts = await work.consent_texts.where(university_id=placement.university_id)
    text = text_of(document, texts)
    for signature in round.signatures:
        id = born_of(round.id, "consent", signature.party)
        placement = await work.placements.get(round.about)
        consent = signed_consent(id, signature, placement=placement, text=text, document=document)
        await keep_consent(consent, placement, work)
