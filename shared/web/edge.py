"""The one way from a request into a service and back: scope, precondition, key, transaction, answer, in this order."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace, NotFound
from shared.identity.principal import Principal
from shared.identity.scope import sees, within
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date
from shared.kernel.work import Context
from shared.messaging import faults
from shared.messaging.blame import is_race, sqlstate_of
from shared.persistence import sets
from shared.persistence.sets import Part, Row
from shared.persistence.sql_store import SqlStore
from shared.persistence.unit_of_work import UnitOfWork
from shared.rules.engine import Rulebook
from shared.web.asked import Asked, Commands, Handler, Together
from shared.web.exporting import MOST_ROWS, Pages, single, whole
from shared.web.idempotency import TABLE, Repeatable, repeatable
from shared.web.pages import Page, PageWanted, require_fewer, select_page
from shared.web.refusals import Answered, NoOrganization
from shared.web.runtime import Runtime

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C")
T = TypeVar("T")
V = TypeVar("V", bound=BaseModel)

EDGE: Final = "sunmao.edge"
"""Under which a request says in its scope by what edge it is answered, where that is not the usual one."""
_TRIES: Final = 3


class _OnTrial(Exception):
    """Ends a transaction that was only to show what would come of it."""

    def __init__(self, view: Any) -> None:
        self.view = view
        super().__init__("on trial")


class Edge:
    """What a route is given: it says which handler answers, the edge does everything around it."""

    def __init__(self, request: Request, response: Response, runtime: Runtime, who: Principal | None) -> None:
        self._request = request
        self._response = response
        self._runtime = runtime
        self._who = who
        self.now: datetime = runtime.clock()

    @property
    def who(self) -> Principal:
        """The caller. Only a public route has none."""
        if self._who is None:
            raise LookupError("a public route knows no caller")
        return self._who

    @property
    def today(self) -> date:
        """The business date of the request."""
        return business_date(self.now)

    @property
    def organization_id(self) -> str:
        """The caller's organisation. Raises `NoOrganization`."""
        if self.who.organization_id is None:
            raise NoOrganization
        return self.who.organization_id

    @property
    def rules(self) -> Rulebook:
        """The rule packs of the service, for what is only looked at."""
        if self._runtime.works.rules is None:
            raise LookupError("this service has no rule packs")
        return self._runtime.works.rules

    async def act(
        self,
        handler: Handler[C, T],
        command: C,
        *,
        answer: Callable[[T], V],
        on: tuple[type[A], str] | None = None,
        check: Callable[[Principal, A], object] = within,
        location: str | None = None,
        secret: bool = False,
        actor: str | None = None,
    ) -> V:
        """Carry out a command and answer with what came of it.

        `on` names the object that the command addresses: a stranger's is not found, and its version is compared with
        `If-Match`. `check` is how the caller must stand to it. `location` becomes the Location header, `{id}` filled
        in. An answer that is `secret` is never stored. `actor` speaks for a caller without a token.
        """
        asked = Asked(handler, command, answer, on, check, location, secret)
        return await self.carry_out(asked, self._context(actor))

    async def carry_out(self, asked: Asked[A, C, T, V], context: Context) -> V:
        """Carry out what a route asks for, in a transaction of its own."""
        return await self._tried(partial(self._once, asked), context)

    async def act_on_all(
        self, handler: Handler[C, T], commands: Commands[C], *, answer: Callable[[list[T]], V], trial: bool = False
    ) -> V:
        """Carry out many commands in one transaction and answer with what came of them: all is done, or nothing.

        `commands` is asked inside it what they are. Each has a unit of work of its own, written before the next
        begins, so that no more than one is in memory. `answer` may still refuse. On trial it is given, and no trace
        is left.
        """
        together = Together(handler, commands, answer, trial)
        try:
            return await self.transact(partial(self._all, together))
        except _OnTrial as tried:
            view: V = tried.view
            return view

    async def transact(self, do: Callable[[AsyncConnection, Context], Awaitable[tuple[V, bool]]]) -> V:
        """Do something in one transaction of the caller's, and answer with the view that it gives.

        With the view `do` says whether it may be stored, to be given to whoever repeats the request under its key.
        It is done again where somebody else was faster.
        """
        return await self._tried(partial(self._within, do), self._context(None))

    async def require_first(self) -> None:
        """Raise `Answered` where this very request was answered before, for whatever costs much to prepare."""
        key = await repeatable(self._request, self._sender(self._context(None)))
        if key is not None:
            await self.read(key.look)

    async def _tried(self, once: Callable[[Context, Repeatable | None], Awaitable[V]], context: Context) -> V:
        """Try again where somebody else was faster, three times at most."""
        key = await repeatable(self._request, self._sender(context))
        for turn in range(1, _TRIES + 1):
            try:
                return await once(context, key)
            except Exception as error:
                if not is_race(error):
                    raise
                self._runtime.metrics.edge(self._runtime.service).retried(sqlstate_of(error))
                if turn == _TRIES:
                    raise LostRace from error
        raise LostRace

    async def own(self, shape: type[A], id: str) -> A:
        """One object that the caller may change, for an act that has to be prepared before its transaction."""
        async with self._runtime.database.reading() as connection:
            mapping = self._runtime.works.kind.mapping_of(shape)
            found = await SqlStore(connection).where(mapping, {"id": id}, lock=False)
        if not found:
            raise NotFound(kind=shape.kind)
        thing: A = within(self.who, found[0])
        return thing

    async def show(self, shape: type[A], id: str, answer: Callable[[A], V]) -> V:
        """One object, if the caller may see it, with its version as ETag."""
        async with self._runtime.database.reading() as connection:
            mapping = self._runtime.works.kind.mapping_of(shape)
            found = await SqlStore(connection).where(mapping, {"id": id}, lock=False)
        if not found:
            raise NotFound(kind=shape.kind)
        thing: A = sees(self.who, found[0])
        self._response.headers["ETag"] = f'"{thing.version}"'
        return answer(thing)

    async def page(self, shape: type[A], wanted: PageWanted, answer: Callable[[A], V], **equals: object) -> Page[V]:
        """The objects of one kind that the caller may see, a page at a time; filters that are None do not narrow."""
        mapping = self._runtime.works.kind.mapping_of(shape)
        if wanted.whole:
            await self.read(partial(require_fewer, most=MOST_ROWS), mapping, self.who, equals)

        async def listed(wanted: PageWanted) -> Page[V]:
            things, cursor = await self.read(select_page, mapping, wanted, self.who, equals)
            return Page(items=[answer(thing) for thing in things], next=cursor)

        return await self.pages(listed, wanted, shape)

    async def pages(self, listed: Pages[V], wanted: PageWanted, shape: type[Aggregate] | None = None) -> Page[V]:
        """The page of a list that is wanted; as a file it is the answer, and so are all pages together.

        What is listed has the states of its `shape`, which files for people say in words.
        """
        if wanted.whole:
            raise Answered(await whole(self._request, listed, wanted, shape))
        page = await listed(wanted)
        if wanted.format != "json":
            raise Answered(await single(self._request, page, wanted.format, shape))
        return page

    async def read(self, query: Callable[..., Awaitable[T]], *arguments: object) -> T:
        """What a query of the service says; it is given the connection first."""
        async with self._runtime.database.reading() as connection:
            return await query(connection, *arguments)

    async def _once(self, asked: Asked[A, C, T, V], context: Context, key: Repeatable | None) -> V:
        works = self._runtime.works
        async with works.database.writing() as connection:
            if key is not None:
                await key.begin(connection, self.now)
            work: UnitOfWork = await works.on(connection, context)
            # The answer is made before anything is written, and goes with it: nothing can fail after the flush.
            outcome, view = await asked.carry_out(work, self._request, self._who)
            headers = _headers(outcome, asked.location, self._request.scope.get("root_path", ""))
            if key is not None:
                work.keep_row(TABLE, self._answered(key, None if asked.secret else view, headers), "fill")
            await work.flush(last=True)
        faults.reach("edge.committed")
        self._response.headers.update(headers)
        return view

    async def _within(
        self,
        do: Callable[[AsyncConnection, Context], Awaitable[tuple[V, bool]]],
        context: Context,
        key: Repeatable | None,
    ) -> V:
        async with self._runtime.works.database.writing() as connection:
            if key is not None:
                await key.begin(connection, self.now)
            view, storable = await do(connection, context)
            if key is not None:
                answered = self._answered(key, view if storable else None, {})
                await sets.write(connection, [Part(TABLE, [answered], "fill")], last=True)
        faults.reach("edge.committed")
        return view

    async def _all(self, together: Together[C, T, V], connection: AsyncConnection, context: Context) -> tuple[V, bool]:
        outcomes: list[T] = []
        for command in await together.commands(connection):
            work: UnitOfWork = await self._runtime.works.on(connection, context)
            outcomes.append(await together.handler(command, work))
            await work.flush()
        view = together.answer(outcomes)
        if together.trial:
            raise _OnTrial(view)
        return view, True

    def _answered(self, key: Repeatable, view: BaseModel | None, headers: dict[str, str]) -> Row:
        status = getattr(self._request.scope.get("route"), "status_code", None) or 200
        answer = None if view is None else view.model_dump_json(by_alias=True).encode()
        return key.answered(status, answer, headers)

    def _sender(self, context: Context) -> str:
        """Whose keys are told apart: one person may act for several organisations."""
        organization = self._who.organization_id if self._who else None
        return f"{context.actor}@{organization}" if organization else context.actor

    def _context(self, actor: str | None) -> Context:
        return Context(
            actor=actor or self.who.actor,
            now=self.now,
            request_id=self._request.state.request_id,
            test=self._who.test if self._who else False,
            traceparent=self._runtime.tracing.capture(),
        )


def _headers(outcome: object, location: str | None, root: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    if isinstance(outcome, Aggregate):
        headers["ETag"] = f'"{outcome.version}"'
        if location is not None:
            headers["Location"] = root + location.format(id=outcome.id)
    return headers


# Asynchronous though it waits for nothing: FastAPI would run it in a thread, which costs more than all that it does.
async def edge_of(request: Request, response: Response) -> Edge:
    """The edge of this request."""
    made: Callable[..., Edge] = request.scope.get(EDGE, Edge)
    return made(request, response, request.app.state.runtime, getattr(request.state, "who", None))


EdgeIn = Annotated[Edge, Depends(edge_of)]
