"""Events that a consumer set aside: kept with their bytes and their cause, tried again, replayed or discarded.

waiting    its parent has not arrived yet; tried again by itself, then open
open       a person has to look; told to the dead-letter topic when it becomes so
parked     it stands behind a waiting or open event of its key, for an `ordered` reaction
replayed   it was run after a fix
discarded  a person decided that it does not matter
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import Select, bindparam, delete, func, select, union_all, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging.delivery import Delivery
from shared.messaging.inbox import DEAD_LETTER, SET_ASIDE
from shared.persistence import sets
from shared.persistence.record import Record, join_headers, split_headers
from shared.persistence.sets import Row

_LONGEST_ERROR: Final = 500
_LONGEST_PAYLOAD: Final = 3 * 512 * 1024


@dataclass(frozen=True, slots=True)
class SetAside:
    """A delivery that a consumer could not act on, and why: in words, for an error holds on to the frames that it went
    through, and to their whole batch, until the collector of cycles finds it."""

    delivery: Delivery
    status: str
    error_type: str
    error: str

    @classmethod
    def of(cls, delivery: Delivery, status: str, error: BaseException) -> Self:
        """The delivery with what the error says."""
        return cls(delivery, status, type(error).__name__, cause_of(error))


@dataclass(frozen=True, slots=True)
class Failed:
    """Another try of a dead letter, and what it came to."""

    id: int
    outcome: SetAside

    def values(self, now: datetime) -> Row:
        """What is written of it."""
        told = {"status": self.outcome.status, "error_type": self.outcome.error_type, "error": self.outcome.error}
        return {"failed_id": self.id, **{f"now_{name}": value for name, value in told.items()}, "now_last_seen": now}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which dead letters are meant; what is not said does not narrow."""

    consumer: str | None = None
    type: str | None = None
    error_type: str | None = None
    since: datetime | None = None
    ids: Sequence[int] = ()
    status: str | None = "open"

    def narrow(self, statement: Select[tuple[object]]) -> Select[tuple[object]]:
        """The statement with what these filters ask for."""
        for name in ("consumer", "type", "error_type", "status"):
            if (wanted := getattr(self, name)) is not None:
                statement = statement.where(DEAD_LETTER.c[name] == wanted)
        if self.since is not None:
            statement = statement.where(DEAD_LETTER.c.first_seen >= self.since)
        return statement.where(DEAD_LETTER.c.id.in_(self.ids)) if self.ids else statement


async def keep(connection: AsyncConnection, consumer: str, aside: Sequence[SetAside], now: datetime) -> None:
    """Write down what was set aside; an event that is there already keeps its row."""
    rows = {item.delivery.event_id: _row(consumer, item, now) for item in aside}
    # Their ids are the order in which an `ordered` key is run again.
    await sets.add_missing(connection, DEAD_LETTER, list(rows.values()))


async def select_page(connection: AsyncConnection, filters: Filters, *, after: int = 0, limit: int) -> list[RowMapping]:
    """The next dead letters by id."""
    statement = filters.narrow(select(DEAD_LETTER).where(DEAD_LETTER.c.id > after))
    return list((await connection.execute(statement.order_by(DEAD_LETTER.c.id).limit(limit))).mappings())


async def retriable(connection: AsyncConnection, consumer: str, limit: int, *, after: int = 0) -> list[RowMapping]:
    """Those that wait, and those parked ones that are now the first of their key; by id, behind one.

    Each of the two is found in the order of an index, so that nothing is looked at behind the page.
    """
    mine = select(DEAD_LETTER.c.id).where(DEAD_LETTER.c.consumer == consumer, DEAD_LETTER.c.id > after)
    waiting = mine.where(DEAD_LETTER.c.status == "waiting")
    first = mine.where(DEAD_LETTER.c.status == "parked", ~_ahead().exists())
    due = union_all(*(select(each.order_by(DEAD_LETTER.c.id).limit(limit).subquery()) for each in (waiting, first)))
    statement = select(DEAD_LETTER).where(DEAD_LETTER.c.id.in_(due))
    return list((await connection.execute(statement.order_by(DEAD_LETTER.c.id).limit(limit))).mappings())


