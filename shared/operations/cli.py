"""`sunmao`: run the services, look after them, tell a story with them."""

import asyncio
import os
import sys
from datetime import datetime
from typing import Annotated, Literal

import typer

from shared.operations.cli_access import access, subscribers
from shared.operations.cli_backup import backup
from shared.operations.cli_batches import batch
from shared.operations.cli_calendar import calendar
from shared.operations.cli_documents import documents
from shared.operations.cli_privacy import privacy
from shared.operations.cli_rules import rules
from shared.operations.cli_tables import tables
from shared.operations.exits import Exit
from shared.operations.memory import load

Role = Literal["all", "api", "worker"]

cli = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False, add_completion=False)
letters = typer.Typer(no_args_is_help=True, help="Events that a consumer set aside.")
events = typer.Typer(no_args_is_help=True, help="What happened, from the event feed.")
cli.add_typer(letters, name="dead-letters")
cli.add_typer(events, name="events")
cli.add_typer(access, name="access")
cli.add_typer(backup, name="backup")
cli.add_typer(calendar, name="calendar")
cli.add_typer(documents, name="documents")
cli.add_typer(privacy, name="privacy")
cli.add_typer(rules, name="rules")
cli.add_typer(subscribers, name="subscribers")
cli.add_typer(tables, name="tables")
cli.command()(batch)

TIMES = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S"]
ServiceName = Annotated[str, typer.Argument(help="partnership, training, talent or notify")]


def main() -> None:
    """Run the command line; an error that a person can mend is one sentence, not a stack trace."""
    load()
    from shared.operations.mendable import MENDABLE

    try:
        cli()
    except MENDABLE as error:
        typer.secho(str(error), err=True, fg="red")
        sys.exit(Exit.REFUSED)


@cli.command()
def serve(
    service: Annotated[
        str | None, typer.Argument(envvar="SUNMAO_SERVICE", help="one service, or `identity`; none for the whole town")
    ] = None,
    role: Annotated[Role, typer.Option(help="what this process does for its service")] = "all",
    log_format: Annotated[
        Literal["json", "console"] | None, typer.Option(help="`console` is for people; before what the settings say")
    ] = None,
) -> None:
    """Run the embedded edition, or one service of the distributed one."""
    from shared.operations import running

    if log_format is not None:
        # The more particular variable of a service comes before the one for all.
        for owner in ["", *([f"{service.upper()}_"] if service else [])]:
            os.environ[f"SUNMAO_{owner}LOG_FORMAT"] = log_format
    if service is None:
        running.run_town()
    elif service == "identity":
        running.run_issuer()
    else:
        _known(service)
        from shared.operations.running_service import run_service

        run_service(service, role)


@cli.command()
def migrate(service: ServiceName) -> None:
    """Bring one service's database to the schema that this release expects."""
    _known(service)
    from shared.operations.jobs import migrate_service

    asyncio.run(migrate_service(service))


@cli.command()
def topics(
    replication: Annotated[int, typer.Option(min=1, max=5, help="copies of each partition")] = 1,
    check: Annotated[bool, typer.Option("--check", help="change nothing, only compare")] = False,
) -> None:
    """Create the topics, and compare those that exist with what they must be."""
    from shared.operations.topics import provision

    for line in provision(os.environ, replication, check_only=check):
        typer.echo(line)


@cli.command()
def doctor() -> None:
    """Look at all that a start needs: settings, ports, databases, Kafka, rights, clocks, disk. 1 if one is bad."""
    from shared.operations.jobs import see_doctor

    sys.exit(asyncio.run(see_doctor()))


@letters.command("list")
def letters_list(
    service: ServiceName, status: Annotated[str | None, typer.Option()] = "open", consumer: str | None = None
) -> None:
    """What was set aside, oldest first."""
    from shared.operations import remote

    asyncio.run(remote.list_dead_letters(service, status=status, consumer=consumer))


@letters.command("show")
def letters_show(service: ServiceName, id: int) -> None:
    """One dead letter, whole."""
    from shared.operations import remote

    asyncio.run(remote.show_dead_letter(service, id))


