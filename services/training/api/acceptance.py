"""The acceptance pack of a base over HTTP: all that a committee looks at, in one answer and as a paper."""

from datetime import date, timedelta
from typing import Any, Final, Self

from services.training import queries
from services.training.api.access import OFFICE, READ
from services.training.api.internship.compliance import RuleLineView
from services.training.api.view import View
from services.training.domain.acceptance.base_papers import base_papers_needed
from services.training.domain.acceptance.pack import AcceptancePack
from services.training.domain.acceptance.pack_parts import (
    Applied,
    PackAgreement,
    PackBase,
    PackHole,
    PackPaper,
    PackRule,
)
from services.training.domain.base_functions import BAS_02
from services.training.domain.base_rules import BAS_01
from services.training.domain.training_base import TrainingBase
from shared.contracts.ids import BaseId
from shared.documents.checklist import checklist
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.papers.paper import Language, Paper
from shared.web.documents.views import DocumentView
from shared.web.edge import Edge, EdgeIn
from shared.web.papers import PrintBody, PrinterIn
from shared.web.rule_catalogue import Catalogue
from shared.web.rules import CatalogueIn, LanguageIn
from shared.words import Word

router: Final = AccessRouter(tags=["bases"])
PACK_READERS: Final = allow(
    "base_operator",
    "enterprise_admin",
    "university_coop_office",
    "university_academic_office",
    scope=READ,
    alliance_wide=OFFICE,
)
"""Whose the base is, and the office: what its parties agreed and handed in is for nobody else."""
PACK_PRINTERS: Final = allow("base_operator", scope=None, alliance_wide=OFFICE)
_SOON: Final = timedelta(days=30)


class PackBaseView(View):
    """What the base is."""

    name: str
    kind: str
    status: str
    partial: bool | None
    functions: list[str]
    industry_codes: list[str]
    skills: list[str]
    stations: int
    region_code: str
    open_scope: str
    host_base_id: str | None

    @classmethod
    def of_base(cls, base: PackBase) -> Self:
        """The view of the base, in codes."""
        same = {name: getattr(base, name) for name in cls.model_fields}
        codes = {name: each.code for name, each in same.items() if isinstance(each, Word)}
        return cls.model_validate({**same, **codes, "functions": [each.code for each in base.functions]})


class PackPartyView(View):
    """An organisation of the base. `confirmed_on` is when an enterprise first said that it takes part."""

    organization_id: str
    name: str | None
    industry_code: str | None
    operates: bool
    invited: bool
    confirmed: bool
    confirmed_on: date | None


class PackAgreementView(View):
    """The agreement behind the base; of one that has not arrived here yet only the id is known."""

    agreement_id: str
    status: str | None
    starts_on: date | None
    ends_on: date | None
    need_id: str | None

    @classmethod
    def of_agreement(cls, agreement: PackAgreement) -> Self:
        """The view of an agreement."""
        same = {name: getattr(agreement, name) for name in cls.model_fields}
        return cls.model_validate({**same, "status": agreement.status.code if agreement.status else None})


class PackRuleView(RuleLineView):
    """What a rule says today, of which `facts`; `evidence` are the papers on its line of the checklist.

    `decision_id` is the decision on it that was kept last.
    """

    facts: dict[str, Any]
    decision_id: str | None
    decided_on: date | None

    @classmethod
    def of_rule(cls, rule: PackRule, papers: tuple[PackPaper, ...], language: str) -> Self:
        """The view of a rule, with the papers that it is shown."""
        line = RuleLineView.of_finding(rule.finding, language).model_dump()
        shown = [paper.number or paper.document_id for paper in papers if paper.rule == rule.finding.rule]
        more = {name: getattr(rule, name) for name in ("facts", "decision_id", "decided_on")}
        return cls.model_validate({**line, **more, "evidence": [each for each in shown if each]})


class PackPaperView(View):
    """A paper that the base needs: there, missing, expired, or expiring within thirty days."""

    kind: str
    title: str
    standing: str
    rule: str | None
    number: str | None
    valid_to: date | None
    document_id: str | None

    @classmethod
    def of_paper(cls, paper: PackPaper, language: str) -> Self:
        """The view of a line of the checklist."""
        same = {name: getattr(paper, name) for name in cls.model_fields if hasattr(paper, name)}
        title = paper.kind.say(language)
        return cls.model_validate({**same, "kind": paper.kind.code, "title": title, "standing": paper.standing.code})


