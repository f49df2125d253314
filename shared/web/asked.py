"""What a route asks for: one command on somebody's object, or many together; carried out, with what is answered."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.identity.principal import Principal
from shared.kernel.aggregate import Aggregate
from shared.persistence.unit_of_work import UnitOfWork
from shared.web.refusals import NoPrecondition, PreconditionFailed

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C")
T = TypeVar("T")
V = TypeVar("V", bound=BaseModel)
Handler = Callable[[C, Any], Awaitable[T]]
Commands = Callable[[AsyncConnection], Awaitable[Iterable[C]]]


@dataclass(frozen=True, slots=True)
class Asked(Generic[A, C, T, V]):
    """One command as a route asks for it; the fields are the arguments of `Edge.act`."""

    handler: Handler[C, T]
    command: C
    answer: Callable[[T], V]
    on: tuple[type[A], str] | None
    check: Callable[[Principal, A], object]
    location: str | None
    secret: bool

    async def carry_out(self, work: UnitOfWork, request: Request, who: Principal | None) -> tuple[T, V]:
        """What came of it, and the answer; nothing is written yet."""
        if self.on is not None:
            await self._address(self.on, work, request, who)
        outcome = await self.handler(self.command, work)
        return outcome, self.answer(outcome)

    async def _address(
        self, on: tuple[type[A], str], work: UnitOfWork, request: Request, who: Principal | None
    ) -> None:
        shape, id = on
        thing = await work.repository(shape).get(id)
        if who is not None:
            self.check(who, thing)
        _compare_version(request, thing.version)


@dataclass(frozen=True, slots=True)
class Together(Generic[C, T, V]):
    """Commands that are carried out together; the fields are the arguments of `Edge.act_on_all`."""

    handler: Handler[C, T]
    commands: Commands[C]
    answer: Callable[[list[T]], V]
    trial: bool


def _compare_version(request: Request, version: int) -> None:
    wanted = request.headers.get("if-match")
    if wanted is None and request.method in {"PUT", "PATCH"}:
        raise NoPrecondition
    tags = [tag.strip() for tag in (wanted or "*").split(",")]
    if "*" not in tags and f'"{version}"' not in tags:
        raise PreconditionFailed
