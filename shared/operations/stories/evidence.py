"""What there is after the story, read over HTTP once everything has come to rest."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.operations.stories.cast import OPERATIONS, Cast
from shared.operations.stories.feed import Event, Feed
from shared.operations.stories.s1 import Told
from shared.operations.stories.teller import Caller, NotCome, Teller

DELIVERED: Final = "sunmao.notify.notification.delivered.v1"
SERVICES: Final = ("partnership", "training", "talent", "notify")
_PAUSE: Final = 0.3
_REST_SECONDS: Final = 60.0
_STREAM_SECONDS: Final = 15.0

Telling = tuple[str, str, str]
"""A dedupe key, a party and a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that the findings are made of.

    `events` are those of the story, `around` all that arrived since it began. `due` and `told` count how many things
    each notification speaks of; `inboxes` count how often each is there, `streamed` says what one inbox sends live.
    """

    events: Sequence[Event]
    around: Sequence[Event]
    due: Mapping[Telling, int]
    told: Mapping[Telling, int]
    inboxes: Mapping[Telling, int]
    streamed: Mapping[str, bool]
    need: Mapping[str, Any]
    obligations: Mapping[str, str]
    statement: Mapping[str, Any]
    set_aside: Mapping[str, Sequence[str]]


async def gather(story: Told) -> Evidence:
    """Wait until nothing moves any more, then read."""
    teller, cast, need = story.teller, story.cast, story.docking.need
    events, due, told = await _at_rest(teller, need)
    account = cast.accounts[cast.students[0]]
    owed = await teller.all(cast.personnel, "training", f"/v1/teachers/{cast.teachers[0]}/obligations")
    return Evidence(
        events=events,
        around=await Feed(teller.visitor).since(teller.run.after or 0),
        due=due,
        told=told,
        inboxes=await _inboxes(teller, cast, need, told),
        streamed={who.role: await _streams(teller, who, need) for who in (cast.administrator, cast.student)},
        need=await teller.get(cast.administrator, "partnership", f"/v1/needs/{need}"),
        obligations={obligation["kind"]: obligation["status"] for obligation in owed},
        statement=await teller.get(cast.academic, "training", f"/v1/accounts/{account}/statement", limit=200),
        set_aside={service: await _set_aside(teller, service) for service in SERVICES},
    )


async def _at_rest(teller: Teller, need: str) -> tuple[Sequence[Event], Mapping[Telling, int], Mapping[Telling, int]]:
    """The story's events and notifications once they agree and stay so; as they are where they never do."""
    seen: list[tuple[Sequence[Event], Mapping[Telling, int], Mapping[Telling, int]]] = []

    async def look() -> bool | None:
        events = await Feed(teller.visitor).story(need)
        seen.append((events, *await _tellings(teller, need)))
        await asyncio.sleep(_PAUSE)
        return True if len(seen) > 1 and seen[-1] == seen[-2] and _agree(*seen[-1]) else None

    try:
        await teller.until("the notifications of the story to be complete", look, within=_REST_SECONDS)
    except NotCome as error:
        teller.say(str(error))
    return seen[-1]


def _agree(events: Sequence[Event], due: Mapping[Telling, int], told: Mapping[Telling, int]) -> bool:
    return due == told and sum(event["type"] == DELIVERED for event in events) == len(told)


async def _tellings(teller: Teller, need: str) -> tuple[Mapping[Telling, int], Mapping[Telling, int]]:
    answer = await teller.get(OPERATIONS, "notify", f"/v1/operations/tellings/{need}")
    due, told = (
        {(each["dedupe_key"], each["party"], each["template"]): each["count"] for each in answer[name]}
        for name in ("due", "told")
    )
    return due, told


async def _inboxes(teller: Teller, cast: Cast, need: str, told: Mapping[Telling, int]) -> Mapping[Telling, int]:
    there: Counter[Telling] = Counter()
    for reader in cast.readers:
        for item in await teller.all(reader, "notify", "/v1/inbox"):
            if item["correlation_id"] == need:
                there[_named(item, told)] += 1
    return there


def _named(item: Mapping[str, Any], told: Mapping[Telling, int]) -> Telling:
    """An item's dedupe key is its event's id, or what a digest is about."""
    digest = (item["subject"], item["party"], item["template"])
    return digest if digest in told else (item["source_event_id"], item["party"], item["template"])


async def _streams(teller: Teller, who: Caller, need: str) -> bool:
    """Whether the live stream of an inbox, read from its beginning, brings what the inbox lists of the story."""
    listed = await teller.all(who, "notify", "/v1/inbox")
    missing = {item["id"] for item in listed if item["correlation_id"] == need}
    token = await teller.visitor.token(who.role, who.organization_id, who.persons, test=True)

    async def read() -> None:
        async for item in teller.visitor.stream("notify", "/v1/inbox/stream", token=token, params={"after": 0}):
            missing.discard(item.get("id", ""))
            if not missing:
                return

    try:
        await asyncio.wait_for(read(), _STREAM_SECONDS)
    except TimeoutError:
        return False
    return not missing


async def _set_aside(teller: Teller, service: str) -> list[str]:
    """What a consumer of the service has set aside since the run began and not run since."""
    begun, found = teller.run.begun_at, []
    for status in ("open", "waiting", "parked"):
        rows = await teller.get(OPERATIONS, service, "/v1/operations/dead-letters", status=status, limit=1000)
        found += [
            f"{row['consumer']}: {row['type']} ({status})"
            for row in rows
            if datetime.fromisoformat(row["first_seen"]) >= begun
        ]
    return found
