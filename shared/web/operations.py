"""What operators ask of one service: what was set aside, what is still to be sent, and to run or rebuild it again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.fields import Instant
from shared.errors import Invalid, NotFound
from shared.identity.access import allow
from shared.identity.gate import Who
from shared.identity.router import AccessRouter
from shared.messaging import dead_letters
from shared.messaging.dead_letters import Filters
from shared.messaging.inbox import DEAD_LETTER
from shared.messaging.retrying import SecondChances
from shared.persistence.record import split_headers
from shared.persistence.spine import AuditRow, OutboxRow, ParkedRow, table_of
from shared.web.runtime import Runtime
from shared.words import Verbatim

_OUTBOX, _PARKED, _AUDIT = table_of(OutboxRow), table_of(ParkedRow), table_of(AuditRow)

LetterId = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of a dead letter, as large as a database counts."""
LetterStatus = Literal["waiting", "open", "parked", "replayed", "discarded"]
Exactly = Annotated[str | None, Query(max_length=200)]

router = AccessRouter(prefix="/v1/operations", tags=["operations"])


class NotRebuilt(Invalid):
    """Only projections are rebuilt."""

    en = "{consumer} has no projections to rebuild; those that have: {known}."
    zh = "{consumer} 没有可重建的投影；可重建的有：{known}。"


class NotBackfilled(Invalid):
    """Only reactions are caught up."""

    en = "{consumer} reacts to no events; those that do: {known}."
    zh = "{consumer} 不响应任何事件；可补跑的有：{known}。"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the operators' routes work with; rebuilding and catching up depend on the transport."""

    chances: SecondChances
    rebuildable: frozenset[str]
    reacting: frozenset[str]
    rebuild: Callable[[str], Awaitable[int]]
    backfill: Callable[[str, datetime], Awaitable[int]]


class DeadLetterView(BaseModel):
    """An event that was set aside. Its body is shown by itself, for it may be anything."""

    model_config = ConfigDict(frozen=True)

    id: int
    consumer: str
    event_id: str
    type: str
    topic: str
    partition: int
    offset: int
    key: str
    status: str
    error_type: str
    error: str
    attempts: int
    first_seen: Instant
    last_seen: Instant


class DeadLetterDetail(DeadLetterView):
    """One dead letter with what it holds, as text."""

    headers: dict[str, str]
    payload: str | None


class Selection(BaseModel):
    """Which dead letters are meant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consumer: str | None = None
    type: str | None = None
    error_type: str | None = None
    since: Instant | None = None
    ids: list[LetterId] = Field(default=[], max_length=1000)

    def filters(self, status: str | None = "open") -> Filters:
        """As the messaging layer asks for them."""
        return Filters(**self.model_dump(), status=status)


class Replay(Selection):
    """A replay of open dead letters; `rate` is how many per second at most."""

    dry_run: bool = False
    limit: int = Field(default=1000, ge=1, le=100_000)
    rate: float | None = Field(default=None, gt=0, le=1000)


class ReplayView(BaseModel):
    """What a replay did, or with `dry_run` would do."""

    selected: int
    replayed: int
    failed: int


class Discard(BaseModel):
    """Dead letters that do not matter, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ids: list[LetterId] = Field(min_length=1, max_length=1000)
    reason: str = Field(min_length=2, max_length=500)


class CountView(BaseModel):
    """How many there were."""

    count: int


class OutboxView(BaseModel):
    """What is still to be sent (in the embedded edition: what is kept), and what the broker refuses."""

    rows: int
    oldest: Instant | None
    parked: int


