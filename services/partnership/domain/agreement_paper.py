"""What stands on the paper of an agreement: what its parties sign by hand, and nothing that changes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from services.partnership.domain.agreement import Agreement, AgreementStatus
from services.partnership.domain.organization import Organization
from shared.contracts.partnership import BaseCoBuildTerms, OrderClassTerms
from shared.errors import Conflict

_BP_OF_A_PERCENT: Final = 100


class PaperOfADraft(Conflict):
    """While an agreement is a draft its words may still change."""

    en = "The agreement is a draft; submit it for signature, then its paper can be printed."
    zh = "协议尚为草案，请先提交签署，再生成协议文本。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperParty:
    """A party as its register entry names it."""

    name: str
    name_en: str | None
    uscc: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClassPart:
    """What an order class is to be, the share of graduates to be hired in percent."""

    programme_id: str
    occupation_code: str
    headcount: int
    hire_percent: str

    @classmethod
    def of(cls, terms: OrderClassTerms) -> Self:
        """The terms as they are printed."""
        percent, rest = divmod(terms.hire_bp, _BP_OF_A_PERCENT)
        return cls(
            programme_id=terms.programme_id,
            occupation_code=terms.occupation_code,
            headcount=terms.headcount,
            hire_percent=f"{percent}.{rest:02}".rstrip("0").rstrip(".") if rest else str(percent),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePart:
    """What base is to be built together."""

    base_kind: str
    operator: str
    industry_codes: tuple[str, ...]
    functions: tuple[str, ...]

    @classmethod
    def of(cls, terms: BaseCoBuildTerms, organizations: Mapping[str, Organization]) -> Self:
        """The terms as they are printed."""
        return cls(
            base_kind=terms.base_kind,
            operator=organizations[terms.operator_id].name_zh,
            industry_codes=tuple(terms.industry_codes),
            functions=tuple(terms.functions),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPaper:
    """The paper of an agreement. `content_hash` is what signatures through the platform are given under."""

    kind: ClassVar[str] = "agreement_paper"
    code: ClassVar[str] = "AGR"
    title_zh: ClassVar[str] = "校企合作协议"
    title_en: ClassVar[str] = "Agreement on Cooperation"
    reference: str
    type: str
    parties: tuple[PaperParty, ...]
    goals: str
    content_and_form: str
    rights_and_duties: str
    order_class: OrderClassPart | None
    base_co_build: BasePart | None
    practice_seats: int | None
    starts_on: date
    ends_on: date
    content_hash: str

    @classmethod
    def of(cls, agreement: Agreement, organizations: Mapping[str, Organization]) -> Self:
        """The paper of an agreement that was submitted, with its parties' entries by id. Raises `PaperOfADraft`."""
        if agreement.status is AgreementStatus.DRAFT:
            raise PaperOfADraft
        terms = agreement.terms
        return cls(
            reference=agreement.id,
            type=agreement.type,
            parties=tuple(_party(organizations[party.organization_id], role=party.role) for party in agreement.parties),
            **agreement.content.texts,
            order_class=OrderClassPart.of(terms.order_class) if terms.order_class else None,
            base_co_build=BasePart.of(terms.base_co_build, organizations) if terms.base_co_build else None,
            practice_seats=terms.teacher_practice.seats if terms.teacher_practice else None,
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            content_hash=agreement.content_hash,
        )


def _party(organization: Organization, *, role: str) -> PaperParty:
    return PaperParty(name=organization.name_zh, name_en=organization.name_en, uscc=organization.uscc, role=role)
