"""What the event feed says of a run: where it stands, and everything that happened since."""

from collections.abc import Mapping
from typing import Any, Final

from shared.operations.stories.cast import OPERATIONS
from shared.operations.visitor import Visitor

Event = Mapping[str, Any]

_PAGE: Final = 1000
_NO_TYPE: Final = "sunmao.nothing."
_POSITION: Final = "feed-position"


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
        answer = await self._visitor.call("GET", "notify", f"/v1/stories/{correlation_id}", token=token)
        events: list[Event] = answer.json()
        return events

    async def _read(self, after: int, **wanted: str) -> tuple[list[Event], int]:
        token = await self._visitor.token(OPERATIONS.role)
        params: dict[str, Any] = {"after": after, "limit": _PAGE, **wanted}
        answer = await self._visitor.call("GET", "notify", "/v1/events", token=token, params=params)
        return answer.json(), int(answer.headers[_POSITION])
