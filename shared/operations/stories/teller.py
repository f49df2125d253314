"""Who tells the story: sends requests in many roles, each under its own key, and waits for what must come of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

import httpx

from shared.operations.stories.run import Diary, Run
from shared.operations.visitor import AnswerError, Visitor

T = TypeVar("T")

_PATIENCE: Final = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.25
_BATCH_SECONDS: Final = 600.0
"""As long as a batch of papers takes to be printed on a small machine."""
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_EARLY: Final = frozenset({404, 409})
"""What a service answers that has not heard yet of what a request builds upon."""


class NotCome(RuntimeError):
    """Something that had to come of an event did not come in time; says what, and what was there instead."""


@dataclass(frozen=True, slots=True)
class Caller:
    """In which role, for which organisation and as which persons a request is sent."""

    role: str
    organization_id: str | None = None
    persons: tuple[str, ...] = ()


class Audience(Protocol):
    """Whoever is shown how far the story has come."""

    def step(self, number: int, title: str) -> None:
        """A step begins."""

    def say(self, text: str) -> None:
        """Something of the step is done."""


class Nobody:
    """An audience that does not listen."""

    def step(self, number: int, title: str) -> None:
        """Pass over it."""

    def say(self, text: str) -> None:
        """Pass over it."""


class Teller:
    """Sends the requests of one run. Every POST and PUT carries `Idempotency-Key: <run>/<step>`: it is done once."""

    def __init__(self, visitor: Visitor, diary: Diary, audience: Audience) -> None:
        self.visitor = visitor
        self.diary = diary
        self.step = audience.step
        self.say = audience.say

    @property
    def run(self) -> Run:
        """The run as it is now."""
        return self.diary.run

    async def post(
        self, step: str, who: Caller | None, service: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send a request (without a token where nobody is named) and answer what came of it, now or the first time."""
        done: dict[str, Any] = (await self.send(step, who, service, path, body)).json()
        return done

    async def send(
        self, step: str, who: Caller | None, service: str, path: str, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """The same with the whole answer; its header `Idempotent-Replayed` says that the request was done before."""
        more: dict[str, Any] = {} if body is None else {"json": dict(body)}
        return await self._send("POST", step, who, service, path, **more)

    async def put(
        self, step: str, who: Caller, service: str, path: str, body: Mapping[str, Any], *, version: int
    ) -> dict[str, Any]:
        """Say something anew in place of a version of it, and answer what came of it."""
        more: dict[str, Any] = {"json": dict(body), "headers": {"if-match": f'"{version}"'}}
        done: dict[str, Any] = (await self._send("PUT", step, who, service, path, **more)).json()
        return done

    async def put_table(self, step: str, who: Caller, service: str, path: str, table: str) -> dict[str, Any]:
        """Hand in a table, as CSV, and answer what came of it."""
        more: dict[str, Any] = {"content": table.encode(), "headers": {"content-type": "text/csv"}}
        done: dict[str, Any] = (await self._send("PUT", step, who, service, path, **more)).json()
        return done

    async def post_table(self, step: str, who: Caller, service: str, path: str, book: bytes) -> dict[str, Any]:
        """Hand in a workbook, and answer what came of it."""
        more: dict[str, Any] = {"content": book, "headers": {"content-type": _WORKBOOK}}
        done: dict[str, Any] = (await self._send("POST", step, who, service, path, **more)).json()
        return done

    async def batch(
        self, step: str, who: Caller, service: str, act: str, rows: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Do an act to many objects by one request, and answer what came of each, or raise `AnswerError`."""
        more: dict[str, Any] = {"json": {"rows": list(rows)}, "timeout": _BATCH_SECONDS}
        done = (await self._send("POST", step, who, service, f"/v1/batches/{act}", **more)).json()
        self.say(f"{act}: {done['done']} of {len(rows)}")
        refused = [row["problem"]["detail"] for row in done["rows"] if row["problem"]]
        if refused:
            raise AnswerError(f"{len(refused)} rows of {act} were refused, the first: {refused[0]}")
        return [row["answer"] for row in done["rows"]]

    async def post_when_ready(
        self, step: str, who: Caller, service: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The same, tried again while the service has not heard of what the request builds upon."""
        last: list[AnswerError] = []

        async def tried() -> dict[str, Any] | None:
            try:
                return await self.post(step, who, service, path, body)
            except AnswerError as error:
                if error.status not in TOO_EARLY:
                    raise
                last[:] = [error]
                return None

        return await self.until(f"{service} to be ready for {path}", tried, lambda: str(last[0]))

    async def get(self, who: Caller, service: str, path: str, **wanted: Any) -> Any:
        """What is there."""
        answer = await self.visitor.call("GET", service, path, token=await self._token(who), params=wanted)
        return answer.json()

    async def all(self, who: Caller, service: str, path: str, **wanted: Any) -> list[dict[str, Any]]:
        """Every item of a list, page by page."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = await self.get(who, service, path, limit=200, **wanted, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page.get("next")
            if not cursor:
                return items

    async def until(
        self,
        what: str,
        look: Callable[[], Awaitable[T | None]],
        instead: Callable[[], object] = lambda: "nothing",
        *,
        within: float = _PATIENCE,
        longest_pause: float = _LONGEST_PAUSE,
    ) -> T:
        """Look again and again until something is there. Raises `NotCome` after `within` seconds."""
        ends, pause = time.monotonic() + within, _FIRST_PAUSE
        while (found := await look()) is None:
            if time.monotonic() > ends:
                raise NotCome(f"waited {within:g} seconds for {what}; there was {instead()}")
            await asyncio.sleep(pause)
            pause = min(2 * pause, longest_pause)
        return found

    async def until_listed(
        self, what: str, number: int, who: Caller, service: str, path: str, **wanted: Any
    ) -> Sequence[dict[str, Any]]:
        """Look at a list until it holds so many."""
        there: list[dict[str, Any]] = []

        async def look() -> list[dict[str, Any]] | None:
            there[:] = await self.all(who, service, path, **wanted)
            return there if len(there) >= number else None

        return await self.until(f"{number} {what}", look, lambda: f"{len(there)} of them")

    async def _send(
        self, method: str, step: str, who: Caller | None, service: str, path: str, **more: Any
    ) -> httpx.Response:
        token = await self._token(who) if who else None
        headers = {**more.pop("headers", {}), "idempotency-key": f"{self.run.id}/{step}"}
        return await self.visitor.call(method, service, path, token=token, headers=headers, **more)

    async def _token(self, who: Caller) -> str:
        return await self.visitor.token(who.role, who.organization_id, who.persons, test=True)
