"""The routes of documents, made of what a service says of its objects' documents."""

from datetime import timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from shared.contracts.ids import DocumentId
from shared.documents.checklist import Line, checklist
from shared.documents.content import file_name
from shared.documents.document import Document
from shared.documents.store import ContentMissing
from shared.identity.access import Access
from shared.identity.router import AccessRouter
from shared.persistence.mapping import Mapping
from shared.rules import Finding
from shared.web.audit import AuditView, acts
from shared.web.audit import readings as readings_of
from shared.web.documents.reach import anyone_of
from shared.web.documents.refusals import ContentGone
from shared.web.documents.shelf import Shelf
from shared.web.documents.taking import DOCUMENT_BODY, DocumentSaid, ObjectId, Voiding, take, void
from shared.web.documents.verification import add_verification
from shared.web.documents.views import ChecklistLineView, ChecklistView, DocumentView
from shared.web.edge import Edge, EdgeIn
from shared.web.operations import RuntimeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.rule_catalogue import ANYWHERE
from shared.web.rules import LanguageIn
from shared.web.sent_file import FileIn
from shared.web.service import Service


async def _shelf(request: Request, edge: EdgeIn, runtime: RuntimeIn) -> Shelf:
    service: Service = request.app.state.service
    documented = {each.prefix: each for each in service.documented}
    return Shelf(edge, runtime, documented, request.state.request_id)


ShelfIn = Annotated[Shelf, Depends(_shelf)]


def documents_router(service: Service) -> AccessRouter:
    """The routes of documents about this service's objects."""
    router = AccessRouter(tags=["documents"])
    add_verification(router)
    voiders = anyone_of(access for each in service.documented for access in each.voiders)
    _add_keeping(router, anyone_of(access for each in service.documented for access in each.adders))
    _add_voiding(router, voiders)
    _add_readings(router, voiders)
    _add_reading(router, anyone_of(each.read for each in service.documented))
    return router


def _add_keeping(router: AccessRouter, adders: Access) -> None:
    @router.post("/v1/documents", status_code=201, access=adders, openapi_extra=DOCUMENT_BODY)
    async def keep_document(said: Annotated[DocumentSaid, Query()], sent: FileIn, shelf: ShelfIn) -> DocumentView:
        """Keep a document about an object. The same bytes of one kind about one object are one document."""
        return await take(shelf, said, sent)


def _add_voiding(router: AccessRouter, voiders: Access) -> None:
    @router.post("/v1/documents/{document_id}/voiding", access=voiders)
    async def void_document(document_id: DocumentId, body: Voiding, shelf: ShelfIn) -> DocumentView:
        """Say that a document no longer counts. It can still be read."""
        return await void(shelf, document_id, body.reason)


def _add_readings(router: AccessRouter, voiders: Access) -> None:
    @router.get("/v1/documents/{document_id}/readings", access=voiders)
    async def readings(document_id: DocumentId, shelf: ShelfIn, page: ListIn) -> Page[AuditView]:
        """Who has read the content of a document, for which organisation and when, for whoever may add such."""
        rows = readings_of((await shelf.voidable(document_id)).id)

        async def listed(wanted: PageWanted) -> Page[AuditView]:
            return await shelf.edge.read(acts, rows, wanted)

        return await shelf.edge.pages(listed, page)


def _add_reading(router: AccessRouter, readers: Access) -> None:
    @router.get("/v1/documents", access=readers)
    async def documents(about: ObjectId, shelf: ShelfIn, page: ListIn) -> Page[DocumentView]:
        """The documents about an object, the newest first, voided and erased ones among them."""
        await shelf.readable(about)
        return await shelf.edge.pages(partial(_page, shelf, about), page)

    @router.get("/v1/documents/{document_id}", access=readers)
    async def document(document_id: DocumentId, shelf: ShelfIn, response: Response) -> DocumentView:
        """One document, without its content."""
        found = await shelf.document(document_id)
        response.headers["ETag"] = f'"{found.version}"'
        return DocumentView.of(found, on=shelf.edge.today)

    @router.get("/v1/documents/{document_id}/content", access=readers, response_class=Response)
    async def content(document_id: DocumentId, shelf: ShelfIn) -> Response:
        """The content of a document, to be saved. Every reading is written down."""
        return await _content(shelf, document_id)

    @router.get("/v1/checklists/{object_id}", access=readers)
    async def checklist_of(
        object_id: Annotated[ObjectId, Path()],
        shelf: ShelfIn,
        language: LanguageIn,
        soon_days: Annotated[int, Query(ge=0, le=366, description="how long before its end a paper expires soon")] = 30,
    ) -> ChecklistView:
        """Which papers an object needs today, and which are there, missing, expired, expiring or too short."""
        return await _checklist(shelf, object_id, language, timedelta(days=soon_days))


async def _content(shelf: Shelf, document_id: str) -> Response:
    document = await shelf.document(document_id)
    if document.status == "erased":
        raise ContentGone
    try:
        content = await shelf.runtime.documents.get(document.sha256)
    except ContentMissing:
        raise ContentGone from None
    await shelf.note_reading(document)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(document.id, document.media_type)}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=document.media_type, headers=headers)


async def _page(shelf: Shelf, about: str, wanted: PageWanted) -> Page[DocumentView]:
    mapping = shelf.runtime.works.kind.mapping_of(Document)
    found = await shelf.edge.read(_select, mapping, about, shelf.hidden_kinds(about), wanted)
    items = [DocumentView.of(document, on=shelf.edge.today) for document in found[: wanted.limit]]
    return Page(items=items, next=items[-1].id if found[wanted.limit :] else None)


async def _select(
    connection: AsyncConnection, mapping: Mapping[Document], about: str, hidden: list[str], wanted: PageWanted
) -> list[Document]:
    table = mapping.table
    statement = select(table).where(table.c.about == about, table.c.document_kind.not_in(hidden))
    if wanted.cursor is not None:
        statement = statement.where(table.c.id < wanted.cursor)
    rows = await connection.execute(statement.order_by(table.c.id.desc()).limit(wanted.limit + 1))
    return [mapping.thing(row) for row in rows.mappings()]


async def _checklist(shelf: Shelf, about: str, language: str, soon: timedelta) -> ChecklistView:
    thing, documented = await shelf.readable(about), shelf.of(about)
    on, hidden = shelf.edge.today, set(shelf.hidden_kinds(about))
    needed: list[Any] = [need for need in documented.needs(thing, on) if need.kind not in hidden]
    lines = list(checklist(needed, await shelf.standing(about), on=on, soon=soon))
    return ChecklistView(
        object_id=about,
        complete=all(line.is_settled for line in lines),
        lines=[ChecklistLineView.of(line, documented, language, _missed(line, shelf.edge)) for line in lines],
    )


def _missed(line: Line, edge: Edge) -> Finding | None:
    """What its rule says for want of what is asked of a paper."""
    if not line.asked or line.needed.rule is None:
        return None
    return edge.rules.rule(line.needed.rule, on=edge.today, jurisdiction=ANYWHERE).unknown(*line.asked)