class PackPostView(View):
    """An open post at the base, and how many interns are on it today."""

    post_id: str
    enterprise_id: str
    title: str
    occupation_code: str
    site: str
    places: int
    present: int


class PackPostsView(View):
    """The open posts at the base: how many, with how many places, and the first two hundred of them."""

    posts: int
    places: int
    listed: list[PackPostView]


class AppliedView(View):
    """What the base has been used for, by status: internships on its posts, and what was agreed in its story."""

    placements: dict[str, int]
    cohorts: dict[str, int]
    trainees: int
    practices: dict[str, int]
    verified_days: int

    @classmethod
    def of_applied(cls, applied: Applied) -> Self:
        """The view of the counts."""
        counted = ("placements", "cohorts", "practices")
        by_status = {name: {status.code: count for status, count in getattr(applied, name)} for name in counted}
        return cls(**by_status, trainees=applied.trainees, verified_days=applied.verified_days)


class HoleView(View):
    """Something that is open: it refuses, it lacks, or it only tells. `subject` is what it is about."""

    kind: str
    weight: str
    subject: str
    message: str

    @classmethod
    def of_hole(cls, hole: PackHole, language: str) -> Self:
        """The view of a hole."""
        return cls(kind=hole.kind.code, weight=hole.weight.code, subject=hole.subject, message=hole.said.say(language))


class AcceptancePackView(View):
    """A base as a committee looks at it today. `complete`: nothing refuses and nothing is lacking.

    `number` is what the paper that says this bears in the caller's language.
    """

    base_id: str
    on: date
    number: str
    complete: bool
    base: PackBaseView
    parties: list[PackPartyView]
    agreement: PackAgreementView | None
    rules: list[PackRuleView]
    papers: list[PackPaperView]
    posts: PackPostsView
    applied: AppliedView
    holes: list[HoleView]

    @classmethod
    def of_pack(cls, pack: AcceptancePack, language: Language) -> Self:
        """The view of a pack in a language."""
        return cls(
            base_id=pack.reference,
            on=pack.on,
            number=Paper(pack, language).number,
            complete=pack.complete,
            base=PackBaseView.of_base(pack.base),
            parties=[PackPartyView.of(party) for party in pack.parties],
            agreement=PackAgreementView.of_agreement(pack.agreement) if pack.agreement else None,
            rules=[PackRuleView.of_rule(rule, pack.papers, language) for rule in pack.rules],
            papers=[PackPaperView.of_paper(paper, language) for paper in pack.papers],
            posts=PackPostsView.of(pack.posts),
            applied=AppliedView.of_applied(pack.applied),
            holes=[HoleView.of_hole(hole, language) for hole in pack.holes],
        )


@router.get("/v1/bases/{base_id}/acceptance-pack", access=PACK_READERS)
async def acceptance_pack(
    base_id: BaseId, edge: EdgeIn, catalogue: CatalogueIn, language: LanguageIn
) -> AcceptancePackView:
    """What a base is, who stands behind it, what rules and papers say, what came of it, and what is open."""
    base = await edge.own(TrainingBase, base_id)
    pack = await _pack(base, edge, catalogue)
    return AcceptancePackView.of_pack(pack, "zh" if language == "zh" else "en")


@router.post("/v1/bases/{base_id}/papers", status_code=201, access=PACK_PRINTERS)
async def print_pack(
    base_id: BaseId, body: PrintBody, edge: EdgeIn, catalogue: CatalogueIn, printer: PrinterIn
) -> DocumentView:
    """Print the acceptance pack as it stands today."""
    base = await edge.own(TrainingBase, base_id)
    return await printer.print(await _pack(base, edge, catalogue), body.language, about=base)


async def _pack(base: TrainingBase, edge: Edge, catalogue: Catalogue) -> AcceptancePack:
    case = await edge.read(queries.acceptance_case, base, edge.today)
    sector, functions = (catalogue.rule(shape.id, edge.today, case.jurisdiction) for shape in (BAS_01, BAS_02))
    lines = checklist(base_papers_needed(base, edge.today), case.documents, on=edge.today, soon=_SOON)
    said = (case.sector(sector), case.functions(functions))
    return AcceptancePack.of(case, said, tuple(lines), on=edge.today)
