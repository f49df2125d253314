"""What parties were told because of a story, beside what they must be told, once everything has come to rest."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.operations.stories.cast import OPERATIONS
from shared.operations.stories.feed import Event, Feed
from shared.operations.stories.finding import Finding, listed
from shared.operations.stories.teller import NotCome, Teller

DELIVERED: Final = "sunmao.notify.notification.delivered.v1"
SERVICES: Final = ("partnership", "training", "talent", "notify")
_PAUSE: Final = 0.3
_REST_SECONDS: Final = 60.0

Telling = tuple[str, str, str]
"""A dedupe key, a party and a template."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The events of one or more stories, and of how many things each notification must speak and speaks."""

    events: Sequence[Event]
    due: Mapping[Telling, int]
    told: Mapping[Telling, int]

    @property
    def agrees(self) -> bool:
        """Whether everybody was told what they must be, and that was told of."""
        return self.due == self.told and self.delivered == len(self.told)

    @property
    def delivered(self) -> int:
        """How many deliveries were told of."""
        return sum(event["type"] == DELIVERED for event in self.events)


async def at_rest(teller: Teller, *stories: str) -> Rest:
    """Events and notifications once they agree and stay so; as they are where they never do."""
    seen: list[Rest] = []

    async def look() -> bool | None:
        seen.append(await _now(teller, stories))
        await asyncio.sleep(_PAUSE)
        return True if len(seen) > 1 and seen[-1] == seen[-2] and seen[-1].agrees else None

    try:
        await teller.until("the notifications of the story to be complete", look, within=_REST_SECONDS)
    except NotCome as error:
        teller.say(str(error))
    return seen[-1]


async def _now(teller: Teller, stories: Sequence[str]) -> Rest:
    events: list[Event] = []
    due: dict[Telling, int] = {}
    told: dict[Telling, int] = {}
    for story in stories:
        events += await Feed(teller.visitor).story(story)
        answer = await teller.get(OPERATIONS, "notify", f"/v1/operations/tellings/{story}")
        for name, tellings in (("due", due), ("told", told)):
            tellings |= {(one["dedupe_key"], one["party"], one["template"]): one["count"] for one in answer[name]}
    return Rest(events, due, told)


async def set_aside(teller: Teller) -> Mapping[str, Sequence[str]]:
    """What a consumer of each service has set aside since the run began and not run since."""
    return {service: await _set_aside(teller, service) for service in SERVICES}


async def _set_aside(teller: Teller, service: str) -> list[str]:
    begun, found = teller.run.begun_at, []
    for status in ("open", "waiting", "parked"):
        rows = await teller.get(OPERATIONS, service, "/v1/operations/dead-letters", status=status, limit=1000)
        found += [
            f"{row['consumer']}: {row['type']} ({status})"
            for row in rows
            if datetime.fromisoformat(row["first_seen"]) >= begun
        ]
    return found


def everybody_was_told(rest: Rest) -> Iterator[Finding]:
    """That the notifications are those of the table, and each was delivered once."""
    due, told = rest.due, rest.told
    wrong = [*(f"missing: {say(key)}" for key in due if key not in told)]
    wrong += [f"unasked: {say(key)}" for key in told if key not in due]
    wrong += [f"counts {told[key]}: {say(key)}" for key in told if key in due and told[key] != due[key]]
    found = listed(wrong) or f"{len(due)} due, {len(told)} there"
    yield Finding("every notification of the table is there once, and no other", not wrong and bool(due), found)
    yield Finding("each was delivered once", rest.delivered == len(told), f"{rest.delivered} deliveries published")


def nothing_set_aside(aside: Mapping[str, Sequence[str]]) -> Finding:
    """That no consumer has given up on an event."""
    letters = [f"{service} {letter}" for service, found in aside.items() for letter in found]
    return Finding("no service has a dead letter", not letters, listed(letters) or "none")


def was_told(told: Mapping[Telling, int], template: str, party: str) -> bool:
    """Whether a party was told something in the words of this template."""
    return any(key[1:] == (party, template) for key in told)


def say(key: Telling) -> str:
    """A notification in a sentence."""
    dedupe_key, party, template = key
    return f"{template} to {party} ({dedupe_key})"
