"""`make bench ONLY=B1,B2a ROUNDS=5`: the suite, or a part of it. Ends by itself and leaves no process behind."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from shared.observability import logging
from tests.benchmarks import report
from tests.benchmarks.harness import Row, measure
from tests.benchmarks.rows import ROWS
from tests.benchmarks.stage import set_up


def main(
    only: Annotated[str, typer.Option(help="rows to run, separated by commas; all if empty")] = "",
    rounds: Annotated[int, typer.Option(min=1, help="rounds of each row")] = 5,
    write: Annotated[bool, typer.Option(help="keep the results in docs/benchmarks.*")] = True,
) -> None:
    """Run rows of the benchmark suite; the last line is one JSON object."""
    chosen = _chosen(only)
    found: dict[str, dict[str, Any]] = {}
    console = Console(stderr=True)
    with Path(os.devnull).open("w") as nobody, set_up() as stage, Progress(console=console) as progress:
        # As the services log, but to nobody: a storm would fill the screen.
        logging.configure("bench", stream=nobody)
        bar = progress.add_task("benchmarks", total=sum(len(row.variants) * rounds for row in chosen))

        def tell(line: str) -> None:
            progress.console.print(line)
            progress.advance(bar)

        for row in chosen:
            found[row.id] = report.document(measure(row, stage, rounds, tell), rounds)
    if write:
        report.keep(found)
    sys.stdout.write(report.last_line(found) + "\n")


def _chosen(only: str) -> list[Row]:
    wanted = [word.strip() for word in only.split(",") if word.strip()]
    known = {row.id: row for row in ROWS}
    if unknown := [id for id in wanted if id not in known]:
        raise typer.BadParameter(f"there is no row {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[id] for id in wanted] or list(ROWS)


if __name__ == "__main__":
    typer.run(main)
