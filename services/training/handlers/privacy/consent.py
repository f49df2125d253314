"""What happens when a person consents to the processing of their data, and when they take it back."""

from services.training.commands.privacy import ConsentToProcessing, WithdrawConsent
from services.training.domain.privacy.processing_consent import ProcessingConsent
from services.training.domain.privacy.refusals import NotTheNoticeInForce
from services.training.handlers.privacy.entry import entry_of
from services.training.ports import Work


async def consent_to_processing(command: ConsentToProcessing, work: Work) -> ProcessingConsent:
    """Keep the consent; who has consented to this edition already has done so."""
    if command.edition != command.in_force:
        raise NotTheNoticeInForce(edition=command.in_force)
    entry = await entry_of(command.person_id, work)
    entry.require_known()
    for given in await work.processing_consents.where(person_id=entry.id, edition=command.edition):
        if given.stands:
            return given
    consent = ProcessingConsent(
        id=command.consent_id,
        story=entry.id,
        person_id=entry.id,
        institution_id=entry.institution_id,
        edition=command.edition,
        digest=command.digest,
        given_at=work.context.now,
    )
    work.audit("processing_consent.given", entry.id, organization_id=entry.institution_id)
    return work.processing_consents.add(consent)


async def withdraw_consent(command: WithdrawConsent, work: Work) -> ProcessingConsent:
    """Take it back."""
    consent = await work.processing_consents.get(command.consent_id)
    withdrawn = consent.withdraw(at=work.context.now)
    work.audit("processing_consent.withdrawn", consent.person_id, organization_id=consent.institution_id)
    return work.processing_consents.save(withdrawn)
