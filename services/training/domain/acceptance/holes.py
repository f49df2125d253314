"""What is still open before a base can be accepted: each hole says what is wrong and what would close it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.training.domain.acceptance.base_papers import BasePaper
from services.training.domain.acceptance.case import AcceptanceCase, RuleSaid
from services.training.domain.agreement import AgreementStatus
from services.training.domain.training_base import BEFORE_BUILDING, BaseStatus
from shared.documents.checklist import Line, Standing
from shared.rules import Bilingual, Finding, Verdict
from shared.words import Worded


class HoleKind(Worded):
    """What a hole is in."""

    STATUS = "status", "建设进度", "progress"
    AGREEMENT = "agreement", "协议", "agreement"
    CONFIRMATION = "confirmation", "企业确认", "confirmation"
    RULE = "rule", "规则", "rule"
    PAPER = "paper", "佐证材料", "paper"
    PLACES = "places", "工位与岗位", "places"


class Weight(Worded):
    """How much a hole weighs."""

    REFUSES = "refuses", "不予通过", "refuses"
    LACKS = "lacks", "待补齐", "lacks"
    TELLS = "tells", "提示", "tells"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Something that is open. `subject` names the rule, the kind of paper or the organisation that it is about."""

    kind: HoleKind
    weight: Weight
    subject: str
    said: Bilingual


_NOT_BEGUN = Bilingual(
    "基地尚未开工建设，请由运营方先办理开工。", "Building has not begun; the operator begins it first."
)
_CLOSED = Bilingual("基地已关闭，不再验收。", "The base is closed and will not be accepted any more.")
_NOT_SIGNED = Bilingual(
    "共建协议尚未生效，须在协议生效后方可建设。",
    "The agreement on the base is not in force yet; the base is built once it is.",
)
_ENDED = Bilingual("共建协议已终止，请另行签订协议。", "The agreement on the base was ended; agree on the base anew.")
_NO_PLACES = Bilingual(
    "基地未登记工位，也没有开放的实习岗位，请至少补充其中一项。",
    "The base has neither stations nor open posts; enter one of the two.",
)
_STANDINGS = {
    Standing.MISSING: (Weight.LACKS, Bilingual("缺少{}，请上传。", "There is no {}; upload it.")),
    Standing.EXPIRED: (Weight.LACKS, Bilingual("{}已过期，请更新。", "The {} has expired; upload a new one.")),
    Standing.EXPIRING: (Weight.TELLS, Bilingual("{}即将到期，请及时更新。", "The {} expires soon; renew it in time.")),
}
_SILENT = {Verdict.PASS, Verdict.OVERRIDDEN}


def holes_of(case: AcceptanceCase, rules: Iterable[RuleSaid], papers: Iterable[Line]) -> tuple[Hole, ...]:
    """All holes, the weightiest first; a base that is closed has but one."""
    if case.base.status is BaseStatus.CLOSED:
        return (Hole(kind=HoleKind.STATUS, weight=Weight.REFUSES, subject=case.base.id, said=_CLOSED),)
    found = [*_status(case), *_agreement(case), *_rules(rules), *_confirmations(case), *_papers(papers), *_places(case)]
    return tuple(sorted(found, key=lambda hole: list(Weight).index(hole.weight)))


def is_complete(holes: Sequence[Hole]) -> bool:
    """Whether nothing is lacking; what only tells something does not count."""
    return all(hole.weight is Weight.TELLS for hole in holes)


def _status(case: AcceptanceCase) -> Iterator[Hole]:
    if case.base.status in BEFORE_BUILDING:
        yield Hole(kind=HoleKind.STATUS, weight=Weight.REFUSES, subject=case.base.id, said=_NOT_BEGUN)


def _agreement(case: AcceptanceCase) -> Iterator[Hole]:
    if case.base.agreement_id is None:
        return
    status = case.agreement.status if case.agreement else AgreementStatus.SIGNED
    if status is not AgreementStatus.ACTIVE:
        weight = Weight.REFUSES if case.base.status in BEFORE_BUILDING else Weight.LACKS
        said = _ENDED if status is AgreementStatus.ENDED else _NOT_SIGNED
        yield Hole(kind=HoleKind.AGREEMENT, weight=weight, subject=case.base.agreement_id, said=said)


def _rules(rules: Iterable[RuleSaid]) -> Iterator[Hole]:
    for said in rules:
        finding = said.finding
        if finding.verdict in _SILENT:
            continue
        weight = Weight.REFUSES if finding.refuses else Weight.TELLS
        yield Hole(kind=HoleKind.RULE, weight=weight, subject=finding.rule, said=_with_remedy(finding))


def _with_remedy(finding: Finding) -> Bilingual:
    message, remedy = finding.message, finding.remedy
    return Bilingual(message.zh + remedy.zh, f"{message.en} {remedy.en}") if remedy else message


def _confirmations(case: AcceptanceCase) -> Iterator[Hole]:
    for enterprise_id in case.base.invited_ids:
        if enterprise_id not in case.base.enterprise_ids:
            known = case.organizations.get(enterprise_id)
            name = known.name_zh if known else enterprise_id
            said = Bilingual(f"{name}尚未确认参与。", f"{name} has not confirmed that it takes part.")
            yield Hole(kind=HoleKind.CONFIRMATION, weight=Weight.TELLS, subject=enterprise_id, said=said)


def _papers(papers: Iterable[Line]) -> Iterator[Hole]:
    for line in papers:
        if line.standing in _STANDINGS:
            weight, said = _STANDINGS[line.standing]
            paper = BasePaper(line.needed.kind)
            named = Bilingual(said.zh.format(paper.zh), said.en.format(paper.en))
            yield Hole(kind=HoleKind.PAPER, weight=weight, subject=line.needed.kind, said=named)


def _places(case: AcceptanceCase) -> Iterator[Hole]:
    if not case.base.stations and not case.offered.posts:
        yield Hole(kind=HoleKind.PLACES, weight=Weight.LACKS, subject=case.base.id, said=_NO_PLACES)
