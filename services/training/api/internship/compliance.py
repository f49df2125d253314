"""How placements stand with the rules over HTTP: the matrix of one, and the board of those that need somebody."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final, Self

from fastapi import Query

from services.training import queries
from services.training.api.access import READ, WIDE
from services.training.api.view import View
from services.training.domain.internship.exception_board import BoardWanted, ExceptionKind, PlacementException
from services.training.domain.internship.placement import Placement
from shared.contracts.ids import PlacementId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.rules import Decision, Finding
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.rules import LanguageIn

router: Final = AccessRouter(tags=["placements"])
_OFFICES: Final = allow("university_coop_office", "university_academic_office", scope=None, alliance_wide=WIDE)
_READ: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "enterprise_admin",
    "teacher",
    "student",
    scope=READ,
    alliance_wide=WIDE,
)
_LOOKED_AT: Final = 200
"""So many placements are judged for one page."""
_NUMBERS: Final = frozenset({"number", "policy_no", "report_no", "meeting_ref", "consent_id"})
"""What papers are called by in the facts of rules."""


class MissingFactView(View):
    """A fact without which a rule cannot be judged, and the role that can give it."""

    fact: str
    giver: str


class RuleLineView(View):
    """What one rule says in the caller's language. `evidence` are the numbers of the papers that it was shown."""

    rule: str
    version: str
    severity: str
    verdict: str
    message: str
    actual: int | str | None
    limit: int | str | None
    remedy: str | None
    missing: list[MissingFactView]
    evidence: list[str]
    approver_role: str | None
    reason: str | None

    @classmethod
    def of_finding(cls, finding: Finding, language: str, facts: object = None) -> Self:
        """The line of a finding."""
        same = {name: getattr(finding, name) for name in ("rule", "version", "actual", "limit", "missing")}
        return cls.model_validate(
            {
                **same,
                "severity": finding.severity.value,
                "verdict": finding.verdict.value,
                "message": finding.message.say(language),
                "remedy": finding.remedy.say(language) if finding.remedy else None,
                "evidence": list(dict.fromkeys(_numbers(facts))),
                "approver_role": finding.approval.approver_role if finding.approval else None,
                "reason": finding.approval.reason if finding.approval else None,
            }
        )


class ComplianceView(View):
    """A placement against the rules, as it was judged last; without lines it has never been."""

    placement_id: str
    status: str
    decision_id: str | None
    judged_on: date | None
    lines: list[RuleLineView] = []

    @classmethod
    def of_placement(cls, placement: Placement) -> Self:
        """The view of a placement, still without its lines."""
        judgement = placement.judgement
        return cls(
            placement_id=placement.id,
            status=placement.status.value,
            decision_id=judgement.decision_id if judgement else None,
            judged_on=judgement.judged_on if judgement else None,
        )

    def with_lines(self, decision: Decision, language: str) -> Self:
        """The same with what the decision says of each rule."""
        lines = [
            RuleLineView.of_finding(finding, language, decision.inputs.get(finding.rule))
            for finding in decision.findings
        ]
        return self.model_copy(update={"lines": lines})


class PlacementExceptionView(View):
    """A placement with all that is the matter with it, in the caller's language."""

    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    post_id: str
    supervisor_id: str | None
    status: str
    starts_on: date
    ends_on: date
    kinds: list[str]
    findings: list[RuleLineView]
    missing_papers: list[str]
    overdue_weeks: list[date]
    termination_requested_on: date | None

    @classmethod
    def of_exception(cls, exception: PlacementException, language: str) -> Self:
        """The view of an exception."""
        placement, request = exception.placement, exception.placement.termination_request
        same = {name: getattr(placement, name) for name in cls.model_fields if hasattr(placement, name)}
        return cls.model_validate(
            {
                **same,
                "placement_id": placement.id,
                "kinds": [kind.value for kind in exception.kinds],
                "findings": [RuleLineView.of_finding(finding, language) for finding in exception.findings],
                "missing_papers": list(exception.missing_papers),
                "overdue_weeks": list(exception.overdue_weeks),
                "termination_requested_on": request.requested_on if request else None,
            }
        )


@router.get("/v1/placements/{placement_id}/compliance", access=_READ)
async def compliance(placement_id: PlacementId, edge: EdgeIn, language: LanguageIn) -> ComplianceView:
    """Rule by rule what was found at the last check, of which papers, and what would make it pass."""
    shown = await edge.show(Placement, placement_id, ComplianceView.of_placement)
    decision = await edge.read(queries.decision_of, shown.decision_id) if shown.decision_id else None
    return shown.with_lines(decision, language) if decision else shown


@router.get("/v1/placement-exceptions", access=_OFFICES)
async def placement_exceptions(
    edge: EdgeIn,
    language: LanguageIn,
    page: ListIn,
    *,
    kind: ExceptionKind | None = None,
    soon_days: Annotated[int, Query(ge=0, le=366)] = 14,
) -> Page[PlacementExceptionView]:
    """The placements of one's university that need somebody: blocked, lacking facts or papers, late, ending soon.

    A page may be shorter than its limit, even empty, and still have a `next`: it looks at so many placements at once.
    """
    universities = universities_of(edge)

    async def listed(page: PageWanted) -> Page[PlacementExceptionView]:
        wanted = BoardWanted(
            university_ids=universities,
            after=page.cursor or "",
            limit=min(page.limit, _LOOKED_AT),
            kind=kind,
            on=edge.today,
            soon=timedelta(days=soon_days),
        )
        found, following = await edge.read(queries.placement_exceptions, wanted)
        items = [PlacementExceptionView.of_exception(exception, language) for exception in found]
        return Page(items=items, next=following)

    return await edge.pages(listed, page, Placement)


def universities_of(edge: EdgeIn) -> frozenset[str] | None:
    """Whose placements the caller may have listed; None is everybody's."""
    return None if edge.who.alliance_wide else frozenset({edge.organization_id})


def _numbers(facts: Any) -> Iterator[str]:
    """The numbers of all papers in the facts of a rule."""
    if isinstance(facts, Mapping):
        for name, value in facts.items():
            if name in _NUMBERS and isinstance(value, str):
                yield value
            else:
                yield from _numbers(value)
    elif isinstance(facts, list | tuple):
        for value in facts:
            yield from _numbers(value)
