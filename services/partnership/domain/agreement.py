"""What parties bind themselves to: drafted, signed by each of them, in force on its day, ended."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final, Self

from services.partnership.domain.agreement_draft import AgreementContent, Draft, DraftChanges, require_terms
from services.partnership.domain.agreement_refusals import (
    NotADraft,
    NotInForce,
    NotToBeSigned,
    SignedAlready,
)
from services.partnership.domain.partial import changed
from services.partnership.domain.period import require_in_order
from shared.contracts.event import Event
from shared.contracts.partnership import (
    AgreedMatch,
    AgreementActivated,
    AgreementBody,
    AgreementCompleted,
    AgreementSignatureRequested,
    AgreementSigned,
    AgreementState,
    AgreementTerminated,
    AgreementTerms,
    Party,
)
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date
from shared.rules import Finding


class AgreementStatus(State):
    """How far an agreement has come."""

    DRAFT = "draft", "草稿", "a draft"
    PENDING_SIGNATURES = "pending_signatures", "待签署", "waiting for signatures"
    SIGNED = "signed", "已签署", "signed"
    ACTIVE = "active", "生效中", "active"
    COMPLETED = "completed", "已完成", "completed"
    TERMINATED = "terminated", "已终止", "terminated"


ENDED: Final = frozenset({AgreementStatus.COMPLETED, AgreementStatus.TERMINATED})
BINDING: Final = frozenset({AgreementStatus.PENDING_SIGNATURES, AgreementStatus.SIGNED, AgreementStatus.ACTIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One party's yes to exactly the content that `content_hash` stands for; through a link or an account.

    `signing_id` is there where the party signed the agreement's paper in a round.
    """

    organization_id: str
    signatory: str
    signed_at: datetime
    content_hash: str
    link_id: str | None = None
    signing_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Aggregate):
    """An agreement. `warnings` are the findings at submission that did not refuse it."""

    kind: ClassVar[str] = "agreement"
    type: str
    parties: tuple[Party, ...]
    parent_id: str | None
    need_id: str | None
    line_no: int | None
    matches: tuple[AgreedMatch, ...]
    starts_on: date
    ends_on: date
    content: AgreementContent
    terms: AgreementTerms
    status: AgreementStatus = AgreementStatus.DRAFT
    signatures: tuple[Signature, ...] = ()
    warnings: tuple[Finding, ...] = ()
    submitted_on: date | None = None
    reason: str | None = None

    @classmethod
    def draft(cls, id: str, draft: Draft, *, story: str, matches: tuple[AgreedMatch, ...]) -> Self:
        """Put an agreement down in writing."""
        drafted = cls(
            id=id,
            story=story,
            type=draft.type,
            parties=draft.parties,
            parent_id=draft.parent_id,
            need_id=draft.need_id,
            line_no=draft.line_no,
            matches=matches,
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            content=draft.content,
            terms=draft.terms,
        )
        drafted._check()
        return drafted

    @property
    def owners(self) -> frozenset[str]:
        """The parties."""
        return frozenset(party.organization_id for party in self.parties)

    @property
    def match_ids(self) -> tuple[str, ...]:
        """The matches that it carries out."""
        return tuple(match.match_id for match in self.matches)

    @property
    def pending(self) -> tuple[str, ...]:
        """The parties that are still to sign, by their organisation."""
        signed = {signature.organization_id for signature in self.signatures}
        return tuple(party.organization_id for party in self.parties if party.organization_id not in signed)

    @property
    def content_hash(self) -> str:
        """SHA-256 of all that is signed."""
        # What a later release adds to the contract is left out while it has no value: old hashes must still fit.
        body = AgreementBody.model_validate(self._told()).model_dump(mode="json", exclude_defaults=True)
        text = json.dumps({**body, "content": self.content.texts}, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def revise(self, changes: DraftChanges) -> Self:
        """Change a draft."""
        self.require_draft()
        revised = changed(self, changes)
        revised._check()
        return revised

    def require_draft(self) -> None:
        """Raise `NotADraft` for an agreement that has been submitted."""
        if self.status is not AgreementStatus.DRAFT:
            raise NotADraft(status=self.status)

    def submit(self, *, on: date, warnings: tuple[Finding, ...]) -> tuple[Self, AgreementSignatureRequested]:
        """Ask every party for its signature."""
        self.require_draft()
        submitted = replace(self, status=AgreementStatus.PENDING_SIGNATURES, submitted_on=on, warnings=warnings)
        return submitted, AgreementSignatureRequested(
            agreement_id=self.id, type=self.type, pending_organization_ids=list(self.pending)
        )

    def require_out(self) -> None:
        """Raise `NotToBeSigned` unless signatures are waited for."""
        if self.status is not AgreementStatus.PENDING_SIGNATURES:
            raise NotToBeSigned(status=self.status)

    def require_pending(self, organization_id: str) -> None:
        """Raise unless this party's signature is what is waited for."""
        self.require_out()
        if organization_id not in self.pending:
            raise SignedAlready

    def sign(
        self,
        organization_id: str,
        *,
        signatory: str,
        at: datetime,
        link_id: str | None = None,
        signing_id: str | None = None,
    ) -> tuple[Self, tuple[Event, ...]]:
        """Give one party's signature. The last one signs the agreement, and activates it if it has begun."""
        self.require_pending(organization_id)
        signature = Signature(
            organization_id=organization_id,
            signatory=signatory,
            signed_at=at,
            content_hash=self.content_hash,
            link_id=link_id,
            signing_id=signing_id,
        )
        one_more = replace(self, signatures=(*self.signatures, signature))
        if one_more.pending:
            return one_more, ()
        signed = replace(one_more, status=AgreementStatus.SIGNED)
        fact = AgreementSigned.model_validate(signed._told())
        if not signed.begins_by(business_date(at)):
            return signed, (fact,)
        active, activated = signed.activate()
        return active, (fact, activated)

    def begins_by(self, day: date) -> bool:
        """Whether it is signed and its first day has come."""
        return self.status is AgreementStatus.SIGNED and self.starts_on <= day

    def is_over_on(self, day: date) -> bool:
        """Whether it is in force and its last day is over."""
        return self.status is AgreementStatus.ACTIVE and self.ends_on < day

    def activate(self) -> tuple[Self, AgreementActivated]:
        """It is in force from its first day on."""
        active = replace(self, status=AgreementStatus.ACTIVE)
        return active, AgreementActivated(agreement_id=self.id, type=self.type, effective_on=self.starts_on)

    def complete(self) -> tuple[Self, AgreementCompleted]:
        """It ran to its last day."""
        completed = replace(self, status=AgreementStatus.COMPLETED)
        return completed, AgreementCompleted(agreement_id=self.id, type=self.type, effective_on=self.ends_on)

    def terminate(self, *, reason: str, on: date) -> tuple[Self, AgreementTerminated]:
        """End it before its time. The fact names the need's line only if it held it, that is, once all had signed."""
        if self.status not in BINDING:
            raise NotInForce(status=self.status)
        terminated = replace(self, status=AgreementStatus.TERMINATED, reason=reason)
        held = self.status is not AgreementStatus.PENDING_SIGNATURES
        return terminated, AgreementTerminated(
            agreement_id=self.id,
            type=self.type,
            need_id=self.need_id if held else None,
            line_no=self.line_no if held else None,
            reason=reason,
            effective_on=on,
            before_start=self.status is not AgreementStatus.ACTIVE,
        )

    def state(self) -> AgreementState:
        """The agreement as it is now."""
        waits = self.status is AgreementStatus.PENDING_SIGNATURES
        now = {"status": self.status.value, "version": self.version}
        pending = list(self.pending) if waits else None
        return AgreementState.model_validate({**self._told(), **now, "pending_organization_ids": pending})

    def _check(self) -> None:
        require_in_order(self.starts_on, self.ends_on)
        require_terms(self.type, self.terms)

    def _told(self) -> dict[str, object]:
        return {
            "agreement_id": self.id,
            "type": self.type,
            "parties": self.parties,
            "parent_id": self.parent_id,
            "need_id": self.need_id,
            "line_no": self.line_no,
            "matches": self.matches,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "terms": self.terms,
        }
