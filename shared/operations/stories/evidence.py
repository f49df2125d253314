"""What there is after the story, read over HTTP once everything has come to rest."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.feed import Event, Feed
from shared.operations.stories.s1 import Told
from shared.operations.stories.teller import Caller, Teller
from shared.operations.stories.telling import Rest, Telling, at_rest, set_aside

_STREAM_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that the findings are made of.

    `rest` are the events of the story and its notifications, `around` all that arrived since it began. `inboxes` count
    how often each is there, `streamed` says what one inbox sends live.
    """

    rest: Rest
    around: Sequence[Event]
    inboxes: Mapping[Telling, int]
    streamed: Mapping[str, bool]
    need: Mapping[str, Any]
    obligations: Mapping[str, str]
    statement: Mapping[str, Any]
    set_aside: Mapping[str, Sequence[str]]

    @property
    def events(self) -> Sequence[Event]:
        """The events of the story."""
        return self.rest.events

    @property
    def told(self) -> Mapping[Telling, int]:
        """How many things each notification speaks of."""
        return self.rest.told


async def gather(story: Told) -> Evidence:
    """Wait until nothing moves any more, then read."""
    teller, cast, need = story.teller, story.cast, story.docking.need
    rest = await at_rest(teller, need)
    account = cast.accounts[cast.students[0]]
    owed = await teller.all(cast.personnel, "training", f"/v1/teachers/{cast.teachers[0]}/obligations")
    return Evidence(
        around=await Feed(teller.visitor).since(teller.run.after or 0),
        rest=rest,
        inboxes=await _inboxes(teller, cast, need, rest.told),
        streamed={who.role: await _streams(teller, who, need) for who in (cast.administrator, cast.student)},
        need=await teller.get(cast.administrator, "partnership", f"/v1/needs/{need}"),
        obligations={obligation["kind"]: obligation["status"] for obligation in owed},
        statement=await teller.get(cast.academic, "training", f"/v1/accounts/{account}/statement", limit=200),
        set_aside=await set_aside(teller),
    )


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
