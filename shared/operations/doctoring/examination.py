"""The whole examination, of the edition that the environment speaks of."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

from shared.documents.object_store import FolderStore
from shared.operations.addresses import EMBEDDED_PORT, PORTS
from shared.operations.databases import open_database
from shared.operations.doctoring import documents, stores, surroundings
from shared.operations.doctoring.finding import Finding, bad, good
from shared.operations.doctoring.rosters import rosters
from shared.operations.document_stores import lies_apart, open_documents
from shared.operations.folder import Folder
from shared.operations.settings import Settings, SettingsError, read_settings
from shared.persistence.database import Database
from shared.web.service import Service, installed_services


async def examine(environ: Mapping[str, str]) -> AsyncIterator[Finding]:
    """Every finding, as it is made. With the address of any service's database it is the distributed edition's."""
    try:
        read = {name: read_settings(environ, name) for name in installed_services()}
    except SettingsError as error:
        yield bad("settings", "values", str(error), "see docs/operating.md, the table of settings")
        return
    yield good("settings", "values", "every one can be read")
    distributed = any(settings.database_url for settings in read.values())
    for finding in [each async for each in (_distributed(read, environ) if distributed else _embedded(environ))]:
        yield finding


async def _embedded(environ: Mapping[str, str]) -> AsyncIterator[Finding]:
    settings = read_settings(environ)
    folder = Folder(settings.home)
    yield surroundings.room(folder.path)
    yield surroundings.port("machine", settings.host, settings.port or EMBEDDED_PORT)
    for finding in _rosters([settings]):
        yield finding
    for name, service in installed_services().items():
        if not (folder.path / f"{name}.db").exists():
            yield good(name, "file", "not there yet; the first start makes it")
            continue
        async for finding in _store(service, Database(folder.database_url(name)), settings):
            yield finding
        if service.documented:
            yield await documents.papers(service, FolderStore(folder.documents(name)), None)


async def _distributed(read: Mapping[str, Settings], environ: Mapping[str, str]) -> AsyncIterator[Finding]:
    for name, settings in read.items():
        async for finding in _of_service(installed_services()[name], settings):
            yield finding
    for finding in _rosters(read.values()):
        yield finding
    # The embedded edition has no client for Kafka, and only operators' images have its admin client.
    from shared.operations.doctoring import broker  # noqa: PLC0415

    async for finding in broker.examine(read, environ):
        yield finding
    yield await surroundings.issuer(read_settings(environ), environ)


async def _of_service(service: Service, settings: Settings) -> AsyncIterator[Finding]:
    yield surroundings.port(service.name, settings.host, settings.port or PORTS[service.name])
    try:
        database = open_database(service.name, settings, pool=2)
    except SettingsError as error:
        yield stores.unnamed(service, error)
        return
    async for finding in _store(service, database, settings):
        yield finding
    async for finding in _papers(service, settings):
        yield finding


def _rosters(read: Iterable[Settings]) -> Iterator[Finding]:
    """Each folder from which rosters would be taken, once."""
    named = {settings.roster_folder or Folder(settings.home).rosters: settings.roster_folder for settings in read}
    for folder, by_setting in named.items():
        yield from rosters(folder, named=by_setting is not None)


async def _papers(service: Service, settings: Settings) -> AsyncIterator[Finding]:
    """Whether a service that has documents finds its store."""
    if not service.documented:
        return
    try:
        store = open_documents(service.name, settings)
    except SettingsError as error:
        yield bad(service.name, "documents", str(error), "see docs/operating.md, the table of settings")
        return
    apart = lies_apart(settings)
    if apart:
        yield surroundings.room(Folder(settings.home).documents(service.name))
    yield await documents.papers(service, store, apart if settings.environment == "production" else None)


async def _store(service: Service, database: Database, settings: Settings) -> AsyncIterator[Finding]:
    try:
        for finding in await stores.store(service, database, settings.database_pool):
            yield finding
    finally:
        await database.close()
