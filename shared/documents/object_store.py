"""The bytes of documents in whatever `obstore` can open: a folder, or an object store that speaks S3."""

import asyncio
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from shared.documents.store import ContentMissing, Lying, StoreUnavailable

log: Any = structlog.get_logger(__name__)

_PATIENCE: Final = timedelta(seconds=10)
_TRIES: Final = 3


class ObjectStore(ABC):
    """Bytes under their hash, spread over 256 folders. The place is opened when it is first asked for."""

    @abstractmethod
    def _opened(self) -> LocalStore | S3Store:
        """The place."""

    @cached_property
    def _place(self) -> LocalStore | S3Store:
        return self._opened()

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
        self._folder = folder

    async def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes."""
        await super().put(sha256, content)
        file = self._folder / _name(sha256)
        with _reached():
            await asyncio.to_thread(_onto_disk, (file, file.parent, self._folder))

    def _opened(self) -> LocalStore:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(prefix=self._folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where an object store is: `endpoint/name/prefix`, and by which key it lets us in."""

    endpoint: str
    name: str
    prefix: str
    region: str
    key_id: str
    secret: str

    @classmethod
    def at(cls, url: str, *, service: str, region: str, key_id: str, secret: str) -> "Bucket":
        """The part of a bucket that is a service's own. Raises `ValueError` for what is no address of a bucket."""
        parts = urlsplit(url)
        name, _, folder = parts.path.strip("/").partition("/")
        if parts.scheme not in {"http", "https"} or not parts.hostname or not name or parts.query:
            raise ValueError("write https://host:port/bucket, with a folder in it if you like")
        return cls(
            endpoint=f"{parts.scheme}://{parts.netloc}",
            name=name,
            prefix=f"{folder}/{service}".strip("/"),
            region=region,
            key_id=key_id,
            secret=secret,
        )


class BucketStore(ObjectStore):
    """A bucket of an object store that speaks S3, addressed by path as every such store understands it."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def _opened(self) -> S3Store:
        bucket = self._bucket
        return S3Store(
            bucket.name,
            prefix=bucket.prefix,
            endpoint=bucket.endpoint,
            region=bucket.region,
            access_key_id=bucket.key_id,
            secret_access_key=bucket.secret,
            virtual_hosted_style_request=False,
            client_options={"allow_http": bucket.endpoint.startswith("http://"), "timeout": _PATIENCE},
            retry_config={"max_retries": _TRIES - 1, "retry_timeout": _PATIENCE},
        )


@contextmanager
def _reached() -> Iterator[None]:
    """Say `StoreUnavailable` for whatever keeps the store from answering; the log says what it was."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
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
