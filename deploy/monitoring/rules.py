"""What a rule file consists of: recording rules and alerts, in groups, and an example for and against each alert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Severity = Literal["page", "ticket", "warn", "none"]
"""`page` wakes somebody, `ticket` is done in office hours, `warn` is looked at by the way; `none` is for machines."""

RUNBOOKS: Final = {"": "docs/runbooks.md", "_zh": "docs/runbooks.zh-CN.md"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A series that Prometheus makes of others."""

    record: str
    expr: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def rule(self) -> dict[str, Any]:
        """As a rule file has it."""
        labels = {"labels": dict(self.labels)} if self.labels else {}
        return {"record": self.record, "expr": self.expr, **labels}


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Example:
    """Series, one value a minute as promtool writes them, and the moment at which the alert is looked at.

    `labels` are those that the alert has then, beside its own; `value` is what stands for `$value` in its texts.
    """

    series: Mapping[str, str]
    at: str
    labels: Mapping[str, str] = field(default_factory=dict)
    value: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert, with series on which it fires and series on which it stays silent."""

    name: str
    expr: str
    hold: str
    severity: Severity
    summary: Said
    description: Said
    fires: Example
    silent: Example
    labels: Mapping[str, str] = field(default_factory=dict)

    def all_labels(self) -> dict[str, str]:
        """Those that the rule adds to the series' own."""
        return {"severity": self.severity, **self.labels}

    def annotations(self) -> dict[str, str]:
        """The texts, and where to read what to do."""
        return {
            "summary": self.summary.en,
            "summary_zh": self.summary.zh,
            "description": self.description.en,
            "description_zh": self.description.zh,
            **{f"runbook_url{suffix}": f"{page}#{self.name.lower()}" for suffix, page in RUNBOOKS.items()},
        }

    def rule(self) -> dict[str, Any]:
        """As a rule file has it."""
        hold = {} if self.hold == "0m" else {"for": self.hold}
        told = {"labels": self.all_labels(), "annotations": self.annotations()}
        return {"alert": self.name, "expr": self.expr, **hold, **told}


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are evaluated one after the other; `interval` where it is not everybody's."""

    name: str
    rules: Sequence[Recording | Alert]
    interval: str = ""

    def document(self) -> dict[str, Any]:
        """As a rule file has it."""
        interval = {"interval": self.interval} if self.interval else {}
        return {"name": self.name, **interval, "rules": [rule.rule() for rule in self.rules]}
