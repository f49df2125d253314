"""What somebody sees who watches the story: its steps, each event on its way, and what was found at the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from shared.contracts.fields import REGION_TIME
from shared.operations.stories.finding import Finding
from shared.operations.story_words import event_in_words
from shared.web.service import Service

_DELIVERED: Final = "sunmao.notify.notification.delivered.v1"
_FEED: Final = "notify.feed"
_MARKS: Final = {True: ("✓", "green"), False: ("✗", "bold red"), None: ("–", "yellow")}


class Routes:
    """Which consumers hear of which event, as the installed services say."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._consumers: dict[str, list[str]] = {}
        for service in services.values():
            for consumer, bodies in service.subscriptions.items():
                for body in bodies:
                    self._consumers.setdefault(body.wire.type, []).append(consumer)

    def to(self, type: str) -> list[str]:
        """All that hear of it; the feed hears of everything."""
        return [*self._consumers.get(type, ()), _FEED]


class Display:
    """An audience on a terminal; elsewhere it writes lines. The story has a name and so many steps."""

    def __init__(self, routes: Routes, story: str, steps: int, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.seconds: dict[str, float] = {}
        self._routes = routes
        self._story = story
        self._step, self._begun = "", monotonic()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=steps)

    def __enter__(self) -> Self:
        """Begin to move."""
        self._progress.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Stop moving."""
        self._close_step()
        self._progress.stop()

    def step(self, number: int, title: str) -> None:
        """A step begins."""
        self._close_step()
        self._step = f"{number:2d} {title}"
        self._progress.update(self._task, completed=number, description=title)
        self.console.print(Text(f"\n{self._step}", style="bold"))

    def say(self, text: str) -> None:
        """Something of the step is done."""
        self._progress.update(self._task, description=text)

    def event(self, event: Mapping[str, Any]) -> None:
        """An event passes from the service that published it to those who hear of it."""
        name = str(event["type"])
        at = datetime.fromisoformat(event["time"]).astimezone(REGION_TIME).strftime("%H:%M:%S.%f")[:-3]
        if name == _DELIVERED:
            data = event.get("data") or {}
            self.console.print(Text(f"  {at}  ✉ {data.get('template')} → {data.get('recipient')}", style="dim"))
            return
        source = str(event["source"]).rpartition("/")[2]
        line = Text.assemble(
            (f"  {at}  ", "dim"),
            (".".join(name.split(".")[2:-1]), "cyan"),
            (f" {event_in_words(name).zh}", ""),
            (f"  {source} → {', '.join(self._routes.to(name))}", "dim"),
        )
        self.console.print(line)

    def findings(self, findings: Sequence[Finding]) -> None:
        """What must hold, and whether it does."""
        table = Table(
            "", "What must hold", "Found", title=f"\nStory {self._story}", title_justify="left", title_style="bold"
        )
        for finding in findings:
            mark, style = _MARKS[finding.holds]
            table.add_row(Text(mark, style=style), finding.sentence, finding.found)
        self.console.print(table)

    def times(self, rows: Mapping[str, Sequence[str]]) -> None:
        """Measured times: a name and its cells."""
        table = Table("Measured", "median", "95 %", "longest", title_justify="left")
        for name, cells in rows.items():
            table.add_row(name, *cells)
        self.console.print(table)

    def steps(self) -> None:
        """How long each step took."""
        table = Table("Step", "seconds")
        for name, seconds in self.seconds.items():
            table.add_row(name, f"{seconds:.2f}")
        self.console.print(table)

    def lines(self, *lines: str) -> None:
        """Plain lines."""
        for line in lines:
            self.console.print(Text(line))

    def _close_step(self) -> None:
        if self._step:
            self.seconds[self._step] = monotonic() - self._begun
        self._step, self._begun = "", monotonic()
