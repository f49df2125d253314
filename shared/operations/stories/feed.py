"""What the event feed says of a run: where it stands, and everything that happened since."""

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from shared.operations.stories.cast import OPERATIONS
from shared.operations.visitor import AnswerError, Visitor

Event = Mapping[str, Any]

_PAGE: Final = 1000
_NO_TYPE: Final = "sunmao.nothing."
_POSITION: Final = "feed-position"
_STILL_SECONDS: Final = 1.0


class Feed:
    """Reads the feed as operations do."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor

    async def position(self) -> int:
        """Where it stands: what comes later has a higher position."""
        # Where the filter lets nothing through, the answer's position is that of the newest event.
        after = 0
        while (reached := (await self._read(after, type=_NO_TYPE))[1]) > after:
            after = reached
        return after

    async def since(self, after: int) -> list[Event]:
        """Everything that arrived after a position, in order."""
        events: list[Event] = []
        while True:
            page, after = await self._read(after)
            events += page
            if not page:
                return events

    async def story(self, correlation_id: str) -> list[Event]:
        """The events of one story in order, as far as they have arrived."""
        token = await self._visitor.token(OPERATIONS.role)
        try:
            answer = await self._visitor.call("GET", "notify", f"/v1/stories/{correlation_id}", token=token)
        except AnswerError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            return []
        events: list[Event] = answer.json()
        return events

    async def stands_still(self, *, within: float) -> bool:
        """Wait until nothing more arrives; say whether that came about in so many seconds."""
        ends, before = time.monotonic() + within, -1
        while (now := await self.position()) != before:
            if time.monotonic() > ends:
                return False
            before = now
            await asyncio.sleep(_STILL_SECONDS)
        return True

    async def _read(self, after: int, **wanted: str) -> tuple[list[Event], int]:
        token = await self._visitor.token(OPERATIONS.role)
        params: dict[str, Any] = {"after": after, "limit": _PAGE, **wanted}
        answer = await self._visitor.call("GET", "notify", "/v1/events", token=token, params=params)
        return answer.json(), int(answer.headers[_POSITION])
