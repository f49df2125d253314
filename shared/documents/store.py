"""Where the bytes of documents lie, each under its SHA-256: the port, and how bytes come there before a transaction."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.documents.content import Content
from shared.errors import Refusal


class StoreUnavailable(Refusal):
    """The store does not answer."""

    en = "The store of documents cannot be reached; please try again shortly."
    zh = "文件存储暂时无法访问，请稍后重试。"


class ContentMissing(LookupError):
    """A document names bytes that are not in the store: somebody removed them from outside."""


@dataclass(frozen=True, slots=True)
class Lying:
    """Bytes that lie in the store, and since when they were last put there."""

    sha256: str
    since: datetime


class DocumentStore(Protocol):
    """Bytes under their hash. Putting what is there already and removing what is not there are no errors."""

    async def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes, safe from a loss of power once it returns."""

    async def get(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises `ContentMissing`."""

    async def has(self, sha256: str) -> bool:
        """Whether these bytes lie there."""

    async def remove(self, sha256: str) -> None:
        """Remove these bytes."""

    def listing(self) -> AsyncIterator[Lying]:
        """All that lies there."""


@asynccontextmanager
async def stored(store: DocumentStore, content: bytes, media_type: str) -> AsyncIterator[Content]:
    """Put bytes into the store for the transaction that the block carries out and commits.

    Where the block fails, they are an orphan that the sweeper removes. Afterwards it is looked whether they are still
    there: the sweeper may have taken them in between, while no committed document named them yet.
    """
    sha256 = await asyncio.to_thread(_hashed, content)
    await store.put(sha256, content)
    yield Content(sha256=sha256, size=len(content), media_type=media_type)
    if not await store.has(sha256):
        await store.put(sha256, content)


def _hashed(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
