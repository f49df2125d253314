"""What runs once and ends: migrations, a restore, and the table of settings for the documentation."""

import os
from datetime import datetime, timedelta

import typer
from rich.console import Console

from shared.contracts.fields import REGION_TIME
from shared.identity.issuer import register
from shared.kernel.clock import system_clock
from shared.messaging import faults
from shared.operations.databases import open_database, reached
from shared.operations.doctoring import examine, table_of
from shared.operations.exits import Exit
from shared.operations.folder import Folder
from shared.operations.parts import note_packs
from shared.operations.running import begin
from shared.operations.settings import Settings, read_settings
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import installed_services


async def migrate_service(name: str) -> None:
    """Apply what is missing, on PostgreSQL where an address is given, else on the file of the embedded edition."""
    begin(name, name)
    settings = read_settings(os.environ, name)
    service = installed_services()[name]
    if settings.database_url is not None:
        database = open_database(name, settings, pool=2)
        await reached(name, database)
        await _migrate(database, name)
        return
    folder = Folder(settings.home)
    with folder.owned():
        await _migrate(Database(folder.database_url(service.name)), name)


async def _migrate(database: Database, name: str) -> None:
    service = installed_services()[name]
    try:
        await upgrade(
            database,
            service.folder / "migrations",
            service.metadata,
            stepped=lambda: faults.reach("migration.stepped"),
        )
        await note_packs(service, database, at=system_clock())
    finally:
        await database.close()


async def restore_service(name: str, dumped_at: datetime, margin: int, *, preview: bool) -> None:
    """Put right what a restored database and its topics disagree on, and say what it was."""
    # It needs the Kafka client, which the embedded edition does without.
    from shared.operations.restoring import Wish, restore  # noqa: PLC0415

    moment = dumped_at if dumped_at.tzinfo else dumped_at.replace(tzinfo=REGION_TIME)
    async for line in restore(name, Wish(moment, timedelta(minutes=margin), preview)):
        typer.echo(line)


async def see_doctor() -> Exit:
    """Print what was found, and say whether something will not work."""
    findings = [finding async for finding in examine(os.environ)]
    Console().print(table_of(findings))
    return Exit.FOUND if any(finding.state == "bad" for finding in findings) else Exit.DONE


def register_client(
    client_id: str, scopes: tuple[str, ...], organization_id: str | None, secret: str | None = None
) -> str:
    """Write a machine client down where the local issuer of this machine reads it; its secret."""
    settings = read_settings(os.environ)
    file = settings.issuer_clients or Folder(settings.home).clients
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return register(file, client_id, scopes, organization_id=organization_id, secret=secret)


def settings_table() -> str:
    """Every setting as a Markdown table."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `SUNMAO_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)
