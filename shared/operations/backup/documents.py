"""The bytes of documents in a backup of the distributed edition: in its bucket they lie apart from the databases."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import inspect, select

from shared.documents.store import ContentMissing, DocumentStore, StoreUnavailable
from shared.operations.backup.folders import private_folder
from shared.operations.backup.manifest import Manifest, written
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.document_stores import open_documents
from shared.operations.folder import Folder
from shared.operations.settings import Settings
from shared.persistence.database import Database
from shared.persistence.spine import DocumentRow, table_of

_TABLE: Final = table_of(DocumentRow)
_NAMED: Final = select(_TABLE.c.sha256).where(_TABLE.c.status != "erased", _TABLE.c.sha256 != "").distinct()
_NO_DOCUMENT: Final = hashlib.sha256(b"").hexdigest()
_FOLDER: Final = "documents"


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of one service: where their bytes lie, and the database that names them."""

    service: str
    store: DocumentStore
    place: str
    database: Database

    @classmethod
    def of(cls, service: str, settings: Settings, database: Database) -> "Papers":
        """As its settings say. Raises `SettingsError`."""
        place = settings.documents_url or str(Folder(settings.home).documents(service))
        return cls(service, open_documents(service, settings), place, database)

    async def require_store(self) -> None:
        """Raises `BackupRefusedError` unless the store answers, or nobody needs it to."""
        if await self._named(at_most=1):
            with self._answering():
                await self.store.has(_NO_DOCUMENT)

    async def take(self, folder: Path) -> str:
        """Copy the bytes of every document that the database names; what is to be said of it.

        Asked after the database was dumped: bytes are there before any row names them, so that none is missed. Raises
        `BackupRefusedError`, also where nothing of what is named lies there: then it is the wrong place.
        """
        named = await self._named()
        taken = [sha256 for sha256 in named if await self._take(sha256, folder)]
        if named and not taken:
            raise BackupRefusedError(
                f"{self.service}'s database names {len(named)} documents, and none of them lies in {self.place}; run "
                "this where they lie, or with the SUNMAO_DOCUMENTS_ settings of the service, or --without-documents"
            )
        lacking = len(named) - len(taken)
        more = f"; {lacking} that are named were not there, or not what they had been" if lacking else ""
        return f"{self.service}: {len(taken)} documents from {self.place}{more}"

    async def put_back(self, folder: Path, manifest: Manifest) -> None:
        """Put the bytes that a backup has where they belong, unless they lie there. Raises `BackupRefusedError`."""
        for name in _kept(self.service, manifest):
            with self._answering():
                if not await self.store.has(name.rpartition("/")[2]):
                    content = await asyncio.to_thread((folder / name).read_bytes)
                    await self.store.put(name.rpartition("/")[2], content)

    async def left_out(self, manifest: Manifest) -> str | None:
        """What is still to be done where the restored database names documents and the backup has none of them."""
        if _kept(self.service, manifest) or not (named := await self._named()):
            return None
        return (
            f"{self.service}: the backup has none of the {len(named)} documents that its database names; put them back "
            f"into {self.place} before you start the service"
        )

    async def _named(self, at_most: int | None = None) -> Sequence[str]:
        async with self.database.reading() as connection:
            # A database that is still to be migrated may know of no documents yet.
            if not await connection.run_sync(lambda one: inspect(one).has_table(_TABLE.name)):
                return []
            return list((await connection.execute(_NAMED.limit(at_most))).scalars())

    async def _take(self, sha256: str, folder: Path) -> bool:
        with self._answering():
            try:
                content = await self.store.get(sha256)
            except ContentMissing:
                return False
        return await asyncio.to_thread(_write, folder / _FOLDER / self.service / sha256[:2] / sha256, content)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except StoreUnavailable as error:
            reason = str(error.__cause__ or error).splitlines()[0][:200]
            raise BackupRefusedError(
                f"the store of {self.service}'s documents, {self.place}, does not answer: {reason}"
            ) from None


def _write(file: Path, content: bytes) -> bool:
    """Write bytes that only their owner reads, if they are what they are called."""
    if hashlib.sha256(content).hexdigest() != file.name:
        return False
    private_folder(file.parent)
    file.touch(mode=0o600)
    file.write_bytes(content)
    written(file)
    return True


def _kept(service: str, manifest: Manifest) -> Sequence[str]:
    return [name for name in manifest.files if name.startswith(f"{_FOLDER}/{service}/")]