@letters.command("replay")
def letters_replay(
    service: ServiceName,
    consumer: str | None = None,
    type: str | None = None,
    error_type: str | None = None,
    since: datetime | None = None,
    id: Annotated[list[int] | None, typer.Option()] = None,
    limit: int = 1000,
    rate: float | None = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Run open dead letters again. Nobody is notified twice by it."""
    from shared.operations import remote

    selection = {"consumer": consumer, "type": type, "error_type": error_type, "ids": id or [], "rate": rate}
    asyncio.run(remote.replay(service, {**selection, "limit": limit, "dry_run": dry_run}, since))


@letters.command("discard")
def letters_discard(service: ServiceName, id: list[int], reason: Annotated[str, typer.Option()]) -> None:
    """Say of open dead letters that they do not matter."""
    from shared.operations import remote

    asyncio.run(remote.discard(service, id, reason))


@cli.command()
def outbox(service: ServiceName) -> None:
    """How much is still to be sent, since when, and what the broker refuses."""
    from shared.operations import remote

    asyncio.run(remote.show_outbox(service))


@cli.command()
def rebuild(consumer: Annotated[str, typer.Argument(help="<service>.<module>")]) -> None:
    """Empty a consumer's projections and fill them again from the state topics."""
    from shared.operations import remote

    asyncio.run(remote.rebuild(_service_of(consumer), consumer))


@cli.command()
def backfill(
    consumer: Annotated[str, typer.Argument(help="<service>.<module>")], since: Annotated[datetime, typer.Option()]
) -> None:
    """Let a consumer react to the events since a time to which it has not reacted yet."""
    from shared.operations import remote

    asyncio.run(remote.backfill(_service_of(consumer), consumer, since))


@cli.command()
def restore(
    service: ServiceName,
    dumped_at: Annotated[
        datetime, typer.Option(formats=TIMES, help="when pg_dump began; +08:00 where no offset is given")
    ],
    margin: Annotated[
        int, typer.Option(min=0, max=14400, help="minutes before it from which topics are read again")
    ] = 60,
    preview: Annotated[bool, typer.Option("--preview", help="change nothing, only list")] = False,
) -> None:
    """Bring a stopped service that was restored from a dump back into agreement with its topics."""
    _known(service)
    from shared.operations.jobs import restore_service

    asyncio.run(restore_service(service, dumped_at, margin, preview=preview))


@cli.command("republish-state")
def republish_state(
    service: ServiceName,
    rate: Annotated[int | None, typer.Option(min=1, help="at most so many states a second")] = None,
) -> None:
    """Publish the state of everything that a service owns once more: for topics that were lost."""
    _known(service)
    from shared.operations.republishing import republish

    for line in asyncio.run(republish(service, rate)):
        typer.echo(line)


@events.command("tail")
def events_tail(
    type: Annotated[str, typer.Option(help="only types that begin so")] = "",
    after: Annotated[int | None, typer.Option(help="from this position on")] = None,
) -> None:
    """Show events as they arrive, until Ctrl-C."""
    from shared.operations import remote

    asyncio.run(remote.tail(type, after))


@events.command("story")
def events_story(correlation_id: str) -> None:
    """All events of one story, in order."""
    from shared.operations import remote

    asyncio.run(remote.story(correlation_id))


@cli.command()
def token(
    as_role: Annotated[str, typer.Option("--as", help="a role, enterprise_admin for instance")],
    organization: str | None = None,
    person: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Print a token of the local issuer."""
    from shared.operations import remote

    asyncio.run(remote.print_token(as_role, organization, person or []))


@cli.command()
def client(
    client_id: Annotated[str, typer.Argument(help="what the client calls itself")],
    scope: Annotated[list[str], typer.Option(help="events:read, partnership:write, …")],
    organization: Annotated[str | None, typer.Option(help="in whose name it acts")] = None,
    secret: Annotated[
        str | None,
        typer.Option(envvar="SUNMAO_CLIENT_SECRET", help="one that was made elsewhere; by the variable only"),
    ] = None,
) -> None:
    """Register a machine client with the local issuer and print its secret, which is shown only now."""
    from shared.operations.jobs import register_client

    made = register_client(client_id, tuple(scope), organization, secret)
    typer.echo(made if secret is None else f"{client_id} is registered with the secret of SUNMAO_CLIENT_SECRET")


@cli.command()
def demo(
    story: Annotated[
        Literal["s1", "s2", "s3", "s4"],
        typer.Argument(
            help="s1: from an enterprise's need to a converted credit; s2: internships that the law allows, and those "
            "that it does not; s3: the clock of new teachers' practice; s4: the papers of a year group, in batches"
        ),
    ] = "s1",
    *,
    once: Annotated[bool, typer.Option("--once", help="end after the story instead of serving on")] = False,
    measure: Annotated[bool, typer.Option("--measure", help="print latencies after the story")] = False,
    against: Annotated[bool, typer.Option("--against", help="against services that run already")] = False,
    edition: Annotated[Literal["embedded", "distributed"], typer.Option(envvar="SUNMAO_EDITION")] = "embedded",
) -> None:
    """Tell a story on the platform, and judge whether all that must hold after it does."""
    from shared.operations.demo import Wanted, run_demo

    sys.exit(run_demo(Wanted(story=story, once=once, measure=measure), against=against, edition=edition))


@cli.command()
def settings() -> None:
    """Every setting, with its meaning, as the documentation's table."""
    from shared.operations.jobs import settings_table

    typer.echo(settings_table())


def _known(service: str) -> None:
    from shared.web.service import installed_services

    if service not in installed_services():
        raise typer.BadParameter(f"{service} is not installed here; installed: {', '.join(installed_services())}")


def _service_of(consumer: str) -> str:
    return consumer.partition(".")[0]
