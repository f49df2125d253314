"""How it stands with the store of documents: whether it answers, and what it did not do."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

from shared.documents.store import DocumentStore, Lying, StoreUnavailable
from shared.observability.metrics import StoreNumbers
from shared.observability.metrics.storing import Asked
from shared.web.health import Health
from shared.web.runtime import Runtime

_EVERY: Final = 60.0
_NO_DOCUMENT: Final = hashlib.sha256(b"").hexdigest()
"""Nothing lies under it, for an empty file is no document."""

_AWAY: Final = "the store of documents does not answer; whatever needs none of them goes on"


class CountedStore:
    """A store of documents that counts what it did not do."""

    def __init__(self, store: DocumentStore, numbers: StoreNumbers) -> None:
        self._store = store
        self._numbers = numbers

    async def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes."""
        with self._counting("put"):
            await self._store.put(sha256, content)

    async def get(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises `ContentMissing`."""
        with self._counting("get"):
            return await self._store.get(sha256)

    async def has(self, sha256: str) -> bool:
        """Whether these bytes lie there."""
        with self._counting("has"):
            return await self._store.has(sha256)

    async def remove(self, sha256: str) -> None:
        """Remove these bytes."""
        with self._counting("remove"):
            await self._store.remove(sha256)

    async def listing(self) -> AsyncIterator[Lying]:
        """All that lies there."""
        with self._counting("list"):
            async for lying in self._store.listing():
                yield lying

    @contextmanager
    def _counting(self, asked: Asked) -> Iterator[None]:
        try:
            yield
        except StoreUnavailable:
            self._numbers.failed(asked)
            raise


async def watch_documents(runtime: Runtime, health: Health) -> None:
    """Every minute ask the store of documents for something, and tell whether it answered.

    Nothing is put there for that: a store that keeps versions would keep every one of them.
    """
    numbers, answered = runtime.metrics.store(runtime.service), True

    async def told() -> str | None:
        return None if answered else _AWAY

    health.told["documents"] = told
    while True:
        answered = await _answers(runtime.documents)
        numbers.answers(answered)
        await asyncio.sleep(_EVERY)


async def _answers(store: DocumentStore) -> bool:
    try:
        await store.has(_NO_DOCUMENT)
    except StoreUnavailable:
        return False
    return True
