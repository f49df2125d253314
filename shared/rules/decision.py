"""A decision as it is kept: what was found, from which inputs, under which rules, so that it can be made again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from pydantic import ConfigDict, JsonValue, TypeAdapter

from shared.rules.verdict import Finding, Verdict, all_of, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The findings on one subject, with the facts they were made of. `id` is a `dec_…` made at the edge.

    `inputs` are JSON values without floats: exact amounts are whole numbers or text such as `7/5`. The packs named by
    the findings, `on` (the business date) and `jurisdiction` find the same rules again.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    subject: str
    findings: tuple[Finding, ...]
    inputs: Mapping[str, JsonValue]
    on: date
    jurisdiction: str

    def __post_init__(self) -> None:
        inputs = dict(self.inputs)
        if _has_float(inputs):
            # Only now is it worth its while to say where.
            _refuse_floats("inputs", inputs)

    @property
    def rulepack(self) -> str:
        """The `<pack>@<version>` of every pack that had a say, joined by commas; empty if no rule was asked."""
        return ",".join(sorted({pack for finding in self.findings for pack in finding.packs}))

    @property
    def verdict(self) -> Verdict:
        """All findings taken together, whatever their severity."""
        return all_of(finding.verdict for finding in self.findings)

    @property
    def refused(self) -> bool:
        """Whether the act may not be done."""
        return refused(self.findings)

    @property
    def refusing(self) -> tuple[Finding, ...]:
        """The findings that forbid the act."""
        return tuple(finding for finding in self.findings if finding.refuses)

    def to_json(self) -> str:
        """The decision as text; `from_json` gives an equal one back."""
        return _adapter().dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "Decision":
        """The decision that `to_json` wrote."""
        return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)


def _has_float(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    return any(map(_has_float, value)) if isinstance(value, list) else isinstance(value, float)


def _refuse_floats(place: str, value: JsonValue) -> None:
    if isinstance(value, float):
        raise TypeError(f"{place} is a float; a decision keeps whole numbers or text such as 7/5.")
    parts: Iterable[tuple[str | int, JsonValue]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        _refuse_floats(f"{place}.{name}", part)
