"""What was asked of the town and how it answered: the one memory against which databases and topics are held."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Fate = Literal["acknowledged", "refused", "unknown"]


@dataclass(slots=True)
class Entry:
    """One command. `marker` is a text that it alone brings into the database; `subject` the id that it concerns.

    It stays `unknown` until a definite answer has come: then it must have had its effect once, or none. A refusal is no
    definite answer where an earlier try may still be under way somewhere (`unsure`).
    """

    act: str
    key: str
    marker: str = ""
    subject: str = ""
    fate: Fate = "unknown"
    code: str = ""
    tries: int = 0
    unsure: bool = False
    answer: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needed(self) -> str:
        """The id of what it made. Raises `NotGrantedError` where it made nothing."""
        return self.subject if self.granted else ""

    @property
    def granted(self) -> Mapping[str, Any]:
        """What was answered. Raises `NotGrantedError` where it was not acknowledged."""
        if not self.done:
            raise NotGrantedError(f"{self.act}: {self.code}")
        return self.answer

    @property
    def done(self) -> bool:
        """Whether the town has said that it is done."""
        return self.fate == "acknowledged"

    @property
    def possible(self) -> bool:
        """Whether it may have been done: everything that was not refused."""
        return self.fate != "refused"


class NotGrantedError(Exception):
    """A story cannot go on: what it builds upon was refused. Says which act, and with what code."""


class Journal:
    """All commands of one campaign, in the order in which they were begun."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.troubles: Counter[str] = Counter()

    def begin(self, entry: Entry) -> Entry:
        """Write a command down before it is sent."""
        self.entries.append(entry)
        return entry

    def of(self, *acts: str) -> Iterator[Entry]:
        """The commands of these kinds."""
        return (entry for entry in self.entries if entry.act in acts)

    def done(self, *acts: str) -> Iterator[Entry]:
        """Those of them that were acknowledged."""
        return (entry for entry in self.of(*acts) if entry.done)

    @property
    def fates(self) -> "Counter[str]":
        """How many commands ended how, those apart that were never sent because the campaign was over."""
        return Counter(str(entry.fate) if entry.tries else "never sent" for entry in self.entries)

    @property
    def refusals(self) -> "Counter[str]":
        """Why commands were refused, by act and code."""
        return Counter(f"{entry.act}: {entry.code}" for entry in self.entries if entry.fate == "refused")
