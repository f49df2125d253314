"""A local issuer with a clock that stands still, and services that trust it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from shared.identity.issuer import KeyFolder, LocalIssuer, application
from shared.identity.keys import RememberedKeys, published_by
from shared.identity.tokens import TokenVerifier

URL = "http://issuer.test"


class Clock:
    """Seconds, for wall clocks and monotonic ones alike, that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Wire:
    """The issuer's HTTP as its callers see it: counts requests, and can be away."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = httpx.ASGITransport(app=app)
        self.asked: list[str] = []
        self.away = False

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.away:
            raise httpx.ConnectError("away")
        return await self._app.handle_async_request(request)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", now=clock)


@pytest.fixture
def issuer(tmp_path: Path, folder: KeyFolder, clock: Clock) -> LocalIssuer:
    return LocalIssuer(URL, folder, environment="development", clients=tmp_path / "clients.json", now=clock)


@pytest.fixture
def wire(issuer: LocalIssuer) -> Wire:
    return Wire(application(issuer))


@pytest.fixture
def http(wire: Wire) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(wire.answer), base_url=URL)


@pytest.fixture
def verifier(http: httpx.AsyncClient, clock: Clock) -> TokenVerifier:
    keys = RememberedKeys(published_by(URL, http), monotonic=clock)
    return TokenVerifier(keys, issuer=URL, now=clock)
