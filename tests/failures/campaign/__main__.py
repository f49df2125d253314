"""`make campaign`: hurts an installation while people use it, heals it, and says what was lost. Exit 1 on any harm."""

import asyncio
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.failures.campaign.campaign import Campaign, Plan, Watch
from tests.failures.campaign.campaign import Progress as Far
from tests.failures.campaign.disk import copy_of
from tests.failures.campaign.installation import Installation
from tests.failures.campaign.report import Report
from tests.failures.campaign.sabotage import Sabotage, command_of

_OUT: Final = Path("build/campaign")
cli = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def campaign(
    duration: Annotated[float, typer.Option(min=1, help="seconds at least")] = 120,
    seed: Annotated[int, typer.Option(help="of all dice")] = 7,
    edition: Annotated[Literal["distributed", "embedded"], typer.Option()] = "distributed",
    brokers: Annotated[int, typer.Option(min=1, max=3, help="brokers of the Kafka cluster: 1 or 3")] = 1,
    kills: Annotated[int, typer.Option(min=0, help="go on until there were so many kills")] = 0,
    events: Annotated[int, typer.Option(min=0, help="go on until so many domain events were relayed")] = 0,
    limit: Annotated[float, typer.Option(min=1, help="seconds at most")] = 3600,
    sabotage: Annotated[Sabotage | None, typer.Option(help="break one guarantee on purpose")] = None,
    faults: Annotated[str, typer.Option(help="only those whose kind holds one of these words, by commas")] = "",
    out: Annotated[Path, typer.Option(help="folder of the report and of the nemesis' log")] = _OUT,
) -> None:
    """Run one campaign."""
    plan = Plan(
        seed=seed,
        seconds=duration,
        kills=kills,
        events=events,
        limit=limit,
        brokers=brokers,
        sabotage=sabotage.value if sabotage else "",
        faults=tuple(filter(None, faults.split(","))),
    )
    name = f"{edition}-{seed}{f'-{sabotage.value}' if sabotage else ''}"
    out.mkdir(parents=True, exist_ok=True)
    log = out / f"{name}.log"
    log.unlink(missing_ok=True)
    report = asyncio.run(_run(edition, plan, log, out / f"{name}-kept"))
    (out / f"{name}.md").write_text(report.page, encoding="utf-8")
    sys.stdout.write(f"{report.page}\n{report.line}\n")
    raise typer.Exit(0 if report.harm.none else 1)


async def _run(edition: str, plan: Plan, log: Path, kept: Path) -> Report:
    with ExitStack() as until_done:
        folder = Path(until_done.enter_context(TemporaryDirectory(prefix="sunmao-campaign-")))
        watch = until_done.enter_context(_Bar(plan))
        harmless = False
        try:
            report = await Campaign(_installation(edition, folder, plan), plan, watch, log).run()
            harmless = report.harm.none
            return report
        finally:
            if not harmless:
                _keep(folder, kept)


def _keep(folder: Path, kept: Path) -> None:
    """What the processes wrote and left in their databases, where something went wrong, before their folder goes."""
    shutil.rmtree(kept, ignore_errors=True)
    copy_of(folder, kept)


def _installation(edition: str, folder: Path, plan: Plan) -> Installation:
    command = command_of(plan.sabotage)
    # Each edition is put together by a module that imports all of its servers.
    if edition == "embedded":
        from tests.failures.campaign.embedded import EmbeddedTown  # noqa: PLC0415

        return EmbeddedTown(folder, command=command)
    from tests.failures.campaign.town import Town  # noqa: PLC0415

    return Town(folder, brokers=plan.brokers, command=command)


class _Bar:
    """A progress bar on standard error: of the seconds, kills or events, whichever is farthest behind."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        columns = (
            TextColumn("{task.description:9}"),
            BarColumn(),
            TextColumn("{task.fields[said]}"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._task = self._progress.add_task("starting", total=1.0, said="")

    def __enter__(self) -> Watch:
        self._progress.start()
        return self.show

    def __exit__(self, *_how: object) -> None:
        self._progress.stop()

    def show(self, far: Far) -> None:
        """Draw it anew."""
        said = f"{far.kills} kills, {far.events} events, {far.commands} commands"
        self._progress.update(self._task, description=far.phase, completed=self._share(far), said=said)

    def _share(self, far: Far) -> float:
        plan = self._plan
        wanted = [(far.seconds, plan.seconds), (far.kills, plan.kills), (far.events, plan.events)]
        slowest = min(1.0, *(there / asked for there, asked in wanted if asked))
        return max(slowest, min(1.0, far.seconds / plan.limit))


if __name__ == "__main__":
    cli()
