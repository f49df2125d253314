"""Bytes that nobody names go; whoever names them at the same moment gets them back."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.partnership.domain.organization import Organization
from services.partnership.main import SERVICE
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.documents.content import Content
from shared.documents.document import Document, NewDocument
from shared.documents.keeping import erase_document, keep_document
from shared.documents.sweeping import Sweeper
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import MemoryDocuments
from tests.migrated import migrate
from tests.unit.partnership.alliance import entry

PAPER = b"a paper"
SHA256 = hashlib.sha256(PAPER).hexdigest()
NOW = datetime.now(UTC)


class Shelf:
    """Partnership's documents on a database, with their bytes in memory."""

    def __init__(self, database: Database) -> None:
        self.works: Works[PartnershipWork] = Works(database, PartnershipWork)
        self.documents = MemoryDocuments()
        self.sweeper = Sweeper(self.works, self.documents, "partnership")

    async def keep(self) -> Document:
        """A document that names the paper."""
        about, _ = Organization.register(new_id("organization"), entry(), warnings=())
        content = Content(sha256=SHA256, size=len(PAPER), media_type="application/pdf")
        new = NewDocument(id=new_id("document"), about=about, document_kind="licence", content=content, title="a paper")
        async with self.works.open(Context(actor="test:per_1", now=NOW)) as work:
            return await keep_document(new, work)

    async def erase(self, id: str) -> None:
        async with self.works.open(Context(actor="test:per_1", now=NOW)) as work:
            await erase_document(id, work)


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/partnership.db")
    await migrate(database, SERVICE)
    yield Shelf(database)
    await database.close()


async def test_an_erased_document_keeps_its_hash_until_its_bytes_are_gone(shelf: Shelf) -> None:
    await shelf.documents.put(SHA256, PAPER)
    document = await shelf.keep()
    await shelf.erase(document.id)

    removed = [await shelf.sweeper.remove_erased(NOW) for _ in range(2)]

    async with shelf.works.open(Context(actor="test:per_1", now=NOW)) as work:
        left = await work.documents.get(document.id)
    assert (removed, left.sha256, left.size) == ([1, 0], "", 0)
    assert not await shelf.documents.has(SHA256)


async def test_who_names_bytes_while_they_are_removed_gets_them_back(shelf: Shelf) -> None:
    await shelf.documents.put(SHA256, PAPER)
    remove = shelf.documents.remove

    async def removed_while_somebody_commits(sha256: str) -> None:
        await remove(sha256)
        await shelf.keep()

    shelf.documents.remove = removed_while_somebody_commits  # type: ignore[method-assign]
    count = await shelf.sweeper.remove_orphans(NOW + timedelta(hours=2))

    assert (count, await shelf.documents.get(SHA256)) == (0, PAPER)


async def test_bytes_that_were_put_again_lately_are_left_alone(shelf: Shelf) -> None:
    await shelf.documents.put(SHA256, PAPER)

    assert await shelf.sweeper.remove_orphans(datetime.now(UTC)) == 0
    assert await shelf.documents.has(SHA256)
