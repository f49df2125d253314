"""What a rule can say of a case: four verdicts and how they combine, the finding that carries one, and who refuses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, StringConstraints

Sentence = Annotated[str, StringConstraints(min_length=1)]
_CLOSED = ConfigDict(extra="forbid")


class Verdict(StrEnum):
    """`unknown` means that evidence is missing: neither a pass nor a fail. `overridden` stands for a pass, visibly."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNKNOWN = "unknown"
    OVERRIDDEN = "overridden"


class Severity(StrEnum):
    """What a verdict short of a pass does: the two blocks refuse, `block*` may be overridden, the others only tell."""

    BLOCK = "block"
    BLOCK_IN_PRINCIPLE = "block*"
    WARN = "warn"
    INFO = "info"


REFUSING = frozenset({Severity.BLOCK, Severity.BLOCK_IN_PRINCIPLE})


def verdict_of(truth: bool | None) -> Verdict:
    """A truth as a verdict; None is what nobody knows."""
    if truth is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if truth else Verdict.FAIL


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's "and": one fail fails, else one unknown makes it unknown; of nothing at all it is a pass."""
    return _first_found((Verdict.FAIL, Verdict.UNKNOWN, Verdict.OVERRIDDEN), verdicts, otherwise=Verdict.PASS)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's "or": one pass passes, else one unknown makes it unknown; of nothing at all it is a fail."""
    return _first_found((Verdict.PASS, Verdict.OVERRIDDEN, Verdict.UNKNOWN), verdicts, otherwise=Verdict.FAIL)


def _first_found(order: Collection[Verdict], verdicts: Iterable[Verdict], *, otherwise: Verdict) -> Verdict:
    given = frozenset(verdicts)
    return next((verdict for verdict in order if verdict in given), otherwise)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence in the two languages of the platform."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    zh: Sentence
    en: Sentence

    def say(self, language: str) -> str:
        """The sentence in `zh` or (for anything else) `en`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact without which a rule cannot be judged, and the role that can give it."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    fact: str
    giver: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who accepted what a rule refuses in principle, and why."""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    approver_role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of one case. `packs` are the `<pack>@<version>` that made the rule, the most general first.

    `case` names which sentence of the rule applies (empty for a pass), `actual` and `limit` are what was compared.
    `severity` is the rule's, or less where the sentence only warns.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    rule: str
    packs: tuple[str, ...]
    severity: Severity
    verdict: Verdict
    case: str
    message: Bilingual
    remedy: Bilingual | None = None
    actual: int | str | None = None
    limit: int | str | None = None
    missing: tuple[MissingFact, ...] = ()
    approval: Approval | None = None

    @property
    def version(self) -> str:
        """The `<pack>@<version>` that spoke last: the most special one."""
        return self.packs[-1]

    @property
    def refuses(self) -> bool:
        """Whether the act may not be done: a blocking rule failed, or could not be judged."""
        return self.severity in REFUSING and self.verdict in {Verdict.FAIL, Verdict.UNKNOWN}


class NotOverridable(ValueError):
    """Only a refusal of a rule that holds "in principle" (`block*`) may be overridden, and only with a reason."""


def refused(findings: Iterable[Finding]) -> bool:
    """Whether these findings together forbid the act; `warn` and `info` never do."""
    return any(finding.refuses for finding in findings)


def override(finding: Finding, *, approver_role: str, reason: str) -> Finding:
    """The finding as accepted by an approver. Raises `NotOverridable`, which says what would pass."""
    if finding.severity is not Severity.BLOCK_IN_PRINCIPLE:
        raise NotOverridable(f"{finding.rule} is `{finding.severity}`; only a `block*` rule can be overridden.")
    if not finding.refuses:
        raise NotOverridable(f"{finding.rule} is `{finding.verdict}`; only a fail or an unknown can be overridden.")
    if not approver_role.strip() or not reason.strip():
        raise NotOverridable(f"An override of {finding.rule} needs a named approver and a reason; one is empty.")
    return replace(finding, verdict=Verdict.OVERRIDDEN, approval=Approval(approver_role.strip(), reason.strip()))
