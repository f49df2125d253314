"""A folder and the memory of the tests keep the same promises about bytes."""

from pathlib import Path

import pytest

from shared.documents.object_store import FolderStore
from shared.documents.store import ContentMissing, DocumentStore, stored
from tests.fakes import MemoryDocuments

PAPER = b"%PDF-1.7 a paper"


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentStore:
    return MemoryDocuments() if request.param == "memory" else FolderStore(tmp_path / "documents")


async def test_what_is_put_comes_back_as_it_was_and_is_listed_once(store: DocumentStore) -> None:
    await store.put("ab12", PAPER)
    await store.put("ab12", PAPER)

    assert (await store.get("ab12"), await store.has("ab12")) == (PAPER, True)
    assert [lying.sha256 async for lying in store.listing()] == ["ab12"]


async def test_what_is_removed_is_gone_and_removing_it_again_is_no_error(store: DocumentStore) -> None:
    await store.put("ab12", PAPER)

    await store.remove("ab12")
    await store.remove("ab12")

    assert not await store.has("ab12")
    with pytest.raises(ContentMissing):
        await store.get("ab12")


async def test_bytes_that_the_sweeper_took_during_the_transaction_are_put_back(store: DocumentStore) -> None:
    async with stored(store, PAPER, "application/pdf") as content:
        await store.remove(content.sha256)

    assert await store.get(content.sha256) == PAPER


async def test_a_folder_of_documents_is_for_its_owner_alone(tmp_path: Path) -> None:
    await FolderStore(tmp_path / "documents").put("ab12", PAPER)

    assert (tmp_path / "documents").stat().st_mode & 0o077 == 0
