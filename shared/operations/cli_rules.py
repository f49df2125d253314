"""`sunmao rules`: what the rules say and where they come from, and to try, explain and foresee what they decide."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

Language = Annotated[Literal["en", "zh"], typer.Option(help="in which language rules speak")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="the business date; today if left out")]
Jurisdiction = Annotated[
    str | None, typer.Option(help="CN-CQ, a region code, or a path such as CN/CN-CQ/alliance; else the alliance")
]
RuleId = Annotated[str, typer.Argument(help="INT-04, for instance")]

rules = typer.Typer(no_args_is_help=True, help="What the rules say, and what they decide.")


@rules.command("list")
def list_(on: On = None, jurisdiction: Jurisdiction = None, language: Language = "en") -> None:
    """Every rule that applies on a day in a place."""
    from shared.operations.rule_asking import lines
    from shared.operations.rule_telling import show_lines

    with _refusing_in(language):
        show_lines(lines(_day(on), jurisdiction, language))


@rules.command("show")
def show(id: RuleId, on: On = None, jurisdiction: Jurisdiction = None, language: Language = "en") -> None:
    """One rule: its numbers with their source, how sure it is, how it is read, and the facts it is tried with."""
    from shared.operations.rule_asking import catalogue_of
    from shared.operations.rule_telling import show_rule
    from shared.web.rule_catalogue import place_named

    with _refusing_in(language):
        show_rule(catalogue_of(id).shown(id, _day(on), place_named(jurisdiction), language))


@rules.command("try")
def try_(
    id: RuleId,
    inputs: Annotated[Path, typer.Option(help="JSON of raw facts by the rule's schema; - reads standard input")],
    on: On = None,
    jurisdiction: Jurisdiction = None,
    language: Language = "en",
) -> None:
    """What a rule says of stated facts, by the packs installed here; nothing is changed. 1 if it refuses."""
    from shared.operations.exits import Exit
    from shared.operations.rule_asking import try_rule
    from shared.operations.rule_telling import show_tried

    with _refusing_in(language):
        tried = try_rule(id, inputs, _day(on), jurisdiction)
    show_tried(tried, language)
    sys.exit(Exit.FOUND if tried.finding.refuses else Exit.DONE)


@rules.command("explain")
def explain(
    decision: Annotated[str, typer.Argument(help="dec_…, as an answer, an event or the audit names it")],
    language: Language = "en",
) -> None:
    """A decision that a service has kept, and whether the same comes out of its inputs again. 1 if it does not."""
    from shared.operations.exits import Exit
    from shared.operations.rule_reviewing import explained
    from shared.operations.rule_telling import show_explained

    with _refusing_in(language):
        found = asyncio.run(explained(decision))
    show_explained(found, language)
    sys.exit(Exit.FOUND if any(finding.same is False for finding in found.findings) else Exit.DONE)


@rules.command("preview")
def preview(
    pack: Annotated[Path, typer.Argument(help="a pack that is to be published, as YAML")], language: Language = "en"
) -> None:
    """Which open decisions would come out differently under a new pack; nothing is changed. 1 if any would."""
    from shared.operations.exits import Exit
    from shared.operations.rule_reviewing import Compared, compared
    from shared.operations.rule_telling import show_compared

    async def gather() -> list[Compared]:
        return [one async for one in compared(pack)]

    with _refusing_in(language):
        found = asyncio.run(gather())
    different = show_compared(found, language)
    sys.exit(Exit.FOUND if different else Exit.DONE)


@contextmanager
def _refusing_in(language: str) -> Iterator[None]:
    """Say what is refused in the language that was asked for."""
    from shared.errors import Misfit, Refusal

    try:
        yield
    except (Misfit, Refusal) as error:
        if language != "zh":
            raise
        from shared.operations.mendable import SaidInChinese

        raise SaidInChinese(error) from error


def _day(on: datetime | None) -> date:
    from shared.operations.rule_asking import today

    return today() if on is None else on.date()
