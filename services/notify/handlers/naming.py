"""Naming the parties behind recipients, as far as those are known here."""

from collections.abc import Callable, Collection
from typing import TypeVar

from services.notify.domain.directory import (
    Known,
    asked_by_everyone,
    asked_by_offices,
    asked_by_sides,
    expanded,
    named,
    those_of,
)
from services.notify.domain.recipients import Everyone, Recipient
from services.notify.ports import Work
from shared.kernel.work import NotYet

T = TypeVar("T")


async def parties_of(recipients: Collection[Recipient], work: Work) -> list[str]:
    """The parties, each once. Raises `NotYet` while somebody is asked for of whom nothing was heard."""
    try:
        sides = await work.sides.known(asked_by_sides(recipients))
        told = expanded(recipients, sides, await kinds_of(recipients, work))
        return named(told, await work.directory.known(asked_by_offices(told)))
    except KeyError as unknown:
        raise NotYet(f"{unknown.args[0]} is not known yet") from None


async def kinds_of(recipients: Collection[Recipient], work: Work) -> dict[Everyone, list[Known]]:
    """All organisations of the kinds that recipients speak of, or those of them that are within reach."""
    asked = asked_by_everyone(recipients)
    kinds = {kind: await work.directory.where(kind=kind) for kind in sorted({each.kind for each in asked})}
    near = await work.directory.known({id for each in asked for id in each.near})
    return those_of(asked, kinds, near)


def so_far(find: Callable[[], list[T]]) -> list[T]:
    """What is found, or nothing while one of those who are asked for is not known."""
    try:
        return find()
    except KeyError:
        return []