async def standing_behind(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    """Those of these before which an earlier event of the same key is still set aside."""
    if not ids:
        return set()
    statement = select(DEAD_LETTER.c.id).where(sets.among(connection, DEAD_LETTER.c.id, ids), _ahead().exists())
    return set((await connection.execute(statement)).scalars())


def _ahead() -> Select[tuple[int]]:
    """What is set aside of the same key before a row."""
    ahead = DEAD_LETTER.alias("ahead")
    return select(ahead.c.id).where(
        ahead.c.consumer == DEAD_LETTER.c.consumer,
        ahead.c.key == DEAD_LETTER.c.key,
        ahead.c.id < DEAD_LETTER.c.id,
        ahead.c.status.in_(SET_ASIDE),
    )


async def still_set_aside(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    """Lock the rows, in their order, and say which of them nobody has run or discarded meanwhile."""
    statement = select(DEAD_LETTER.c.id, DEAD_LETTER.c.status).where(sets.among(connection, DEAD_LETTER.c.id, ids))
    rows = await connection.execute(statement.order_by(DEAD_LETTER.c.id).with_for_update())
    return {id for id, status in rows if status in SET_ASIDE}


async def mark(connection: AsyncConnection, ids: Sequence[int], status: str, now: datetime) -> None:
    """Say what became of them."""
    if ids:
        meant = sets.among(connection, DEAD_LETTER.c.id, ids)
        await connection.execute(update(DEAD_LETTER).where(meant).values(status=status, last_seen=now))


async def mark_failed(connection: AsyncConnection, failed: Sequence[Failed], now: datetime) -> None:
    """Say that another try of them failed, and with what."""
    if failed:
        statement = update(DEAD_LETTER).where(DEAD_LETTER.c.id == bindparam("failed_id"))
        names = ("status", "error_type", "error", "last_seen")
        values: dict[str, Any] = {name: bindparam(f"now_{name}") for name in names}
        await connection.execute(
            statement.values(**values, attempts=DEAD_LETTER.c.attempts + 1), [each.values(now) for each in failed]
        )


async def forget(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Remove those that only had to wait."""
    if ids:
        await connection.execute(delete(DEAD_LETTER).where(sets.among(connection, DEAD_LETTER.c.id, ids)))


async def oldest_open(connection: AsyncConnection) -> dict[str, datetime]:
    """Since when the oldest open one of each consumer is there."""
    oldest = func.min(DEAD_LETTER.c.first_seen)
    statement = select(DEAD_LETTER.c.consumer, oldest).where(DEAD_LETTER.c.status == "open")
    return dict((await connection.execute(statement.group_by(DEAD_LETTER.c.consumer))).all())


async def counts(connection: AsyncConnection) -> dict[tuple[str, str], int]:
    """How many there are by (consumer, status)."""
    statement = select(DEAD_LETTER.c.consumer, DEAD_LETTER.c.status, func.count()).group_by(
        DEAD_LETTER.c.consumer, DEAD_LETTER.c.status
    )
    return {(consumer, status): count for consumer, status, count in await connection.execute(statement)}


def delivery_of(row: RowMapping) -> Delivery:
    """The delivery that a row keeps."""
    headers = tuple(split_headers(row["headers"])) if row["headers"] else ()
    return Delivery(row["topic"], row["partition"], row["offset"], row["key"], headers, row["payload"])


def dead_letter_record(service: str, consumer: str, item: SetAside, now: datetime, *, attempts: int = 1) -> Record:
    """The record that tells outside tools of an open dead letter; a payload that is too large is cut, with its hash."""
    delivery = item.delivery
    told = {
        "dlq_consumer": consumer,
        "dlq_topic": delivery.topic,
        "dlq_partition": str(delivery.partition),
        "dlq_offset": str(delivery.offset),
        "dlq_error_type": item.error_type,
        "dlq_error": item.error,
        "dlq_attempts": str(attempts),
    }
    payload = delivery.payload
    if payload is not None and len(payload) > _LONGEST_PAYLOAD:
        told["dlq_payload_sha256"] = hashlib.sha256(payload).hexdigest()
        payload = payload[:_LONGEST_PAYLOAD]
    headers = join_headers([*_safe(delivery.headers), *((name, text.encode()) for name, text in told.items())])
    topic = f"sunmao.{service}.dead-letters.v1"
    return Record(delivery.event_id, topic, delivery.key, _short(delivery.type), payload, headers, now)


def _row(consumer: str, item: SetAside, now: datetime) -> Row:
    delivery = item.delivery
    return {
        "consumer": consumer,
        "event_id": delivery.event_id,
        "topic": delivery.topic,
        "partition": delivery.partition,
        "offset": delivery.offset,
        "key": delivery.key,
        "type": _short(delivery.type),
        "headers": join_headers(_safe(delivery.headers)),
        "payload": delivery.payload,
        "error_type": item.error_type,
        "error": item.error,
        "attempts": 1,
        "status": item.status,
        "first_seen": now,
        "last_seen": now,
    }


def _safe(headers: Sequence[tuple[str, bytes | None]]) -> list[tuple[str, bytes]]:
    """Foreign headers without the bytes by which joined headers are separated."""
    separators = b"\x1e\x1f"
    return [
        (name.translate({0x1E: "�", 0x1F: "�"}), (value or b"").translate(None, separators)) for name, value in headers
    ]


def cause_of(error: BaseException) -> str:
    """The cause as a short text, without what the event held: the second line of a database's or a validator's error
    quotes it. A NUL in it would make the dead letter itself unwritable."""
    if isinstance(error, ValidationError):
        return _short("; ".join(_fault(found) for found in error.errors(include_input=False)), _LONGEST_ERROR)
    return _short(str(error).splitlines()[0] if str(error) else type(error).__name__, _LONGEST_ERROR)


def _fault(found: ErrorDetails) -> str:
    return f"{'.'.join(map(str, found['loc'])) or 'body'}: {found['msg']}"


def _short(text: str, length: int = 200) -> str:
    return text.replace("\x00", "�")[:length]
