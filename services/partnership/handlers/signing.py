"""Parties sign: through their own office, by a one-time link that the office gave to somebody, or all on one paper."""

from services.partnership.commands import CreateSignatureLink, SignAgreement, SignByLink
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.signing import OFFICES, SignatureLink, require_signatory
from services.partnership.handlers.approving import SIGN
from services.partnership.ports import Work
from shared.approvals.guard import require_approval, use_approval
from shared.contracts.event import Event
from shared.documents.signing.parties import organization_of, role_in
from shared.documents.signing.round import SigningRound
from shared.kernel.one_time_link import NoSuchLink


async def sign_agreement(command: SignAgreement, work: Work) -> Agreement:
    """Sign for a party through its own office."""
    agreement = await work.agreements.get(command.agreement_id)
    require_signatory(agreement, command.organization_id, command.roles)
    agreement.require_pending(command.organization_id)
    await use_approval(SIGN, agreement, command.organization_id, work)
    signed, facts = agreement.sign(command.organization_id, signatory=work.context.actor, at=work.context.now)
    work.audit("agreement.signed", agreement.id, organization_id=command.organization_id)
    return await _keep_signed(signed, facts, work)


async def create_signature_link(command: CreateSignatureLink, work: Work) -> SignatureLink:
    """Let a named person sign once for a party that has not signed yet."""
    agreement = await work.agreements.get(command.agreement_id)
    require_signatory(agreement, command.organization_id, command.roles)
    link = SignatureLink.create(
        command.link_id,
        agreement,
        organization_id=command.organization_id,
        signatory=command.signatory,
        token_hash=command.token_hash,
        by=work.context.actor,
        at=work.context.now,
    )
    await require_approval(SIGN, agreement, command.organization_id, work)
    work.audit("signature_link.created", link.id, organization_id=command.organization_id)
    return work.signature_links.add(link)


async def sign_by_link(command: SignByLink, work: Work) -> Agreement:
    """Use a link up and sign with it."""
    links = await work.signature_links.where(token_hash=command.token_hash)
    if not links:
        raise NoSuchLink
    link = links[0].use(at=work.context.now)
    agreement = await work.agreements.get(link.agreement_id)
    agreement.require_pending(link.organization_id)
    await use_approval(SIGN, agreement, link.organization_id, work)
    signed, facts = agreement.sign(link.organization_id, signatory=link.signatory, at=work.context.now, link_id=link.id)
    work.signature_links.save(link)
    work.audit("signature_link.used", link.id, organization_id=link.organization_id)
    return await _keep_signed(signed, facts, work)


async def signers_of(agreement_id: str, work: Work) -> tuple[str, ...]:
    """Who signs the paper of an agreement that is out for signature: each party through its office."""
    agreement = await work.agreements.get(agreement_id)
    agreement.require_out()
    return tuple(role_in(OFFICES[party.role], party.organization_id) for party in agreement.parties)


async def sign_by_round(round: SigningRound, work: Work) -> Agreement:
    """All parties have signed the paper: with it each that has not signed otherwise signs the agreement."""
    agreement = await work.agreements.get(round.about)
    for given in round.signatures:
        party = organization_of(given.party)
        if party is not None and party in agreement.pending:
            signed, facts = agreement.sign(party, signatory=given.signatory, at=given.given_at, signing_id=round.id)
            agreement = await _keep_signed(signed, facts, work)
    return agreement


async def _keep_signed(agreement: Agreement, facts: tuple[Event, ...], work: Work) -> Agreement:
    """Keep a signature; after the last one the agreement holds the line that it names."""
    kept = work.agreements.save(agreement, *facts)
    if facts and kept.need_id is not None and kept.line_no is not None:
        need = await work.needs.get(kept.need_id)
        contracted, fact = need.contract_line(kept.line_no, kept.id, on=work.context.today)
        work.needs.save(contracted, fact)
    return kept
