"""A year of the calendar as the command line enters and shows it, over HTTP as anybody would."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import typer

from shared.kernel.calendar import business_date
from shared.kernel.clock import system_clock
from shared.operations.remote import console, operator, show_table
from shared.operations.visitor import Visitor


async def enter_year(file: bytes, sent_as: str, year: int | None, *, dry_run: bool, language: str) -> None:
    """Look the file through, then enter it. Raises `AnswerError` with each row that does not fit."""
    headers = {"content-type": sent_as, "accept-language": language}
    async with operator() as (visitor, token):
        chosen = year or await _first_unknown(visitor, token)
        for trial in (True,) if dry_run else (True, False):
            answer = await visitor.call(
                "PUT",
                "training",
                f"/v1/calendar/{chosen}",
                token=token,
                headers=headers,
                params={"dry_run": trial},
                content=file,
            )
    _show(answer.json())
    typer.echo("nothing was entered" if dry_run else f"{chosen} was entered")


async def show_year(year: int | None) -> None:
    """One line for each day that is not what its weekday says."""
    async with operator() as (visitor, token):
        answer = await visitor.call("GET", "training", f"/v1/calendar/{year or _this_year()}", token=token)
    _show(answer.json())


async def _first_unknown(visitor: Visitor, token: str) -> int:
    answer = await visitor.call("GET", "training", f"/v1/calendar/{_this_year()}", token=token)
    return date.fromisoformat(answer.json()["known_until"]).year + 1


def _this_year() -> int:
    return business_date(system_clock()).year


def _show(told: Mapping[str, Any]) -> None:
    show_table(told["days"])
    where = "entered here" if told["entered"] else "from the notice" if told["known"] else "not known"
    console.print(f"{told['year']}: {where}; all is known until {told['known_until']}")
