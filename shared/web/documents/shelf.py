"""What the routes of documents work with: the objects that have documents, as the caller may reach them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.documents.document import Document
from shared.documents.documented import Documented
from shared.errors import NotFound
from shared.identity.access import Access
from shared.identity.principal import Principal
from shared.identity.refusals import RoleNotAllowed
from shared.identity.scope import Hidden, sees, within
from shared.kernel.aggregate import Aggregate
from shared.persistence.spine import AuditRow, table_of
from shared.persistence.sql_store import SqlStore
from shared.web.documents.refusals import NoSuchKind
from shared.web.edge import Edge
from shared.web.runtime import Runtime

_AUDIT: Final = table_of(AuditRow)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One service's documents, as one request sees them."""

    edge: Edge
    runtime: Runtime
    documented: Mapping[str, Documented[Any]]
    request_id: str

    def of(self, about: str) -> Documented[Any]:
        """What is said of the documents of such an object. Raises `NotFound`."""
        if (documented := self.documented.get(about.partition("_")[0])) is None:
            raise NotFound(kind="object")
        return documented

    async def readable(self, about: str) -> Aggregate:
        """The object, if the caller may read its documents."""
        documented = self.of(about)
        thing: Aggregate = await self._find(documented.shape, about)
        who = admitted(documented.read, self.edge.who)
        return within(who, thing) if documented.parties_only else sees(who, thing)

    async def require_addable(self, about: str, kind: str) -> Documented[Any]:
        """What is said of the object's documents, if the caller may add this kind. Raises what the refusal is."""
        documented = self.of(about)
        self.adding(documented, kind)(self.edge.who, await self._find(documented.shape, about))
        return documented

    def adding(self, documented: Documented[Any], kind: str) -> Callable[[Principal, Aggregate], object]:
        """How a caller must stand to an object for adding or voiding a document of this kind."""
        if (known := documented.kind(kind)) is None:
            raise NoSuchKind(documented.kinds)
        return lambda who, thing: within(admitted(known.add, who), thing)

    async def document(self, id: str) -> Document:
        """The document, if the caller may read it."""
        document: Document = await self._find(Document, id)
        await self.readable(document.about)
        admitted(self.of(document.about).read_of(document.document_kind), self.edge.who)
        return document

    async def voidable(self, id: str) -> Document:
        """The document, if the caller may add such; what the service made, whoever adds or prints may void."""
        document: Document = await self._find(Document, id)
        documented = self.of(document.about)
        kind = documented.kind(document.document_kind)
        thing = await self._find(documented.shape, document.about)
        for access in (kind.add,) if kind else documented.voiders:
            if _admits(access, self.edge.who):
                within(access.admit(self.edge.who), thing)
                return document
        raise Hidden(kind=Document.kind)

    def hidden_kinds(self, about: str) -> Sequence[str]:
        """The kinds of documents about the object that the caller does not read."""
        who = self.edge.who
        return [kind.name for kind in self.of(about).kinds if kind.read and not _admits(kind.read, who)]

    async def note_reading(self, document: Document) -> None:
        """Write into the audit trail that the caller read this document."""
        row = {
            "at": self.edge.now,
            "actor": self.edge.who.actor,
            "organization_id": self.edge.who.organization_id,
            "act": "document.read",
            "subject": document.id,
            "request_id": self.request_id,
        }
        async with self.runtime.database.writing() as connection:
            await connection.execute(insert(_AUDIT), [row])

    async def standing(self, about: str) -> list[Document]:
        """The documents about an object that count."""
        return await self.edge.read(self._where, Document, {"about": about, "status": "kept"})

    async def _find(self, shape: type[Any], id: str) -> Any:
        found = await self.edge.read(self._where, shape, {"id": id})
        if not found:
            raise NotFound(kind=shape.kind)
        return found[0]

    async def _where(self, connection: AsyncConnection, shape: type[Any], equals: Mapping[str, object]) -> list[Any]:
        return await SqlStore(connection).where(self.runtime.works.kind.mapping_of(shape), equals, lock=False)


def admitted(access: Access, who: Principal) -> Principal:
    """The caller in the role under which they are let in to such an object; a stranger to it is told that it is not."""
    if not _admits(access, who):
        raise Hidden(kind="object")
    return access.admit(who)


def _admits(access: Access, who: Principal) -> bool:
    try:
        access.admit(who)
    except RoleNotAllowed:
        return False
    return True
