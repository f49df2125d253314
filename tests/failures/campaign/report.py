"""What a campaign says at its end: a page for people, and one line for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.failures.campaign.harm import KINDS, Harm


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The numbers of one campaign. `events` are distinct domain events on the topics, states not counted."""

    edition: str
    seed: int
    brokers: int
    seconds: float
    commands: int
    fates: Mapping[str, int]
    events: int
    repeats: int
    kills: Mapping[str, int]
    struck: Mapping[str, int]
    missed: Mapping[str, int]
    harm: Harm
    longest_recovery: float
    sabotage: str = ""
    not_run: Sequence[str] = ()
    types: "Counter[str]" = field(default_factory=Counter)
    refusals: Mapping[str, int] = field(default_factory=dict)
    troubles: Mapping[str, int] = field(default_factory=dict)
    unforeseen: Mapping[str, int] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """One JSON object."""
        said = {
            "edition": self.edition,
            "seed": self.seed,
            "seconds": round(self.seconds),
            "commands": self.commands,
            "events": self.events,
            "kills": sum(self.kills.values()),
            **{kind: self.harm.counts[kind] for kind in KINDS},
            "longest_recovery_seconds": round(self.longest_recovery, 1),
        }
        return json.dumps(said)

    @property
    def page(self) -> str:
        """The same and more, in Markdown."""
        parts = [
            f"# Campaign, {self.edition} edition, seed {self.seed}, {self.brokers} broker(s){self._broken}",
            _table(self._numbers),
            "## Harm\n\n" + _table({kind: self.harm.counts[kind] for kind in KINDS}),
            *self._sentences(),
            "## Kills by kind\n\n" + _table(self.kills),
            "## Faults by kind, kills among them\n\n" + _table(self.struck),
            "## Faults that did not come about\n\n" + _table(self.missed) + _list(self.not_run),
            "## Events by type\n\n" + _table(dict(self.types.most_common())),
            "## Refusals\n\n" + _table(self.refusals),
            "## What requests met on their way\n\n" + _table(self.troubles),
            "## What was logged with a traceback\n\n" + _table(self.unforeseen),
            f"```json\n{self.line}\n```",
        ]
        return "\n\n".join(parts) + "\n"

    @property
    def _broken(self) -> str:
        return f", sabotage: {self.sabotage}" if self.sabotage else ""

    @property
    def _numbers(self) -> Mapping[str, object]:
        kills = sum(self.kills.values())
        return {
            "seconds": f"{self.seconds:.0f}",
            "commands": self.commands,
            **{f"commands {fate}": number for fate, number in self.fates.items()},
            "relayed domain events": self.events,
            "domain events per second": f"{self.events / max(self.seconds, 1):.0f}",
            "records that repeated one": self.repeats,
            "kills": kills,
            "kills per minute": f"{60 * kills / max(self.seconds, 1):.1f}",
            "longest recovery, seconds": f"{self.longest_recovery:.1f}",
        }

    def _sentences(self) -> Iterable[str]:
        for kind, said in self.harm.sentences.items():
            yield f"### {kind}\n\n" + "\n".join(f"- {sentence[:500]}" for sentence in said)


def _table(numbers: Mapping[str, object]) -> str:
    if not numbers:
        return "None."
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {number} |" for name, number in numbers.items())])


def _list(sentences: Sequence[str]) -> str:
    return "".join(f"\n- {sentence}" for sentence in sentences)
