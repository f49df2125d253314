"""What a party writes down before anybody signs: type, parties, texts, term, and what the agreement carries out."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from shared.contracts.partnership import AgreementTerms, Party
from shared.errors import Invalid
from shared.rules import Bilingual
from shared.words import AgreementType, Choice, word_of


class WrongTerms(Invalid):
    """Each type of agreement has terms of its own."""

    en = "An agreement of this type ({type}) needs these terms and no others: {needed}."
    zh = "“{type}”协议应且仅应填写以下条款：{needed}。"


_NONE: Final = Bilingual("无", "none")
WITH_TERMS: Final = frozenset({"order_class", "base_co_build", "teacher_practice"})
"""The types that have terms, which are named like the type."""
LINE_KINDS: Final = {
    "order_class": "order_class",
    "base_co_build": "co_build_base",
    "teacher_practice": "teacher_practice_posts",
    "internship_base": "internship_posts",
}
"""The kind of need line that a type carries out; a type that is not named here may carry out any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementContent:
    """The texts that PTN-03 asks for before an agreement goes to signature; empty while they are being written."""

    goals: str = ""
    content_and_form: str = ""
    rights_and_duties: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """The texts by the names that the rule gives them."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An agreement as it is put down; what it names is checked against what it is born of."""

    type: str
    parties: tuple[Party, ...]
    parent_id: str | None
    need_id: str | None
    line_no: int | None
    match_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    content: AgreementContent
    terms: AgreementTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanges:
    """A partial change of a draft; None leaves a field as it is."""

    starts_on: date | None = None
    ends_on: date | None = None
    content: AgreementContent | None = None
    terms: AgreementTerms | None = None


def require_terms(type: str, terms: AgreementTerms) -> None:
    """Raise `WrongTerms` unless the terms are those of the type."""
    given = {name for name, part in terms if part is not None}
    if given != {type} & WITH_TERMS:
        raise WrongTerms(type=word_of(AgreementType, type), needed=_wanted(type))


def _wanted(type: str) -> Choice | Bilingual:
    return Choice(word_of(AgreementType, type), type) if type in WITH_TERMS else _NONE
