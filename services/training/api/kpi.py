"""Key figures over HTTP: of internships and of teachers, by university and for the alliance, beside their targets."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import add
from typing import Annotated, Final, Self

from fastapi import Query
from pydantic import Field

from services.training import queries
from services.training.api.access import READ, WIDE
from services.training.api.view import View
from services.training.domain.directory import KnownUniversity
from services.training.domain.faculty.exchange import NOBODY, TCH_14, Exchange, exchanged_by_university, together
from services.training.domain.faculty.practice_period import TCH_04
from services.training.domain.faculty.recognition_rules.ratio import TCH_07
from services.training.domain.kpi.counts import CountsWanted
from services.training.domain.kpi.internship_kpis import InternshipCounts, internship_figures
from services.training.domain.kpi.kpi import Bound, KpiLine, KpiUnit, KpiVerdict, Measured, Period, lines
from services.training.domain.kpi.teacher_kpis import TeacherCounts, teacher_figures
from shared.contracts.ids import OrganizationId
from shared.errors import NotFound
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.rules import Rule, jurisdiction_of
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.rule_catalogue import ANYWHERE, Catalogue
from shared.web.rules import CatalogueIn, LanguageIn

router: Final = AccessRouter(tags=["key figures"])
_INTERNSHIPS: Final = allow("university_coop_office", "university_academic_office", scope=READ, alliance_wide=WIDE)
_TEACHERS: Final = allow(
    "university_hr", "university_academic_office", "university_coop_office", scope=READ, alliance_wide=WIDE
)

ReportDay = Annotated[date, Field(ge=date(2016, 1, 1), le=date(2199, 12, 31))]
"""A day of the time for which there are targets."""
Year = Annotated[int, Field(ge=2016, le=2199)]


class KpiView(View):
    """One key figure of a university or, where none is named, of the alliance.

    Without `starts_on` it is as things stand on `ends_on`. `value` and `target` are in the unit; a value is rounded to
    hundredths, away from its target. `unknown` are the things of which a fact is missing, in no denominator; `missing`
    names the facts, `message` and `remedy` what stands in the way and what would help.
    """

    university_id: str | None
    code: str
    name_zh: str
    name_en: str
    starts_on: date | None
    ends_on: date
    numerator: int | None
    denominator: int | None
    value: float | None
    unit: KpiUnit
    target: float | None
    bound: Bound | None
    verdict: KpiVerdict
    unknown: int
    missing: list[str]
    message: str | None
    remedy: str | None
    formula: str
    source: str

    @classmethod
    def of_line(cls, line: KpiLine, language: str) -> Self:
        """The view of a figure, its sentences in a language."""
        rule, told = line.rule, line.told
        document, article = rule.source.document_in(language), rule.source.article_in(language)
        return cls(
            university_id=line.university_id,
            code=line.kpi.shape.id,
            name_zh=rule.title.zh,
            name_en=rule.title.en,
            starts_on=line.period.starts_on,
            ends_on=line.period.ends_on,
            numerator=line.figure.numerator,
            denominator=line.figure.denominator,
            value=None if line.shown is None else float(line.shown),
            unit=line.kpi.unit,
            target=None if line.target is None else float(line.target),
            bound=line.kpi.target.bound if line.kpi.target and line.target is not None else None,
            verdict=line.verdict,
            unknown=line.figure.unknown,
            missing=list(line.figure.lacks),
            message=told.message.say(language) if told else None,
            remedy=told.remedy.say(language) if told and told.remedy else None,
            formula=rule.reading.say(language),
            source=f"{document}：{article}" if language == "zh" else f"{document}: {article}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """The universities of a report, and the rules they are held against; `whole` shows the alliance beside them."""

    universities: Sequence[KnownUniversity]
    whole: bool
    catalogue: Catalogue
    today: date

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(university.id for university in self.universities)

    def rule(self, id: str, on: date, university: KnownUniversity | None) -> Rule:
        """A rule as it applies at a university, or (None) in the alliance, on a day, today at the latest."""
        place = jurisdiction_of(university.region_code, university.id) if university else ANYWHERE
        return self.catalogue.rule(id, min(on, self.today), place)

    def lines(self, university: KnownUniversity | None, measured: Iterable[Measured]) -> list[KpiLine]:
        """The figures of a university or (None) of the alliance beside their targets."""
        rules = partial(self.rule, university=university)
        return list(lines(university.id if university else None, measured, rules))

    def wanted(self, period: Period, *, test: bool) -> CountsWanted:
        """What is to be counted."""
        first = period.starts_on or period.ends_on
        return CountsWanted(university_ids=self.ids, first=first, last=period.ends_on, on=self.today, test=test)


@router.get("/v1/internship-kpis", access=_INTERNSHIPS)
async def internship_kpis(
    edge: EdgeIn,
    language: LanguageIn,
    catalogue: CatalogueIn,
    page: ListIn,
    *,
    university_id: OrganizationId | None = None,
    first: Annotated[ReportDay | None, Query(alias="from")] = None,
    last: Annotated[ReportDay | None, Query(alias="to")] = None,
) -> Page[KpiView]:
    """The key figures of internships between two days, this year's so far if none is named.

    A university's are its own. Whoever sees all of them sees each and, first, the alliance as a whole.
    """
    ends_on = last or max(edge.today, first or edge.today)
    period = Period.between(first or date(ends_on.year, 1, 1), ends_on)
    scope = await _scope(edge, catalogue, university_id)
    counts = await edge.read(queries.internship_counts, scope.wanted(period, test=edge.who.test))

    def of(counted: InternshipCounts) -> Iterable[Measured]:
        return internship_figures(counted, period, on=edge.today)

    whole = scope.lines(None, of(reduce(add, counts.values(), InternshipCounts()))) if scope.whole else []
    each = [line for university in scope.universities for line in scope.lines(university, of(counts[university.id]))]
    return await _paged(edge, [*whole, *each], language, page)


@router.get("/v1/teacher-kpis", access=_TEACHERS)
async def teacher_kpis(
    edge: EdgeIn,
    language: LanguageIn,
    catalogue: CatalogueIn,
    page: ListIn,
    *,
    university_id: OrganizationId | None = None,
    year: Year | None = None,
) -> Page[KpiView]:
    """The key figures of teachers in a calendar year, this one if none is named; some are as things stand today.

    A university's are its own. Whoever sees all of them sees each and, first, the alliance as a whole.
    """
    wanted = year or edge.today.year
    period = Period.between(date(wanted, 1, 1), date(wanted, 12, 31))
    scope = await _scope(edge, catalogue, university_id)
    counts = await edge.read(queries.teacher_counts, scope.wanted(period, test=edge.who.test))
    exchange = await _exchange(edge, scope, wanted)

    def of(counted: TeacherCounts, people: Exchange, university: KnownUniversity | None) -> list[KpiLine]:
        kinds = scope.rule(TCH_07.id, edge.today, university).names("counted_kinds")
        return scope.lines(university, teacher_figures(counted, people, period, on=edge.today, kinds=kinds))

    everybody = reduce(add, counts.values(), TeacherCounts())
    whole = of(everybody, together(exchange.values()), None) if scope.whole else []
    each = [line for one in scope.universities for line in of(counts[one.id], exchange.get(one.id, NOBODY), one)]
    return await _paged(edge, [*whole, *each], language, page)


async def _scope(edge: Edge, catalogue: Catalogue, university_id: str | None) -> _Scope:
    """Of whom the caller may see the figures. Raises `NotFound` for a stranger's, and for whatever is no university."""
    wide = edge.who.alliance_wide
    wanted = university_id or (None if wide else edge.organization_id)
    if not (wide or wanted in edge.who.identities):
        raise NotFound(kind="organization")
    found = await edge.read(queries.universities, wanted)
    if wanted is not None and not found:
        raise NotFound(kind="organization")
    return _Scope(universities=found, whole=wanted is None, catalogue=catalogue, today=edge.today)


