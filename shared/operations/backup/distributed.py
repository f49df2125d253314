"""Backing up the distributed edition, also while it runs: databases and documents; and putting a backup in place."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from shared.kernel.clock import system_clock
from shared.operations.backup.documents import Papers
from shared.operations.backup.folders import copy_issuer, new_folder
from shared.operations.backup.manifest import Manifest, verified, write_manifest, written
from shared.operations.backup.programs import Program, address_of
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.backup.snapshots import open_, release_of, within_one_moment
from shared.operations.brokers import brokers_of
from shared.operations.databases import open_database
from shared.operations.folder import Folder
from shared.operations.jobs import migrate_service
from shared.operations.restoring import Wish, restore
from shared.operations.restoring.alone import alone_with
from shared.operations.restoring.group import Group
from shared.operations.settings import Settings, read_settings
from shared.persistence.database import Database
from shared.web.service import installed_services

_WHOLE: Final = ("--no-owner", "--no-privileges")
_TABLES: Final = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()"


@dataclass(frozen=True, slots=True)
class Store:
    """One service's database, and how it is reached."""

    name: str
    settings: Settings
    database: Database

    @property
    def papers(self) -> Papers | None:
        """Its documents, if it has any. Raises `SettingsError`."""
        documented = installed_services()[self.name].documented
        return Papers.of(self.name, self.settings, self.database) if documented else None

    @property
    def address(self) -> Mapping[str, str]:
        """For PostgreSQL's own programs."""
        return address_of(self.settings)

    def dump_in(self, folder: Path) -> Path:
        """Where its dump is in a backup."""
        return folder / f"{self.name}.dump"


async def back_up(folder: Path, *, documents: bool) -> tuple[Manifest, Sequence[str]]:
    """Dump every database as it is within one moment, copy documents, and keep the issuer's keys where they are here.

    What it gives beside the manifest is what is to be said of the documents. Raises `BackupRefusedError`.
    """
    began_at = system_clock()
    async with _stores(list(installed_services())) as stores:
        program = await _program("pg_dump", stores)
        papers = _papers(stores) if documents else []
        for each in papers:
            await each.require_store()
        with new_folder(folder):
            copy_issuer(Folder(read_settings(os.environ).home), folder)
            moments = await _dump(program, stores, folder)
            said = [await each.take(folder) for each in papers]
            return await asyncio.to_thread(write_manifest, folder, "distributed", began_at, moments), said


async def put_back(folder: Path, *, replace: bool, margin: timedelta) -> AsyncIterator[str]:
    """Fill the databases of a stopped town from a backup and bring each into agreement with its topics.

    Nothing is touched before everything could be. A database is then as it was, empty, or restored, and never in
    between; whatever stops this, it may be begun again. Raises `BackupRefusedError` and `RestoreRefusedError`.
    """
    manifest = await asyncio.to_thread(verified, folder)
    if manifest.edition != "distributed":
        raise BackupRefusedError(f"{folder} holds files of the embedded edition; --into names a folder for them")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    async for line in _filled(folder, manifest, replace=replace):
        yield line
    async for line in _agreed(manifest, margin):
        yield line


async def _agreed(manifest: Manifest, margin: timedelta) -> AsyncIterator[str]:
    """Bring each service into agreement with its topics, and look what documents are still to be put back."""
    for name, moment in manifest.moments.items():
        await migrate_service(name)
        async for line in restore(name, Wish(moment, margin)):
            yield f"{name}: {line}"
    async with _stores(list(manifest.moments)) as stores:
        for papers in _papers(stores):
            if said := await papers.left_out(manifest):
                yield said


async def _filled(folder: Path, manifest: Manifest, *, replace: bool) -> AsyncIterator[str]:
    """Fill stores and databases while nothing else of their services can; what is to be said once each is done."""
    async with _stores(list(manifest.moments)) as stores, AsyncExitStack() as alone:
        for store in stores:
            await alone.enter_async_context(_alone(store))
        program = await _program("pg_restore", stores)
        for store in stores:
            await _refuse_full(store, replace=replace)
        await _put_papers_back(stores, folder, manifest)
        for store in stores:
            await _fill(program, store, folder)
            yield f"{store.name} is as of {manifest.moments[store.name].isoformat(timespec='seconds')}"


async def _dump(program: Program, stores: Sequence[Store], folder: Path) -> Mapping[str, datetime]:
    async with within_one_moment({store.name: store.database for store in stores}) as snapshots:
        for store in stores:
            file, snapshot = store.dump_in(folder), snapshots[store.name]
            file.touch(mode=0o600)
            words = ("--format=custom", *_WHOLE, f"--snapshot={snapshot.id}", f"--file={file}")
            await program.run(store.address, *words)
            await asyncio.to_thread(written, file)
    return {name: snapshot.moment for name, snapshot in snapshots.items()}


async def _fill(program: Program, store: Store, folder: Path) -> None:
    """Empty a database in one transaction and fill it in another."""
    async with open_(store.name, store.database) as connection, connection.transaction():
        tables = [row[0] for row in await connection.fetch(_TABLES)]
        if tables:
            await connection.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
    words = ("--single-transaction", "--exit-on-error", *_WHOLE, f"--dbname={store.address['PGDATABASE']}")
    await program.run(store.address, *words, store.dump_in(folder))


def _papers(stores: Sequence[Store]) -> Sequence[Papers]:
    return [papers for store in stores if (papers := store.papers)]


async def _put_papers_back(stores: Sequence[Store], folder: Path, manifest: Manifest) -> None:
    """Before any row names them, as when they were uploaded."""
    for papers in _papers(stores):
        await papers.put_back(folder, manifest)


async def _refuse_full(store: Store, *, replace: bool) -> None:
    async with open_(store.name, store.database) as connection:
        if not replace and await connection.fetch(_TABLES):
            raise BackupRefusedError(f"the database of {store.name} is not empty; --replace drops what is in it")


@asynccontextmanager
async def _alone(store: Store) -> AsyncIterator[None]:
    group = Group(installed_services()[store.name].group, brokers_of(store.settings, store.name))
    async with alone_with(store.database, store.name, group):
        yield


async def _program(name: str, stores: Sequence[Store]) -> Program:
    return await Program.find(name, max([await release_of(store.name, store.database) for store in stores]))


@asynccontextmanager
async def _stores(names: Sequence[str]) -> AsyncIterator[Sequence[Store]]:
    stores = []
    try:
        for name in names:
            settings = read_settings(os.environ, name)
            stores.append(Store(name, settings, open_database(name, settings, pool=1)))
        yield stores
    finally:
        for store in stores:
            await store.database.close()
