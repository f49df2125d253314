"""Where people hand in their requests: to any replica, under the same key, until the answer is definite."""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import httpx

from shared.operations.addresses import Addresses
from shared.operations.stories.teller import Caller
from shared.operations.visitor import AnswerError, Visitor
from tests.failures.campaign.journal import Entry, Journal

_UNSURE: Final = frozenset({401, 408, 425, 429})
"""Besides everything from 500: a clock that is wrong, a house that is full. Nothing is said of the command."""
_AGAIN: Final = frozenset({"still_running", "lost_race"})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 1.5
_CONNECT, _READ = 2.0, 8.0


class Closed(Exception):
    """The campaign is over: nobody begins anything any more."""


class Desk:
    """Sends commands and questions for everybody. Closed, it finishes what is under way and takes nothing new."""

    def __init__(
        self,
        replicas: Mapping[str, Sequence[str]],
        issuer: str,
        journal: Journal,
        dice: random.Random,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.journal = journal
        self.dice = dice
        self.open = True
        self._replicas = replicas
        self._visitor = Visitor(Addresses({}, issuer), transport=transport)
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
        timeout = httpx.Timeout(_READ, connect=_CONNECT)
        self._client = httpx.AsyncClient(timeout=timeout, limits=limits, transport=transport)
        self._numbers = 0
        self._under_way = 0

    async def __aenter__(self) -> "Desk":
        return self

    async def __aexit__(self, *_how: object) -> None:
        await self._client.aclose()
        await self._visitor.__aexit__(None, None, None)

    @property
    def idle(self) -> bool:
        """Whether no command is under way."""
        return not self._under_way

    def name(self, what: str) -> str:
        """A name that nothing else of this campaign has."""
        self._numbers += 1
        return f"{what}-{self._numbers:06d}"

    async def do(
        self,
        act: str,
        who: Caller,
        service: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        marker: str = "",
        subject: str = "",
        key: str = "",
        patience: frozenset[str] = frozenset(),
        **facts: Any,
    ) -> Entry:
        """Send a command until the answer is definite. Refusals with a code of `patience` are waited out for a while.

        Raises `Closed` where the desk takes nothing new.
        """
        if not self.open:
            raise Closed
        entry = self.journal.begin(Entry(act, key or self.name(act), marker, subject, facts=facts))
        pause, until = _FIRST_PAUSE, time.monotonic() + 60
        with self._counted():
            while True:
                answer = await self._post(entry, who, service, path, body)
                if answer is not None and not (_code(answer) in patience and time.monotonic() < until and self.open):
                    return _settled(entry, answer)
                await asyncio.sleep(pause * self.dice.uniform(0.5, 1.5))
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def once(
        self, who: Caller, service: str, path: str, body: Mapping[str, Any], key: str
    ) -> httpx.Response | None:
        """One try of a command that is in the journal already; None where there was no answer."""
        try:
            headers = {"authorization": f"Bearer {await self._token(who)}", "idempotency-key": key}
            return await self._client.post(self._url(service, path), json=body, headers=headers)
        except (httpx.HTTPError, AnswerError):
            return None

    async def amend(self, act: str, who: Caller, service: str, path: str, body: Mapping[str, Any], field: str) -> Entry:
        """Send a PATCH, which has no key: what `field` shows afterwards says whether it was done."""
        if not self.open:
            raise Closed
        subject = path.rpartition("/")[2]
        entry = self.journal.begin(Entry(act, self.name(act), str(body[field]), subject))
        with self._counted():
            return await self._amended(entry, who, service, path, body, field)

    async def _amended(
        self, entry: Entry, who: Caller, service: str, path: str, body: Mapping[str, Any], field: str
    ) -> Entry:
        while True:
            seen = await self.see(who, service, path)
            if entry.tries and seen.json().get(field) == body[field]:
                entry.fate, entry.answer = "acknowledged", seen.json()
                return entry
            answer = await self._send("PATCH", entry, who, service, path, body, {"if-match": seen.headers["etag"]})
            if answer is not None and answer.status_code != 412:
                return _settled(entry, answer)

    async def see(self, who: Caller, service: str, path: str, **wanted: Any) -> httpx.Response:
        """What is there, asked until somebody says it. Raises `Closed` when nothing is found and the desk is closed."""
        pause = _FIRST_PAUSE
        while True:
            try:
                headers = {"authorization": f"Bearer {await self._token(who)}"}
                answer = await self._client.get(self._url(service, path), headers=headers, params=wanted)
            except (httpx.HTTPError, AnswerError) as error:
                self.journal.troubles[type(error).__name__] += 1
            else:
                if answer.is_success:
                    return answer
                self.journal.troubles[f"GET {answer.status_code}"] += 1
                if answer.status_code in {404, 409} and not self.open:
                    raise Closed
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def items(self, who: Caller, service: str, path: str, **wanted: Any) -> list[dict[str, Any]]:
        """The first page of a list."""
        answer = await self.see(who, service, path, limit=200, **wanted)
        return list(answer.json()["items"])

    async def until_listed(
        self, number: int, who: Caller, service: str, path: str, **wanted: Any
    ) -> list[dict[str, Any]]:
        """A list once it holds so many. Raises `Closed` when the desk is closed before."""
        pause = _FIRST_PAUSE
        while len(found := await self.items(who, service, path, **wanted)) < number:
            if not self.open:
                raise Closed
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        return found

    async def _post(
        self, entry: Entry, who: Caller, service: str, path: str, body: Mapping[str, Any] | None
    ) -> httpx.Response | None:
        return await self._send("POST", entry, who, service, path, body, {"idempotency-key": entry.key})

    async def _send(
        self,
        method: str,
        entry: Entry,
        who: Caller,
        service: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> httpx.Response | None:
        """One try; None where it remains open whether the command was done."""
        try:
            headers = {**headers, "authorization": f"Bearer {await self._token(who)}"}
            entry.tries += 1
            answer = await self._client.request(method, self._url(service, path), json=body, headers=headers)
        except (httpx.HTTPError, AnswerError) as error:
            self.journal.troubles[type(error).__name__] += 1
            entry.unsure = True
            await asyncio.sleep(_FIRST_PAUSE)
            return None
        if answer.status_code >= 500 or answer.status_code in _UNSURE or _code(answer) in _AGAIN:
            self.journal.troubles[f"{answer.status_code} {_code(answer)}"] += 1
            entry.unsure = True
            await asyncio.sleep(_FIRST_PAUSE)
            return None
        return answer

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def _token(self, who: Caller) -> str:
        return await self._visitor.token(who.role, who.organization_id, who.persons)

    def _url(self, service: str, path: str) -> str:
        return self.dice.choice(self._replicas[service]) + path


def _settled(entry: Entry, answer: httpx.Response) -> Entry:
    if answer.is_success:
        entry.fate, entry.answer = "acknowledged", answer.json()
        entry.subject = entry.subject or str(entry.answer.get("id") or entry.answer.get("programme_id") or "")
    else:
        entry.fate, entry.code = "unknown" if entry.unsure else "refused", _code(answer) or str(answer.status_code)
    return entry


def _code(answer: httpx.Response) -> str:
    if answer.is_success:
        return ""
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""