async def _exchange(edge: Edge, scope: _Scope, year: int) -> dict[str, Exchange]:
    """Who taught and who practised in a year, by university, counted alike for all of them."""
    rule, counting = (scope.rule(shape.id, date(year, 12, 31), None) for shape in (TCH_14, TCH_04))
    ids = None if scope.whole else scope.ids
    engagements = await edge.read(queries.engagements_in, year, edge.who.test, ids)
    practices = await edge.read(queries.practices_in, year, edge.who.test, counting, ids)
    # Days are counted off the loop, so that a large year holds up nobody.
    return await asyncio.to_thread(exchanged_by_university, year, engagements, practices, rule=rule, counting=counting)


async def _paged(edge: Edge, found: Sequence[KpiLine], language: str, page: PageWanted) -> Page[KpiView]:
    async def listed(page: PageWanted) -> Page[KpiView]:
        left = [line for line in found if _place(line) > (page.cursor or "")]
        items = [KpiView.of_line(line, language) for line in left[: page.limit]]
        return Page(items=items, next=_place(left[page.limit - 1]) if left[page.limit :] else None)

    return await edge.pages(listed, page)


def _place(line: KpiLine) -> str:
    """Where a figure stands in the report: the alliance first, then universities by id."""
    return f"{line.university_id or ''}/{line.kpi.shape.id}"
