"""The findings as one table for a person."""

from collections.abc import Sequence
from typing import Final

from rich.table import Column, Table

from shared.operations.doctoring.finding import Finding, State

_MARKS: Final[dict[State, str]] = {"good": "[green]good[/]", "look": "[yellow]look[/]", "bad": "[red]bad[/]"}


def table_of(findings: Sequence[Finding]) -> Table:
    """One line per finding, the remedy beside it."""
    # Folded and not cut: what is told to be set must be readable also where the output goes into a file.
    columns = (Column(name, overflow="fold") for name in ("of", "what", "is", "seen", "what to do"))
    table = Table(*columns, title=_title(findings), title_justify="left")
    for each in findings:
        table.add_row(each.about, each.what, _MARKS[each.state], each.says, each.remedy)
    return table


def _title(findings: Sequence[Finding]) -> str:
    bad, look = (sum(each.state == state for each in findings) for state in ("bad", "look"))
    return f"{len(findings)} things looked at: {bad} bad, {look} to look at"
