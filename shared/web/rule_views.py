"""Rules, and what they say of stated facts, as they are shown: in one language, over HTTP and on the command line."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from shared.rules.pack import Pack
from shared.rules.rule import Confidence, ParamValue, Rule
from shared.rules.trial import Facts, Trial
from shared.rules.verdict import Finding, Severity, Verdict


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class RuleLine(_Shown):
    """A rule in the catalogue. `tried` says whether it can be tried with stated facts."""

    id: str
    title: str
    severity: Severity
    confidence: Confidence
    version: str
    tried: bool

    @classmethod
    def of(cls, rule: Rule, trial: Trial | None, language: str) -> Self:
        """The line of a rule."""
        return cls(
            id=rule.id,
            title=rule.title.say(language),
            severity=rule.severity,
            confidence=rule.confidence,
            version=rule.reference,
            tried=trial is not None,
        )


class ParamView(_Shown):
    """A number of a rule (whole, or a ratio such as 7/5) or its list of names; `told` is how people say it."""

    name: str
    label: str
    value: int | str | list[str]
    told: str
    unit: str | None
    least: int | None
    most: int | None


class CaseView(_Shown):
    """One way in which the rule can fail: what is said then, and what would pass."""

    case: str
    message: str
    remedy: str


class FactView(_Shown):
    """Evidence that the rule needs, the role that can give it, and how."""

    fact: str
    name: str
    giver: str
    remedy: str


class VersionView(_Shown):
    """A version of a pack that has a say in the rule; `effective_to` is empty where it ends with nothing known."""

    pack: str
    version: int
    jurisdiction: str
    effective_from: date
    effective_to: date | None

    @classmethod
    def of(cls, pack: Pack) -> Self:
        """The version of a pack."""
        return cls(
            pack=pack.pack,
            version=pack.version,
            jurisdiction=pack.jurisdiction,
            effective_from=pack.effective_from,
            effective_to=pack.effective_to,
        )


class RuleView(_Shown):
    """A rule as it applies on a day in a place, with where it comes from, how it is read and what it is asked with."""

    id: str
    title: str
    severity: Severity
    on: date
    jurisdiction: str
    params: list[ParamView]
    source: str
    article: str
    confidence: Confidence
    confidence_explained: str
    reading: str
    cases: list[CaseView]
    facts: list[FactView]
    packs: list[str]
    versions: list[VersionView]
    facts_schema: dict[str, Any] | None

    @classmethod
    def of(
        cls, rule: Rule, trial: Trial | None, versions: Iterable[Pack], language: str, *, on: date, jurisdiction: str
    ) -> Self:
        """Everything about a rule."""
        return cls(
            id=rule.id,
            title=rule.title.say(language),
            severity=rule.severity,
            on=on,
            jurisdiction=jurisdiction,
            params=[_param(name, value, rule, language) for name, value in rule.params.items()],
            source=rule.source.document_in(language),
            article=rule.source.article_in(language),
            confidence=rule.confidence,
            confidence_explained=rule.confidence.explained.say(language),
            reading=rule.reading.say(language),
            cases=[
                CaseView(case=name, message=case.message.say(language), remedy=case.remedy.say(language))
                for name, case in rule.cases.items()
            ],
            facts=[_fact(name, rule, language) for name in rule.facts],
            packs=list(rule.packs),
            versions=[VersionView.of(pack) for pack in versions],
            facts_schema=trial.facts.model_json_schema() if trial else None,
        )


class TrialView(_Shown):
    """What a rule says of stated facts; nothing was changed by it. `packs` are the versions that made the rule.

    `evidence` are the facts as they were read, null where nothing is known: what the verdict rests on, and what it can
    be judged by again.
    """

    rule: str
    on: date
    jurisdiction: str
    verdict: Verdict
    severity: Severity
    refuses: bool
    case: str
    message: str
    remedy: str | None
    actual: int | str | None
    limit: int | str | None
    evidence: dict[str, JsonValue]
    missing: list[FactView]
    packs: list[str]
    version: str

    @classmethod
    def of(cls, finding: Finding, rule: Rule, facts: Facts, language: str, *, on: date, jurisdiction: str) -> Self:
        """The finding on stated facts."""
        return cls(
            rule=finding.rule,
            on=on,
            jurisdiction=jurisdiction,
            verdict=finding.verdict,
            severity=finding.severity,
            refuses=finding.refuses,
            case=finding.case,
            message=finding.message.say(language),
            remedy=finding.remedy.say(language) if finding.remedy else None,
            actual=finding.actual,
            limit=finding.limit,
            evidence=facts.model_dump(mode="json"),
            missing=[_fact(missing.fact, rule, language) for missing in finding.missing],
            packs=list(finding.packs),
            version=finding.version,
        )


def _param(name: str, value: ParamValue, rule: Rule, language: str) -> ParamView:
    least, most = rule.ranges.get(name, (None, None))
    unit = rule.units.get(name)
    return ParamView(
        name=name,
        label=rule.labels[name].say(language) if name in rule.labels else name,
        value=list(value) if isinstance(value, tuple) else value if isinstance(value, int) else str(value),
        told=rule.told(name, language),
        unit=unit.told.say(language) if unit else None,
        least=least,
        most=most,
    )


def _fact(name: str, rule: Rule, language: str) -> FactView:
    fact = rule.facts[name]
    return FactView(fact=name, name=fact.name.say(language), giver=fact.giver, remedy=fact.remedy.say(language))
