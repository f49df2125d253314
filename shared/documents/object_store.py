"""The bytes of documents in whatever `obstore` can open: a folder, or an object store that speaks S3."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from shared.documents.store import ContentMissing, Lying, StoreUnavailable

log: Any = structlog.get_logger(__name__)


class ObjectStore:
    """Bytes under their hash, spread over 256 folders."""

    def __init__(self, place: LocalStore | S3Store) -> None:
        self._place = place

    async def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes."""
        with _reached():
            await self._place.put_async(_name(sha256), content, use_multipart=False)

    async def get(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises `ContentMissing`."""
        try:
            with _reached():
                found = await self._place.get_async(_name(sha256))
                return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise ContentMissing(sha256) from None

    async def has(self, sha256: str) -> bool:
        """Whether these bytes lie there."""
        try:
            with _reached():
                await self._place.head_async(_name(sha256))
        except FileNotFoundError:
            return False
        return True

    async def remove(self, sha256: str) -> None:
        """Remove these bytes; that they are gone already is no error."""
        try:
            with _reached():
                await self._place.delete_async(_name(sha256))
        except FileNotFoundError:
            return

    async def listing(self) -> AsyncIterator[Lying]:
        """All that lies there."""
        with _reached():
            async for page in self._place.list():
                for entry in page:
                    yield Lying(entry["path"].rpartition("/")[2], entry["last_modified"])


class FolderStore(ObjectStore):
    """A folder of this machine: what was put there survives a loss of power."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(LocalStore(prefix=folder))
        self._folder = folder

    async def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes."""
        await super().put(sha256, content)
        file = self._folder / _name(sha256)
        await asyncio.to_thread(_onto_disk, (file, file.parent, self._folder))


@contextmanager
def _reached() -> Iterator[None]:
    """Say `StoreUnavailable` for whatever keeps the store from answering; the log says what it was."""
    try:
        yield
    except BaseError as error:
        log.warning("the store of documents does not answer", error=type(error).__name__, reason=str(error)[:300])
        raise StoreUnavailable from error


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _onto_disk(places: tuple[Path, ...]) -> None:
    for place in places:
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
