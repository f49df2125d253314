"""`sunmao privacy`: what is held of people, to give it out, to erase somebody, and to see who has confirmed it."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
import sys
from typing import Annotated

import typer

Person = Annotated[str, typer.Argument(help="stu_…, tch_… or tec_…")]
Role = Annotated[
    str, typer.Option("--as", help="the role in which it is asked, university_academic_office for instance")
]
Organization = Annotated[str | None, typer.Option(help="the institution whose office asks")]

privacy = typer.Typer(no_args_is_help=True, help="Personal data: the map, export, erasure, receipts.")


@privacy.command("map")
def map_(
    service: Annotated[str | None, typer.Argument(help="one service; all that are installed if left out")] = None,
) -> None:
    """What every table holds of people, how long, why, and what an erasure does."""
    from shared.operations.privacy import installed_maps, map_table, retention_table

    for personal in installed_maps(service):
        typer.echo(f"{personal.service}\n\n{map_table(personal)}\n")
    typer.echo(retention_table())


@privacy.command("export")
def export(
    person: Person,
    as_role: Role = "university_academic_office",
    organization: Organization = None,
    service: Annotated[list[str] | None, typer.Option(help="only these services")] = None,
) -> None:
    """All that the services hold of a person, as JSON. It is written down who asked."""
    from shared.contracts.registry import SERVICES
    from shared.operations import privacy as asking

    persons = () if organization else (person,)
    asyncio.run(asking.export(person, asking.Asker(as_role, organization, persons), service or SERVICES))


@privacy.command("erase")
def erase(
    person: Person,
    as_role: Role = "university_academic_office",
    organization: Organization = None,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask whether that is meant")] = False,
) -> None:
    """Erase a person who has left, in every service. It cannot be undone."""
    from shared.operations import privacy as asking

    if not yes:
        typer.confirm(f"Erase {person} in every service? Nobody can undo it", abort=True)
    asyncio.run(asking.erase(person, asking.Asker(as_role, organization, () if organization else (person,))))


@privacy.command("receipts")
def receipts(
    erasure: Annotated[str, typer.Argument(help="era_…, as the erasure named it")],
    as_role: Role = "university_academic_office",
    organization: Organization = None,
) -> None:
    """Which services have confirmed an erasure. 1 while one has not."""
    from shared.operations import privacy as asking
    from shared.operations.exits import Exit

    complete = asyncio.run(asking.receipts(erasure, asking.Asker(as_role, organization)))
    sys.exit(Exit.DONE if complete else Exit.FOUND)
