"""Packs of rules as they are written: one YAML file per pack and version, closed and strictly checked when it is read.

A pack may leave to the pack above it what it does not change; `shared.rules.layering` puts the two together.
"""

import json
import string
from collections.abc import Hashable, Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from shared.rules.jurisdiction import LEVEL
from shared.rules.rule import Case, Confidence, Fact, ParamValue, Source
from shared.rules.verdict import Bilingual, Severity


class PackError(ValueError):
    """A pack that cannot be used. The message names the file, the rule and what would pass."""


class Stricter(StrEnum):
    """Which way a lower level may move a parameter; `within` lets it choose anything between `least` and `most`."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    WITHIN = "within"


_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_Ratio = Annotated[str, StringConstraints(pattern=r"^[0-9]+/[1-9][0-9]*$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Param(_Closed):
    """One number (whole, or a ratio such as `7/5`) or list of names, and which way is stricter. No floats."""

    value: Annotated[int, Field(ge=0)] | _Ratio | Annotated[tuple[_Name, ...], Field(min_length=1)]
    unit: str | None = None
    stricter: Stricter | None = None
    least: int | None = None
    most: int | None = None

    @model_validator(mode="after")
    def _range_belongs_to_within(self) -> Self:
        ranged = self.least is not None or self.most is not None
        if ranged and self.stricter not in {Stricter.WITHIN, None}:
            raise ValueError("least and most go with `stricter: within` only")
        return self

    @property
    def amount(self) -> ParamValue:
        """The value, exact."""
        return Fraction(self.value) if isinstance(self.value, str) else self.value


class RuleLayer(_Closed):
    """What one pack says of one rule."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]{2}$")]
    severity: Severity | None = None
    title: Bilingual | None = None
    source: Source
    confidence: Confidence
    reading: Bilingual
    params: dict[_Name, Param] = {}
    cases: dict[_Name, Case] = {}
    facts: dict[_Name, Fact] = {}


class Pack(_Closed):
    """One version of one pack. Once published it never changes: what changes is a new version with later dates."""

    pack: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]*$")]
    version: Annotated[int, Field(ge=1)]
    jurisdiction: Annotated[str, StringConstraints(pattern=LEVEL)]
    effective_from: date
    effective_to: date | None = None
    rules: Annotated[tuple[RuleLayer, ...], Field(min_length=1)]
    _origin: str = PrivateAttr("")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from; it must be the same day or later, or left out")
        return self

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise ValueError(f"rule {rule.id} stands twice in this pack; a pack names each rule once")
            seen.add(rule.id)
        return self

    @property
    def origin(self) -> str:
        """Where the pack was read from, for messages."""
        return self._origin

    @property
    def reference(self) -> str:
        """`<pack>@<version>`."""
        return f"{self.pack}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether the pack applies to this business date, both ends included."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def layer(self, rule_id: str) -> RuleLayer | None:
        """What this pack says of the rule, if anything."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def load_packs(folder: Traversable | Path) -> tuple[Pack, ...]:
    """Every `*.yaml` of the folder, by name. Raises `PackError` for the first that cannot be used, or if there is none."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    if not files:
        raise PackError(f"{folder}: no rule pack here; a service needs at least one *.yaml.")
    return tuple(read_pack(file.read_text(encoding="utf-8"), origin=str(file)) for file in files)


def read_pack(text: str, *, origin: str) -> Pack:
    """One pack from its YAML text; `origin` names the file (or database row) in messages."""
    try:
        raw = yaml.load(text, Loader=_EachKeyOnce)  # noqa: S506
    except yaml.YAMLError as problem:
        raise PackError(f"{origin}: not readable as YAML: {problem}") from problem
    try:
        # Through JSON, because strict JSON reads text as dates and enumerations but never as numbers.
        pack = Pack.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as problem:
        raise PackError("\n".join(f"{origin}: {line}" for line in _sentences(raw, problem))) from problem
    pack._origin = origin  # noqa: SLF001
    return pack


class _EachKeyOnce(yaml.SafeLoader):
    """Plain YAML would keep the last of two equal keys and say nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _sentences(raw: object, problem: ValidationError) -> Iterator[str]:
    for error in problem.errors(include_url=False):
        place = list(error["loc"])
        if place[:1] == ["rules"] and len(place) > 1:
            place[:2] = [f"rule {_rule_id(raw, place[1])}"]
        yield f"{'.'.join(map(str, place)) or 'pack'}: {_reason(error)}"


def _reason(error: ErrorDetails) -> str:
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return "unknown key; remove it or correct its spelling"
    return error["msg"].removeprefix("Value error, ")


def _rule_id(raw: object, index: int | str) -> object:
    rules = raw.get("rules") if isinstance(raw, dict) else None
    rule = rules[index] if isinstance(rules, list) and isinstance(index, int) else None
    return rule.get("id", index) if isinstance(rule, dict) else index


def placeholders(text: Bilingual) -> set[str]:
    """The names in braces that a sentence wants filled, in either language."""
    parts = [*string.Formatter().parse(text.zh), *string.Formatter().parse(text.en)]
    return {name if not spec and not conversion else f"{name}!" for _, name, spec, conversion in parts if name is not None}
