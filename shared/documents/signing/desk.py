"""Where documents are put out for signature and signed: the handlers of every service that signs."""

from dataclasses import dataclass
from typing import Protocol

from shared.documents.document import Document, DocumentNoLongerStands
from shared.documents.keeping import DocumentWork
from shared.documents.signing.commands import (
    CreateSigningLink,
    ReadByLink,
    RequestSignatures,
    Sign,
    SignByLink,
    TakeScan,
    WithdrawSignatures,
)
from shared.documents.signing.link import SigningLink
from shared.documents.signing.offices import require_asker, require_giver, require_keeper
from shared.documents.signing.parties import party_told
from shared.documents.signing.refusals import AlreadyOut, NotSignedHere, ScanElsewhere, SignedAhead, UnfitSigners
from shared.documents.signing.round import SigningRound
from shared.documents.signing.signable import Signable
from shared.documents.signing.signature import How, Signature, Signer
from shared.documents.signing.terms import Cause, RoundTerms
from shared.kernel.one_time_link import NoSuchLink
from shared.kernel.work import Repository
from shared.words import Choice


class SigningWork(DocumentWork, Protocol):
    """One transaction of a service that signs."""

    @property
    def signing_links(self) -> Repository[SigningLink]:
        """Who may sign without an account."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one service signs, and after how many days each it reminds of what is not signed."""

    signables: tuple[Signable, ...]
    reminder_days: tuple[int, ...]

    async def request(self, command: RequestSignatures, work: SigningWork) -> SigningRound:
        """Put a document out for signature; what was out before in its stead counts no more."""
        document = await work.documents.get(command.document_id)
        signable = self._signable(document.about, document.document_kind)
        await _replace_earlier(document, work)
        usual = await signable.signers(document.about, work)
        terms = RoundTerms(
            document=document,
            organization_id=command.organization_id,
            signers=_in_order(usual, command.signers),
            ordered=command.ordered,
            due_on=command.due_on,
            reminder_days=self.reminder_days,
            confidential=signable.confidential,
        )
        round, requested = SigningRound.request(command.signing_id, terms, at=work.context.now)
        work.audit("signing.requested", round.id, organization_id=command.organization_id)
        return work.signings.add(round, requested)

    async def sign(self, command: Sign, work: SigningWork) -> SigningRound:
        """Sign by account."""
        round = await work.signings.get(command.signing_id)
        signature = Signature(
            party=round.party_of(command.parties),
            how=How.ACCOUNT,
            signatory=work.context.actor,
            sha256=command.sha256,
            given_at=work.context.now,
        )
        work.audit("signing.signed", round.id, organization_id=command.organization_id)
        return await self._take(round, [signature], work, by=command.organization_id)

    async def create_link(self, command: CreateSigningLink, work: SigningWork) -> SigningLink:
        """Let a named person sign once for a party; an earlier link of the same party opens no more."""
        round = await work.signings.get(command.signing_id)
        require_giver(round, command.party, organization_id=command.organization_id, parties=command.parties)
        link = SigningLink.create(
            command.link_id,
            round,
            command.party,
            signatory=command.signatory,
            token_hash=command.token_hash,
            by=work.context.actor,
            at=work.context.now,
        )
        for earlier in await work.signing_links.where(signing_id=round.id, party=command.party):
            work.signing_links.save(earlier.replaced(at=work.context.now))
        work.audit("signing_link.created", link.id, organization_id=link.organization_id)
        return work.signing_links.add(link)

    async def sign_by_link(self, command: SignByLink, work: SigningWork) -> SigningRound:
        """Use a link up and sign with it."""
        link = (await _link(command.token_hash, work)).use(at=work.context.now)
        round = await work.signings.get(link.signing_id)
        signature = Signature(
            party=link.party,
            how=How.LINK,
            signatory=link.signatory,
            sha256=command.sha256,
            given_at=work.context.now,
            link_id=link.id,
        )
        work.signing_links.save(link)
        work.audit("signing_link.used", link.id, organization_id=link.organization_id)
        return await self._take(round, [signature], work, by=link.organization_id)

    async def read_by_link(self, command: ReadByLink, work: SigningWork) -> Document:
        """Look at what is to be signed with a link that opens still; whoever looks is written down."""
        link = await _link(command.token_hash, work)
        link.require_standing(work.context.now)
        round = await work.signings.get(link.signing_id)
        round.require_pending(link.party)
        work.audit("document.read", round.document_id, organization_id=link.organization_id)
        return await work.documents.get(round.document_id)

    async def take_scan(self, command: TakeScan, work: SigningWork) -> SigningRound:
        """Take down the signatures that a scan of the sealed paper shows."""
        round = await work.signings.get(command.signing_id)
        require_keeper(round, command.signed_by, organization_id=command.organization_id, parties=command.parties)
        scan = await work.documents.get(command.scan_id)
        if not scan.stands:
            raise DocumentNoLongerStands
        if scan.about != round.about or scan.id == round.document_id:
            raise ScanElsewhere
        if command.signed_on > work.context.today:
            raise SignedAhead
        signatures = [
            Signature(
                party=party,
                how=How.SCAN,
                signatory=command.signatory,
                sha256=round.sha256,
                given_at=work.context.now,
                scan_id=scan.id,
                signed_on=command.signed_on,
            )
            for party in round.in_order(command.signed_by)
        ]
        work.audit("signing.scan_taken", round.id, organization_id=command.organization_id)
        return await self._take(round, signatures, work, by=command.organization_id)

    async def withdraw(self, command: WithdrawSignatures, work: SigningWork) -> SigningRound:
        """Ask for the signatures no more."""
        round = await work.signings.get(command.signing_id)
        require_asker(round, command.organization_id)
        withdrawn, fact = round.withdraw()
        work.audit("signing.withdrawn", round.id, organization_id=command.organization_id, reason=command.reason)
        return work.signings.save(withdrawn, fact)

    async def _take(
        self, round: SigningRound, signatures: list[Signature], work: SigningWork, *, by: str | None
    ) -> SigningRound:
        """Take signatures while what they are about still waits for them; after the last one, what follows follows."""
        signable = self._signable(round.about, round.document_kind)
        for signature in signatures:
            round, facts = round.sign(signature)
            await signable.permitted(round.about, signature.party, by, work)
            round = work.signings.save(round, *facts)
        await signable.signers(round.about, work)
        if not round.pending:
            await signable.completed(round, work)
        return round

    def _signable(self, about: str, document_kind: str) -> Signable:
        for signable in self.signables:
            if signable.fits(about, document_kind):
                return signable
        raise NotSignedHere(kinds=tuple(Choice(signable.title, signable.document_kind) for signable in self.signables))


async def remind(signing_id: str, work: SigningWork) -> SigningRound:
    """Remind those whose turn it is."""
    round = await work.signings.get(signing_id)
    reminded, facts = round.remind(at=work.context.now)
    return work.signings.save(reminded, *facts) if facts else round


async def _replace_earlier(document: Document, work: SigningWork) -> None:
    same = {"about": document.about, "document_kind": document.document_kind, "status": "open"}
    for earlier in await work.signings.where(**same):
        if earlier.document_id == document.id:
            raise AlreadyOut
        replaced, facts = earlier.void(Cause.DOCUMENT_REPLACED)
        work.signings.save(replaced, *facts)


async def _link(token_hash: str, work: SigningWork) -> SigningLink:
    links = await work.signing_links.where(token_hash=token_hash)
    if not links:
        raise NoSuchLink
    return links[0]


def _in_order(usual: tuple[str, ...], wanted: tuple[Signer, ...] | None) -> tuple[Signer, ...]:
    """Those who must sign, in the order that is wanted."""
    if wanted is None:
        return tuple(Signer(party=party) for party in usual)
    if sorted(signer.party for signer in wanted) != sorted(usual):
        raise UnfitSigners(parties=tuple(map(party_told, usual)))
    return wanted
