"""What a pack of rules is: closed and strictly checked, so that a slip of the pen never becomes a rule.

A pack may leave to the pack above it what it does not change; `shared.rules.layering` puts the two together.
"""

import re
import string
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, field_validator, model_validator

from shared.errors import Misfit
from shared.rules.jurisdiction import LEVEL
from shared.rules.rule import Case, Confidence, Fact, ParamValue, Source
from shared.rules.unit import Unit
from shared.rules.verdict import Bilingual, Severity


class PackError(Misfit):
    """A pack that cannot be used. Both messages name the file, the rule and what would pass."""


class Stricter(StrEnum):
    """Which way a lower level may move a parameter; `within` lets it choose anything between `least` and `most`."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    WITHIN = "within"


_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RATIO = re.compile(r"[0-9]+/[1-9][0-9]*")
_Name = Annotated[str, StringConstraints(pattern=f"^{_NAME.pattern}$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Param(_Closed):
    """One number (whole, or a ratio such as `7/5`) or list of names, and which way is stricter. No floats."""

    value: int | str | tuple[str, ...]
    unit: Unit | None = None
    stricter: Stricter | None = None
    least: int | None = None
    most: int | None = None

    @model_validator(mode="after")
    def _range_belongs_to_within(self) -> Self:
        ranged = self.least is not None or self.most is not None
        if ranged and self.stricter not in {Stricter.WITHIN, None}:
            raise Misfit(
                en="least and most go with `stricter: within` only", zh="least 和 most 仅可与 `stricter: within` 同用。"
            )
        return self

    @field_validator("value", mode="before")
    @classmethod
    def _exact(cls, value: object) -> object:
        value = tuple(value) if isinstance(value, list) else value
        if not _is_exact(value):
            raise Misfit(
                en="must be a whole number from 0, a ratio such as 7/5, or a list of names",
                zh="须为非负整数、7/5 形式的比例或名称列表。",
            )
        return value

    @property
    def amount(self) -> ParamValue:
        """The value, exact."""
        return Fraction(self.value) if isinstance(self.value, str) else self.value

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The least and the most that a lower level may choose, where it may."""
        return None if self.least is None or self.most is None else (self.least, self.most)

    @property
    def in_bounds(self) -> bool:
        """Whether the value is a whole number inside the bounds."""
        if self.bounds is None or not isinstance(self.value, int):
            return False
        return self.bounds[0] <= self.value <= self.bounds[1]


class RuleLayer(_Closed):
    """What one pack says of one rule. `labels` are what its params are called, `names` the values that it shows."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]{2}$")]
    severity: Severity | None = None
    title: Bilingual | None = None
    source: Source
    confidence: Confidence
    reading: Bilingual
    params: dict[_Name, Param] = {}
    labels: dict[_Name, Bilingual] = {}
    cases: dict[_Name, Case] = {}
    facts: dict[_Name, Fact] = {}
    names: dict[_Name, Bilingual] = {}


class Pack(_Closed):
    """One version of one pack. Once published it never changes: what changes is a new version with later dates."""

    pack: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]*$")]
    version: Annotated[int, Field(ge=1)]
    jurisdiction: Annotated[str, StringConstraints(pattern=LEVEL)]
    effective_from: date
    effective_to: date | None = None
    rules: tuple[RuleLayer, ...]
    _origin: str = PrivateAttr("")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise Misfit(
                en="effective_to is before effective_from; it must be the same day or later, or left out",
                zh="effective_to 早于 effective_from，须为同日或之后，或不填。",
            )
        return self

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        if not self.rules:
            raise Misfit(en="a pack names at least one rule", zh="规则包至少规定一条规则。")
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise Misfit(
                    en=f"rule {rule.id} stands twice in this pack; a pack names each rule once",
                    zh=f"规则 {rule.id} 在本包中重复，每条规则只写一次。",
                )
            seen.add(rule.id)
        return self

    def read_from(self, origin: str) -> Self:
        """The same pack, remembering the file (or database row) it was read from."""
        self._origin = origin
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


def _is_exact(value: object) -> bool:
    match value:
        case bool():
            return False
        case int():
            return value >= 0
        case str():
            return bool(_RATIO.fullmatch(value))
        case tuple():
            return bool(value) and all(isinstance(name, str) and _NAME.fullmatch(name) for name in value)
        case _:
            return False


def placeholders(text: Bilingual) -> set[str]:
    """What a sentence wants filled, in either language, as it stands between its braces: plain names are wanted."""
    parts = [*string.Formatter().parse(text.zh), *string.Formatter().parse(text.en)]
    return {name + (conversion or "") + (spec or "") for _, name, spec, conversion in parts if name is not None}
