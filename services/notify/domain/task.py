"""A task: that somebody's act on one thing is waited for, since when and until when; closed by what happens to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final, Self

from services.notify.domain.derived_id import derived_id
from services.notify.domain.task_words import Over, Waits
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import midnight

_ROLE: Final = "role:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Aggregate):
    """A task of one kind about one thing (`subject`), of one occasion where there are several.

    `begun` and `ended` are the versions of the thing at which it was last said to wait and to be over: the newer word
    counts, whichever comes first. So an end may be heard before its beginning, and anything twice. `since_version` is
    that with which it has waited since `since`; it is shown, and counted as waiting, from `waits_from` on.
    """

    kind: ClassVar[str] = "task"
    task_kind: str
    service: str
    thing: str
    subject: str
    occasion: str
    parties: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    said: dict[str, str | int]
    since: datetime | None = None
    since_version: int = 0
    due_on: date | None = None
    shows_on: date | None = None
    waits_from: datetime | None = None
    lapses_on: date | None = None
    begun: int = 0
    begun_at: datetime | None = None
    ended: int = 0
    is_open: bool = False
    ended_at: datetime | None = None

    @classmethod
    def unheard(cls, word: Waits | Over, *, story: str) -> Self:
        """The task that a word is about, before anything was said of it."""
        occasion = word.occasion or ""
        return cls(
            id=task_id(word.task_kind, word.subject, occasion),
            story=story,
            task_kind=word.task_kind,
            service=word.service,
            thing=word.thing,
            subject=word.subject,
            occasion=occasion,
            said={},
        )

    @property
    def owners(self) -> frozenset[str]:
        """Whom it waits for, and the organisations that see on the board that it is not done."""
        theirs = {party.partition("@")[2] for party in self.parties if party.startswith(_ROLE)}
        return frozenset({*self.parties, *self.concerns, *theirs})

    def waits(self, word: Waits, parties: Iterable[str], *, version: int, at: datetime) -> Self:
        """It waits for these since this version of its thing; an older word only says that it did so earlier."""
        if version <= self.ended:
            return self
        earlier = self if self.is_open and self.since_version <= version else self._since(version, at)
        if version < self.begun:
            return earlier._shown()
        begun = replace(
            earlier,
            parties=tuple(parties),
            concerns=word.concerns,
            said=word.said,
            due_on=word.due_on,
            shows_on=word.shows_on,
            lapses_on=word.lapses_on,
            begun=version,
            begun_at=at,
            is_open=True,
            ended_at=None,
        )
        return begun._shown()

    def over(self, *, version: int, at: datetime) -> Self:
        """It is over since this version of its thing, unless it was opened again since."""
        if version <= self.ended:
            return self
        if version >= self.begun:
            return replace(self, ended=version, is_open=False, ended_at=at)
        again = self if version < self.since_version else self._since(self.begun, self.begun_at)
        return replace(again, ended=version)._shown()

    def lapse(self, *, at: datetime) -> Self:
        """Its day is so long past that nobody waits for it any more."""
        return self.over(version=self.begun, at=at)

    def _shown(self) -> Self:
        """Nobody waits for what is not to be done yet."""
        first = None if self.shows_on is None else midnight(self.shows_on)
        later = first is not None and (self.since is None or self.since < first)
        return replace(self, waits_from=first if later else self.since)

    def _since(self, version: int, at: datetime | None) -> Self:
        return replace(self, since_version=version, since=at)


def task_id(task_kind: str, subject: str, occasion: str = "") -> str:
    """The id that follows from what is waited for: whoever says it again names the same row."""
    return derived_id("task", task_kind, subject, occasion)
