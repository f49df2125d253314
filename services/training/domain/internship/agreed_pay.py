"""What signed papers say of a student's pay does not change under them: it is amended, and they are given anew."""

from collections.abc import Iterable
from typing import Final

from services.training.domain.internship.consent import Consent, last_answers, standing
from services.training.domain.internship.internship_paper import ConsentPaper, TripartitePaper
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import PayTerms
from shared.documents.signing.round import SigningRound
from shared.documents.signing.terms import RoundStatus
from shared.errors import Conflict
from shared.words import Verbatim

_NAMING_PAY: Final = frozenset({TripartitePaper.kind, ConsentPaper.kind})
"""The papers in which days and pay stand."""


class PayAgreed(Conflict):
    """Pay that somebody has agreed to in writing is changed by an amendment only."""

    en = (
        "The pay stands in papers that are signed, consented to or out for signature. Amend the placement instead: "
        "POST /v1/placements/{placement_id}/amendment has these papers given anew."
    )
    zh = (
        "报酬已写入已签署、已同意或正在签署的材料，不能直接修改。"
        "请办理实习变更（POST /v1/placements/{placement_id}/amendment），变更后有关材料须重新签署。"
    )


def still_signed(rounds: Iterable[SigningRound]) -> tuple[SigningRound, ...]:
    """The rounds in which papers that name days and pay are out for signature."""
    return tuple(round for round in rounds if round.status is RoundStatus.OPEN and round.document_kind in _NAMING_PAY)


def require_pay_open(
    placement: Placement, pay: PayTerms, *, consents: Iterable[Consent], rounds: Iterable[SigningRound]
) -> None:
    """Raise `PayAgreed` for another pay than the one that stands in a paper."""
    if pay == placement.pay:
        return
    consented = any(answer.given for answer in last_answers(standing(consents, placement)).values())
    if placement.papers.tripartite is not None or consented or still_signed(rounds):
        raise PayAgreed(placement_id=Verbatim(placement.id))
