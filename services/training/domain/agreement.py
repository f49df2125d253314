"""What training remembers of an agreement: who is party to it, when it holds, and whether it is in force."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from shared.contracts.partnership import AgreementSigned
from shared.errors import Conflict, Invalid, State
from shared.kernel.aggregate import Aggregate
from shared.words import Worded


class AgreementNotActive(Conflict):
    """Nothing that an agreement plans may start before it is in force, or after it was ended."""

    en = "The agreement is {status}; this may start once it is active and as long as it is."
    zh = "协议当前状态为{status}；须在协议生效期间方可开始。"


class OutsideAgreement(Invalid):
    """What is planned under an agreement lies inside its term."""

    en = "The agreement runs from {first} to {last}; choose dates within it."
    zh = "协议期限为 {first} 至 {last}，请选择期限内的日期。"


class NotParty(Invalid):
    """An agreement binds its parties only."""

    en = "This organisation is not a party of the agreement in that role; name one that is."
    zh = "该组织不是协议中的相应当事方，请填写协议当事方。"


class TermsMissing(Invalid):
    """An agreement of this type plans nothing without its terms."""

    en = "An agreement on this ({type}) names its terms and at least one {role}."
    zh = "“{type}”协议须载明条款，并至少有一个{role}当事方。"


class PartyRole(Worded):
    """What an organisation is in an agreement that plans something here."""

    UNIVERSITY = "university", "学校", "university"
    ENTERPRISE = "enterprise", "企业", "enterprise"


class AgreementStatus(State):
    """How far an agreement has come, as far as training has heard."""

    SIGNED = "signed", "已签署", "signed, and not in force yet"
    ACTIVE = "active", "生效中", "active"
    ENDED = "ended", "已终止", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Aggregate):
    """A signed agreement that plans something here. Partnership owns it; `id` is its id there."""

    kind: ClassVar[str] = "agreement"
    agreement_type: str
    party_ids: tuple[str, ...]
    university_ids: tuple[str, ...]
    enterprise_ids: tuple[str, ...]
    need_id: str | None
    line_no: int | None
    starts_on: date
    ends_on: date
    status: AgreementStatus

    @classmethod
    def signed(cls, event: AgreementSigned, *, story: str) -> Self:
        """Remember an agreement of which all parties have signed."""
        return cls(
            id=event.agreement_id,
            story=story,
            agreement_type=event.type,
            party_ids=tuple(party.organization_id for party in event.parties),
            university_ids=_in_role(event, PartyRole.UNIVERSITY),
            enterprise_ids=_in_role(event, PartyRole.ENTERPRISE),
            need_id=event.need_id,
            line_no=event.line_no,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            status=AgreementStatus.SIGNED,
        )

    @property
    def owners(self) -> frozenset[str]:
        """All parties."""
        return frozenset(self.party_ids)

    def activate(self) -> Self:
        """It is in force; one that was ended stays ended."""
        return self if self.status is AgreementStatus.ENDED else replace(self, status=AgreementStatus.ACTIVE)

    def end(self) -> Self:
        """It is no longer in force."""
        return replace(self, status=AgreementStatus.ENDED)

    def require_active(self) -> None:
        """Raise `AgreementNotActive` unless it is in force."""
        if self.status is not AgreementStatus.ACTIVE:
            raise AgreementNotActive(status=self.status)

    def require_within(self, starts_on: date, ends_on: date) -> None:
        """Raise `OutsideAgreement` unless it runs on all days from the first to the last, both included."""
        if starts_on < self.starts_on or ends_on > self.ends_on:
            raise OutsideAgreement(first=self.starts_on, last=self.ends_on)


def _in_role(event: AgreementSigned, role: PartyRole) -> tuple[str, ...]:
    return tuple(party.organization_id for party in event.parties if party.role == role)
