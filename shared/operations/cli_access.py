"""`sunmao access` and `sunmao subscribers`: who may do what on Kafka."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import os
from collections.abc import Iterable
from typing import Annotated

import typer

access = typer.Typer(no_args_is_help=True, help="Our users of Kafka, and what each may do.")
subscribers = typer.Typer(no_args_is_help=True, help="Other systems that read what happens here.")


@access.command("apply")
def apply(check: Annotated[bool, typer.Option("--check", help="change nothing, only compare")] = False) -> None:
    """Make the users of the services in Kafka, and give each the rights that its code uses and no other."""
    from shared.operations.granting import apply_access

    _echo(apply_access(os.environ, check_only=check))


@access.command("show")
def show() -> None:
    """Every right that is needed, for those who give them out by other means."""
    from shared.operations.granting import shown_access

    _echo(shown_access(os.environ))


@subscribers.command("add")
def add(
    name: str,
    types: Annotated[str, typer.Option(help="types of events or states, separated by commas")],
    feed: Annotated[bool, typer.Option("--feed", help="also a client of the local issuer, for the feed")] = False,
) -> None:
    """Let a system read from Kafka; its password is shown only now.

    One that is there already gets a new password, and the rights to these types alone.
    """
    from shared.operations.granting import add_subscriber

    _echo(add_subscriber(os.environ, name, [type.strip() for type in types.split(",")]))
    if feed:
        from shared.operations.jobs import register_client

        secret = register_client(name, ("events:read",), None)
        _echo([f"client_id          {name}", f"client_secret      {secret}", "scope              events:read"])


@subscribers.command("list")
def list_() -> None:
    """Who reads, and from which topics."""
    from shared.operations.granting import shown_subscribers

    _echo(shown_subscribers(os.environ))


@subscribers.command("remove")
def remove(name: str) -> None:
    """Let it in no more."""
    from shared.operations.granting import remove_subscriber

    _echo(remove_subscriber(os.environ, name))


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
