"""The rules of a service, for everybody who is signed in: what they say and where they come from, and to try them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Final

from fastapi import Depends, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from shared.identity.access import allow
from shared.identity.principal import MACHINE, ROLES
from shared.identity.router import AccessRouter
from shared.rules.rule import Confidence
from shared.rules.stating import FactsError, read_facts
from shared.rules.trial import Facts, Trial
from shared.rules.verdict import Finding, Severity
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.problems import language_of
from shared.web.refusals import TooLarge
from shared.web.rule_catalogue import Catalogue, place_named
from shared.web.rule_views import RuleLine, RuleView, TrialView
from shared.web.service import Service

MAX_TRIAL_BYTES: Final = 512 * 1024
LONGEST_LIST: Final = 2000

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Place = Annotated[str, Field(min_length=2, max_length=64)]
RuleId = Annotated[str, Path(max_length=16)]


class TrialTooLarge(TooLarge):
    """A trial is one question about one case."""

    en = "The facts are too large; send at most 512 KiB at once, or try them with the command line."
    zh = "事实材料过大，单次最多 512 KiB；也可用命令行试算。"


class TrialAsked(BaseModel):
    """What a rule is asked: raw facts by its schema, the business date (today if left out), and the place."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    facts: dict[str, JsonValue]
    on: Day | None = None
    jurisdiction: Place | None = None


def rules_router(service: Service) -> AccessRouter:
    """The routes of a service's rules."""
    router = AccessRouter(tags=["rules"])
    access = allow(*sorted(ROLES - {MACHINE}), scope=f"{service.name}:read")
    # One at a time: a trial is arithmetic, and must not take the processor from the commands.
    turn = asyncio.Lock()

    @router.get("/v1/rules", access=access)
    async def rules(
        wanted: WantedIn, asked: PlaceIn, catalogue: CatalogueIn, language: LanguageIn, edge: EdgeIn
    ) -> Page[RuleLine]:
        """The rules that apply on a business date in a place, by id."""
        lines = [line for line in catalogue.lines(asked.on, asked.jurisdiction, language) if wanted.fits(line)]
        return await edge.pages(partial(_page, lines), wanted.page)

    @router.get("/v1/rules/{rule_id}", access=access)
    async def rule(rule_id: RuleId, asked: PlaceIn, catalogue: CatalogueIn, language: LanguageIn) -> RuleView:
        """One rule: its numbers with their source, how sure it is, how it is read, and the schema of its facts."""
        return catalogue.shown(rule_id, asked.on, asked.jurisdiction, language)

    @router.post("/v1/rules/{rule_id}/trials", access=access, dependencies=[Depends(_small)])
    async def try_rule(
        rule_id: RuleId, body: TrialAsked, edge: EdgeIn, catalogue: CatalogueIn, language: LanguageIn
    ) -> TrialView:
        """What the rule says of stated facts. Nothing is changed and nothing is kept."""
        on, jurisdiction = body.on or edge.today, place_named(body.jurisdiction)
        trial = catalogue.trial(rule_id)
        facts, calendar = _facts(trial, body.facts), await edge.read(service.calendar)

        def judge() -> Finding:
            return catalogue.judge(trial, facts, on=on, jurisdiction=jurisdiction, calendar=calendar)

        async with turn:
            finding = await asyncio.to_thread(judge)
        rule = catalogue.rule(rule_id, on, jurisdiction)
        return TrialView.of(finding, rule, facts, language, on=on, jurisdiction=jurisdiction)

    return router


async def _page(lines: Sequence[RuleLine], page: PageWanted) -> Page[RuleLine]:
    left = [line for line in lines if line.id > (page.cursor or "")]
    return Page(items=left[: page.limit], next=left[page.limit - 1].id if left[page.limit :] else None)


class RulesWanted(BaseModel):
    """Which rules of the catalogue are asked for, and which page of them."""

    model_config = ConfigDict(frozen=True)

    page: PageWanted
    severity: Severity | None
    confidence: Confidence | None
    text: str | None

    def fits(self, line: RuleLine) -> bool:
        """Whether a rule is one of them."""
        if self.text is not None and self.text.lower() not in f"{line.id} {line.title}".lower():
            return False
        return self.severity in {None, line.severity} and self.confidence in {None, line.confidence}


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """The business date and the jurisdiction of a question."""

    on: date
    jurisdiction: str


async def _wanted(
    page: ListIn,
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    text: Annotated[str | None, Query(max_length=100)] = None,
) -> RulesWanted:
    return RulesWanted(page=page, severity=severity, confidence=confidence, text=text)


async def _place(edge: EdgeIn, on: Day | None = None, jurisdiction: Place | None = None) -> PlaceAsked:
    return PlaceAsked(on or edge.today, place_named(jurisdiction))


async def _catalogue(request: Request, edge: EdgeIn) -> Catalogue:
    rulebook = await edge.read(request.app.state.runtime.works.rulebook)
    return Catalogue(request.app.state.service, rulebook)


async def _language(request: Request) -> str:
    return language_of(request)


async def _small(request: Request) -> None:
    if len(await request.body()) > MAX_TRIAL_BYTES:
        raise TrialTooLarge


def _facts(trial: Trial, stated: object) -> Facts:
    try:
        return read_facts(trial.facts, stated, longest=LONGEST_LIST)
    except FactsError as error:
        faults = [
            {
                "type": fault.kind,
                "loc": ("body", "facts", *fault.place),
                "msg": fault.message,
                "input": None,
                "ctx": fault.bounds,
            }
            for fault in error.faults
        ]
        raise RequestValidationError(faults) from None


WantedIn = Annotated[RulesWanted, Depends(_wanted)]
PlaceIn = Annotated[PlaceAsked, Depends(_place)]
CatalogueIn = Annotated[Catalogue, Depends(_catalogue)]
LanguageIn = Annotated[str, Depends(_language)]
