"""One rule as it applies on one day in one place: its numbers, its sentences, and the findings made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Final, TypeAlias, TypeGuard

from pydantic import ConfigDict

from shared.rules.naming import Wording
from shared.rules.unit import Unit, percent, said
from shared.rules.verdict import Bilingual, Finding, MissingFact, Sentence, Severity, Verdict

_CLOSED = ConfigDict(extra="forbid")

ParamValue: TypeAlias = int | Fraction | tuple[str, ...]


class Confidence(StrEnum):
    """How sure a rule is: stated in the plan, read in a public copy, local practice, not re-read, our own choice."""

    STATED = "stated"
    VERIFIED = "verified"
    LOCAL = "local"
    UNVERIFIED = "unverified"
    OWN = "own"

    @property
    def explained(self) -> Bilingual:
        """What that means, in a sentence."""
        return _CONFIDENCE[self]


_CONFIDENCE: Final = {
    Confidence.STATED: Bilingual("行动实施方案明文规定。", "The action plan states it."),
    Confidence.VERIFIED: Bilingual("已与公开发布的文本核对。", "It was read in a published copy of the source."),
    Confidence.LOCAL: Bilingual("属地方做法，各地可能不同。", "It is local practice, which may differ elsewhere."),
    Confidence.UNVERIFIED: Bilingual(
        "未再次核对原文，正式使用前应核实。", "The source was not read again; compare it before relying on this."
    ),
    Confidence.OWN: Bilingual("为联盟或平台自定。", "The alliance or the platform decided it."),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The document a rule comes from, and the place in it; where these are no Chinese, how they are called there."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    document: Sentence
    article: Sentence
    document_zh: Sentence | None = None
    article_zh: Sentence | None = None

    def document_in(self, language: str) -> str:
        """The document, as it is called in a language."""
        return (language == "zh" and self.document_zh) or self.document

    def article_in(self, language: str) -> str:
        """The place in it, as it is called in a language."""
        return (language == "zh" and self.article_zh) or self.article


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a rule can fail: what is said, and what would pass."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    message: Bilingual
    remedy: Bilingual


@dataclass(frozen=True, slots=True)
class Fact:
    """Evidence a rule needs: what it is called, the role that can give it, and how."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    name: Bilingual
    giver: str
    remedy: Bilingual


@dataclass(frozen=True, slots=True)
class RuleShape:
    """What the code that applies a rule must find in the packs: a pack with more or less is refused at the start."""

    id: str
    params: Mapping[str, type[int] | type[Fraction] | type[tuple[str, ...]]] = field(default_factory=dict)
    cases: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the packs, layered for one business date and jurisdiction. Makes findings; decides nothing itself."""

    id: str
    severity: Severity
    title: Bilingual
    params: Mapping[str, ParamValue]
    labels: Mapping[str, Bilingual]
    units: Mapping[str, Unit]
    ranges: Mapping[str, tuple[int, int]]
    cases: Mapping[str, Case]
    facts: Mapping[str, Fact]
    value_names: Mapping[str, Bilingual]
    packs: tuple[str, ...]
    source: Source
    confidence: Confidence
    reading: Bilingual

    @property
    def reference(self) -> str:
        """`<pack>@<version>` of the most special pack that has a say in this rule."""
        return self.packs[-1]

    def number(self, name: str) -> int:
        """A whole number among the parameters."""
        value = self.params[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.id}: parameter {name} is not a whole number.")
        return value

    def ratio(self, name: str) -> Fraction:
        """A parameter as an exact fraction."""
        value = self.params[name]
        if isinstance(value, tuple):
            raise TypeError(f"{self.id}: parameter {name} is a list of names, not a number.")
        return Fraction(value)

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names among the parameters."""
        value = self.params[name]
        if not isinstance(value, tuple):
            raise TypeError(f"{self.id}: parameter {name} is not a list of names.")
        return value

    def told(self, name: str, language: str) -> str:
        """A parameter as people say it in a language: with its unit, and a list by the names of its values."""
        value = self.params[name]
        if isinstance(value, tuple):
            return Wording(self.params, self.value_names, language)[name]
        return said(value, self.units.get(name), language)

    def passes(self, *, actual: int | str | None = None, limit: int | str | None = None) -> Finding:
        """The finding that all is well."""
        return Finding(
            rule=self.id,
            packs=self.packs,
            severity=self.severity,
            verdict=Verdict.PASS,
            case="",
            message=self.title,
            actual=actual,
            limit=limit,
        )

    def fails(
        self,
        case: str,
        *,
        actual: int | str | None = None,
        limit: int | str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """The finding that `case` applies. `severity` lowers the rule's where that case only warns.

        Its sentences call values by their names in the packs and shares in per cent; `actual` and `limit` stay as they
        are.
        """
        shown = {**self.params, "actual": actual, "limit": limit}
        if Unit.BASIS_POINTS in self.units.values():
            shown |= {place: percent(value) for place, value in shown.items() if self._is_share(value, place)}
        return Finding(
            rule=self.id,
            packs=self.packs,
            severity=severity or self.severity,
            verdict=Verdict.FAIL,
            case=case,
            message=self._filled(self.cases[case].message, shown),
            remedy=self._filled(self.cases[case].remedy, shown),
            actual=actual,
            limit=limit,
        )

    def unknown(self, *facts: str, severity: Severity | None = None) -> Finding:
        """The finding that the rule cannot be judged before these facts are known; the remedy says who gives them."""
        needed = [self.facts[fact] for fact in facts]
        names = Bilingual("、".join(fact.name.zh for fact in needed), ", ".join(fact.name.en for fact in needed))
        return Finding(
            rule=self.id,
            packs=self.packs,
            severity=severity or self.severity,
            verdict=Verdict.UNKNOWN,
            case="unknown",
            message=Bilingual(f"无法判定：缺少{names.zh}。", f"This cannot be judged; not known: {names.en}."),
            remedy=Bilingual("".join(fact.remedy.zh for fact in needed), " ".join(fact.remedy.en for fact in needed)),
            missing=tuple(MissingFact(fact, self.facts[fact].giver) for fact in facts),
        )

    def _is_share(self, value: object, place: str) -> TypeGuard[int]:
        """Whether what is shown at a place is in basis points: a rule with numbers in these compares shares."""
        return isinstance(value, int) and self.units.get(place, Unit.BASIS_POINTS) is Unit.BASIS_POINTS

    def _filled(self, text: Bilingual, shown: Mapping[str, object]) -> Bilingual:
        return Bilingual(
            text.zh.format_map(Wording(shown, self.value_names, "zh")),
            text.en.format_map(Wording(shown, self.value_names, "en")),
        )