class ConsumerAsked(BaseModel):
    """Which consumer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consumer: str


class BackfillAsked(ConsumerAsked):
    """Which consumer, and from when on."""

    since: Instant


def desk_of(request: Request) -> Desk:
    """The desk of this service."""
    desk: Desk = request.app.state.desk
    return desk


def runtime_of(request: Request) -> Runtime:
    """The runtime of this service."""
    runtime: Runtime = request.app.state.runtime
    return runtime


@dataclass(frozen=True, slots=True)
class Clerk:
    """Writes down what operators and offices do: who, for which organisation, and in which request."""

    runtime: Runtime
    actor: str
    organization_id: str | None
    request_id: str

    async def note(self, connection: AsyncConnection, act: str, subject: str, reason: str | None = None) -> None:
        """An act, in the transaction that does it."""
        row = {"at": self.runtime.clock(), "actor": self.actor, "act": act, "subject": subject, "reason": reason}
        said = {**row, "organization_id": self.organization_id, "request_id": self.request_id}
        await connection.execute(_AUDIT.insert(), [said])

    async def note_alone(self, act: str, subject: str) -> None:
        """An act of many transactions, before the first of them."""
        async with self.runtime.database.writing() as connection:
            await self.note(connection, act, subject)


def clerk_of(request: Request, who: Who) -> Clerk:
    """The clerk who sits beside this request."""
    return Clerk(runtime_of(request), who.actor, who.organization_id, request.state.request_id)


DeskIn = Annotated[Desk, Depends(desk_of)]
RuntimeIn = Annotated[Runtime, Depends(runtime_of)]
ClerkIn = Annotated[Clerk, Depends(clerk_of)]
_OPS = allow("ops", scope=None, alliance_wide=("ops",))


@router.get("/dead-letters", access=_OPS)
async def dead_letters_page(  # noqa: PLR0917
    runtime: RuntimeIn,
    consumer: Exactly = None,
    type: Exactly = None,
    error_type: Exactly = None,
    status: LetterStatus | None = None,
    after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[DeadLetterView]:
    """What was set aside, oldest first; `after` is the id of the last one seen."""
    filters = Filters(consumer=consumer, type=type, error_type=error_type, status=status)
    async with runtime.database.reading() as connection:
        rows = await dead_letters.select_page(connection, filters, after=after, limit=limit)
    return [DeadLetterView.model_validate(dict(row)) for row in rows]


@router.get("/dead-letters/{id}", access=_OPS)
async def dead_letter(id: Annotated[int, Path(ge=1, le=2**63 - 1)], runtime: RuntimeIn) -> DeadLetterDetail:
    """One dead letter, whole."""
    async with runtime.database.reading() as connection:
        rows = await dead_letters.select_page(connection, Filters(ids=[id], status=None), limit=1)
    if not rows:
        raise NotFound(kind="dead letter")
    row: dict[str, Any] = dict(rows[0])
    headers = {name: value.decode("utf-8", "replace") for name, value in split_headers(row.pop("headers"))}
    payload = row.pop("payload")
    return DeadLetterDetail.model_validate(
        {**row, "headers": headers, "payload": None if payload is None else payload.decode("utf-8", "replace")}
    )


@router.post("/dead-letters/replays", access=_OPS)
async def replay(body: Replay, desk: DeskIn, clerk: ClerkIn) -> ReplayView:
    """Run open dead letters again, through the same path as a delivery. Nobody is notified twice by it."""
    if not body.dry_run:
        await clerk.note_alone("dead-letters.replay", body.consumer or "all")
    selection = Selection(**body.model_dump(exclude={"dry_run", "limit", "rate"}))
    done = await desk.chances.replay(selection.filters(), dry_run=body.dry_run, limit=body.limit, rate=body.rate)
    return ReplayView(selected=done.selected, replayed=done.replayed, failed=done.failed)


@router.post("/dead-letters/discards", access=_OPS)
async def discard(body: Discard, runtime: RuntimeIn, clerk: ClerkIn) -> CountView:
    """Say of open dead letters that they do not matter; they are kept, and so is the reason."""
    open_ones = DEAD_LETTER.c.id.in_(body.ids) & (DEAD_LETTER.c.status == "open")
    async with runtime.database.writing() as connection:
        statement = update(DEAD_LETTER).where(open_ones).values(status="discarded", last_seen=runtime.clock())
        count = (await connection.execute(statement)).rowcount
        await clerk.note(connection, "dead-letters.discard", ",".join(map(str, body.ids))[:200], body.reason)
    return CountView(count=count)


@router.get("/outbox", access=_OPS)
async def outbox(runtime: RuntimeIn) -> OutboxView:
    """How much lies in the outbox, since when, and how much the broker refuses."""
    async with runtime.database.reading() as connection:
        rows = (await connection.execute(select(func.count()).select_from(_OUTBOX))).scalar_one()
        oldest = (await connection.execute(select(_OUTBOX.c.created_at).order_by(_OUTBOX.c.id).limit(1))).scalar()
        parked = (await connection.execute(select(func.count()).select_from(_PARKED))).scalar_one()
    return OutboxView(rows=rows, oldest=oldest, parked=parked)


@router.post("/rebuilds", access=_OPS)
async def rebuild(body: ConsumerAsked, desk: DeskIn, clerk: ClerkIn) -> CountView:
    """Empty a consumer's projections and fill them again from the state topics. Reactions are not run again."""
    if body.consumer not in desk.rebuildable:
        raise NotRebuilt(consumer=Verbatim(body.consumer), known=tuple(map(Verbatim, sorted(desk.rebuildable))))
    await clerk.note_alone("projections.rebuild", body.consumer)
    return CountView(count=await desk.rebuild(body.consumer))


@router.post("/backfills", access=_OPS)
async def backfill(body: BackfillAsked, desk: DeskIn, clerk: ClerkIn) -> CountView:
    """Let a consumer react to the events since a time to which it has not reacted yet."""
    if body.consumer not in desk.reacting:
        raise NotBackfilled(consumer=Verbatim(body.consumer), known=tuple(map(Verbatim, sorted(desk.reacting))))
    await clerk.note_alone("reactions.backfill", body.consumer)
    return CountView(count=await desk.backfill(body.consumer, body.since))
