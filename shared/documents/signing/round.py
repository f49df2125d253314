"""A round of signatures over one document: asked for, given in any or in a fixed order, complete, void or withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final, Self

from shared.contracts.event import Event
from shared.contracts.signing import SigningStateBody
from shared.documents.document import DocumentNoLongerStands
from shared.documents.signing.parties import has_account, owner_of
from shared.documents.signing.refusals import (
    DueAlready,
    NoAccount,
    NotASigner,
    NotYourTurn,
    OtherBytes,
    PartySigned,
    RoundOver,
)
from shared.documents.signing.reminding import next_reminder, steps_due
from shared.documents.signing.signature import How, Signature, Signer
from shared.documents.signing.terms import Cause, RoundStatus, RoundTerms
from shared.documents.wire import body_of
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date

_TOLD: Final = ("document_id", "document_kind", "sha256", "organization_id", "due_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRound(Aggregate):
    """Signatures on the bytes with one hash. `asked_at` is when those whose turn it is were asked.

    `reminder_days` are the steps that were in force when it was asked for; `reminders` of them have been taken since
    `asked_at`, and `remind_at` is the next.
    """

    kind: ClassVar[str] = "signing"
    service: str
    document_id: str
    document_kind: str
    about: str
    sha256: str
    organization_id: str
    owner_ids: tuple[str, ...]
    ordered: bool
    signers: tuple[Signer, ...]
    signatures: tuple[Signature, ...] = ()
    due_on: date | None
    asked_at: datetime
    reminder_days: tuple[int, ...]
    reminders: int = 0
    remind_at: datetime | None
    cause: Cause | None = None
    status: RoundStatus = RoundStatus.OPEN

    @classmethod
    def request(cls, id: str, terms: RoundTerms, *, at: datetime) -> tuple[Self, Event]:
        """Ask for signatures on a document that stands."""
        document = terms.document
        if not document.stands:
            raise DocumentNoLongerStands
        if terms.due_on is not None and terms.due_on < business_date(at):
            raise DueAlready
        own = {owner for signer in terms.signers if (owner := owner_of(signer.party))} | {terms.organization_id}
        asked = cls(
            id=id,
            story=document.story,
            service=document.service,
            document_id=document.id,
            document_kind=document.document_kind,
            about=document.about,
            sha256=document.sha256,
            organization_id=terms.organization_id,
            owner_ids=tuple(sorted(own if terms.confidential else own | document.owners)),
            ordered=terms.ordered,
            signers=terms.signers,
            due_on=terms.due_on,
            asked_at=at,
            reminder_days=terms.reminder_days,
            remind_at=next_reminder(terms.reminder_days, 0, at),
        )
        return asked, asked._fact("requested", asked.turn, ordered=terms.ordered)

    @property
    def owners(self) -> frozenset[str]:
        """Whoever may read the document, whoever signs it, and the organisation that asks."""
        return frozenset(self.owner_ids)

    @property
    def signed(self) -> tuple[str, ...]:
        """The parties that have signed, the first one first."""
        return tuple(signature.party for signature in self.signatures)

    @property
    def pending(self) -> tuple[str, ...]:
        """The parties that are still to sign, in their order."""
        return tuple(signer.party for signer in self.signers if signer.party not in self.signed)

    @property
    def turn(self) -> tuple[str, ...]:
        """Those whose turn it is: all who are still to sign, or the first of them. None once it is over."""
        if self.status is not RoundStatus.OPEN:
            return ()
        return self.pending[:1] if self.ordered else self.pending

    @property
    def rests_on(self) -> frozenset[str]:
        """The documents without which it is nothing: the one that is signed, and scans of the sealed paper."""
        return frozenset({self.document_id, *(given.scan_id for given in self.signatures if given.scan_id)})

    def in_order(self, parties: Collection[str]) -> tuple[str, ...]:
        """Those of the parties that are asked, in their order. Raises `NotASigner` where one is not."""
        known = tuple(signer.party for signer in self.signers if signer.party in parties)
        if len(known) < len(set(parties)):
            raise NotASigner
        return known

    def require_open(self) -> None:
        """Raise `RoundOver` unless signatures are waited for."""
        if self.status is not RoundStatus.OPEN:
            raise RoundOver(status=self.status)

    def require_pending(self, party: str) -> None:
        """Raise unless this party's signature is waited for, now or later."""
        self.require_open()
        if all(signer.party != party for signer in self.signers):
            raise NotASigner
        if party not in self.pending:
            raise PartySigned

    def party_of(self, parties: Collection[str]) -> str:
        """As which party somebody signs who is all of these; the one whose turn it is comes first."""
        signers = (signer.party for signer in self.signers)
        mine = next((party for party in (*self.turn, *self.pending, *signers) if party in parties), None)
        if mine is None:
            raise NotASigner
        return mine

    def sign(self, signature: Signature) -> tuple[Self, tuple[Event, ...]]:
        """Give one signature, to exactly the bytes that are out for it. The last one completes the round."""
        self.require_pending(signature.party)
        if signature.party not in self.turn:
            raise NotYourTurn
        if signature.how is How.ACCOUNT and not has_account(signature.party):
            raise NoAccount
        if signature.sha256 != self.sha256:
            raise OtherBytes
        one_more = replace(self, signatures=(*self.signatures, signature))
        if not one_more.pending:
            return one_more._complete(signature)
        passed = one_more._pass_on(at=signature.given_at) if self.ordered else one_more
        return passed, (passed._given(signature, passed.turn if self.ordered else ()),)

    def remind(self, *, at: datetime) -> tuple[Self, tuple[Event, ...]]:
        """Remind those whose turn it is, once for all steps whose time has come."""
        if self.remind_at is None or at < self.remind_at:
            return self, ()
        taken = steps_due(self.reminder_days, self.asked_at, at)
        following = next_reminder(self.reminder_days, taken, self.asked_at)
        reminded = replace(self, reminders=taken, remind_at=following)
        return reminded, (reminded._fact("reminded", self.turn, step=taken, days=(at - self.asked_at).days),)

    def withdraw(self) -> tuple[Self, Event]:
        """Ask for it no more."""
        self.require_open()
        return self._end(RoundStatus.WITHDRAWN, Cause.WITHDRAWN)

    def void(self, cause: Cause) -> tuple[Self, tuple[Event, ...]]:
        """Let the signatures count no more, for the document is not what it was. What is void or withdrawn stays so."""
        if self.status not in {RoundStatus.OPEN, RoundStatus.COMPLETE}:
            return self, ()
        voided, fact = self._end(RoundStatus.VOID, cause)
        return voided, (fact,)

    def state(self) -> SigningStateBody:
        """The round as it is now."""
        signed = list(self.signed)
        now = {"ordered": self.ordered, "signed_parties": signed, "status": self.status.value, "version": self.version}
        body = body_of(self.service, "signing.state", SigningStateBody)
        return body.model_validate(self._told(self.turn) | now)

    def _pass_on(self, *, at: datetime) -> Self:
        return replace(self, asked_at=at, reminders=0, remind_at=next_reminder(self.reminder_days, 0, at))

    def _complete(self, last: Signature) -> tuple[Self, tuple[Event, ...]]:
        complete = replace(self, status=RoundStatus.COMPLETE, remind_at=None)
        return complete, (
            complete._given(last, ()),
            complete._fact("completed", (), completed_at=last.given_at, signed_parties=list(complete.signed)),
        )

    def _end(self, status: RoundStatus, cause: Cause) -> tuple[Self, Event]:
        ended = replace(self, status=status, cause=cause, remind_at=None)
        return ended, ended._fact("voided", (), cause=cause.value, signed_parties=list(ended.signed))

    def _given(self, signature: Signature, asked: tuple[str, ...]) -> Event:
        return self._fact("given", asked, party=signature.party, how=signature.how.value)

    def _fact(self, fact: str, asked: tuple[str, ...], **told: object) -> Event:
        return body_of(self.service, f"signing.{fact}", Event).model_validate(self._told(asked) | told)

    def _told(self, asked: tuple[str, ...]) -> dict[str, object]:
        same = {name: getattr(self, name) for name in _TOLD}
        parties = {"pending_parties": list(self.pending), "asked_parties": list(asked)}
        return {"signing_id": self.id, "about_id": self.about, **same, **parties}
