"""The bytes of documents in a backup of the distributed edition: what its databases name, and what was not there."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from services.training.main import SERVICE
from shared.documents.object_store import FolderStore
from shared.operations.backup.documents import Papers
from shared.operations.backup.folders import new_folder
from shared.operations.backup.manifest import Manifest, verified, write_manifest
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.settings import Settings
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.spine import DocumentRow, table_of

PAPER, OTHER, ERASED = b"a paper", b"another", b"of somebody who was erased"
DOCUMENT = {
    "story": "s", "version": 1, "test": False, "about": "plc_1", "document_kind": "insurance", "title": "",
    "number": None, "issuer": None, "issued_on": None, "valid_to": None, "size": 7, "media_type": "application/pdf",
    "origin": "uploaded", "person_id": None, "owner_ids": [], "service": "training",
}  # fmt: skip


def of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
async def papers(tmp_path: Path) -> AsyncIterator[Papers]:
    """Training, with a document that counts, one that is voided, and one that was erased."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/training.db")
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    table = table_of(DocumentRow)
    known = {column.name for column in table.columns}
    rows = [("doc_1", PAPER, "kept"), ("doc_2", PAPER, "kept"), ("doc_3", OTHER, "voided"), ("doc_4", ERASED, "erased")]
    async with database.writing() as connection:
        for id, content, status in rows:
            row = {**DOCUMENT, "id": id, "sha256": of(content), "status": status}
            await connection.execute(insert(table).values({name: row[name] for name in row.keys() & known}))
    yield Papers.of("training", Settings(home=tmp_path / "home"), database)
    await database.close()


async def backed_up(papers: Papers, folder: Path) -> tuple[Manifest, str]:
    with new_folder(folder):
        said = await papers.take(folder)
        return write_manifest(folder, "distributed", datetime.now(UTC)), said


async def test_what_the_database_names_is_taken_and_comes_back(papers: Papers, tmp_path: Path) -> None:
    for content in (PAPER, OTHER, ERASED, b"an upload that came to nothing"):
        await papers.store.put(of(content), content)

    manifest, said = await backed_up(papers, tmp_path / "backup")
    again = Papers.of("training", Settings(home=tmp_path / "again"), papers.database)
    await again.put_back(tmp_path / "backup", verified(tmp_path / "backup"))

    assert said == f"training: 2 documents from {tmp_path}/home/documents/training"
    assert {name.rpartition("/")[2] for name in manifest.files} == {of(PAPER), of(OTHER)}
    assert {lying.sha256 async for lying in again.store.listing()} == {of(PAPER), of(OTHER)}
    assert await again.store.get(of(PAPER)) == PAPER
    assert await again.left_out(manifest) is None
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "backup" / "documents").rglob("*")} == {0}


async def test_what_is_missing_or_spoilt_is_counted(papers: Papers, tmp_path: Path) -> None:
    await papers.store.put(of(PAPER), PAPER)
    await papers.store.put(of(OTHER), b"spoilt")

    manifest, said = await backed_up(papers, tmp_path / "backup")

    assert said.endswith("; 1 that are named were not there, or not what they had been")
    assert [name.rpartition("/")[2] for name in manifest.files] == [of(PAPER)]


async def test_the_wrong_place_is_no_backup(papers: Papers, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match=r"names 2 documents, and none of them lies in .* --without-documents"):
        await backed_up(papers, tmp_path / "backup")

    assert not (tmp_path / "backup").exists()


async def test_a_store_that_does_not_answer_is_named(papers: Papers, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")

    with pytest.raises(
        BackupRefusedError, match=f"the store of training's documents, {tmp_path}/home.* does not answer"
    ):
        await papers.require_store()


async def test_without_documents_a_restore_says_what_is_still_to_be_done(papers: Papers, tmp_path: Path) -> None:
    with new_folder(tmp_path / "backup"):
        manifest = write_manifest(tmp_path / "backup", "distributed", datetime.now(UTC))

    said = await papers.left_out(manifest)
    async with papers.database.writing() as connection:
        await connection.execute(text("DELETE FROM document"))

    assert said is not None
    assert "none of the 2 documents" in said
    assert await papers.left_out(manifest) is None


def test_a_place_is_named_without_its_key(tmp_path: Path) -> None:
    key = {"documents_key_id": "who", "documents_secret": "a secret"}
    settings = Settings.model_validate({"documents_url": "https://s3.example/papers", **key})

    papers = Papers.of("training", settings, Database(f"sqlite+aiosqlite:///{tmp_path}/training.db"))

    assert papers.place == "https://s3.example/papers"
    assert not isinstance(papers.store, FolderStore)
