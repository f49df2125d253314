"""Tables over HTTP: what can be imported, empty tables to fill in, imports with what became of them, and undoing."""

import asyncio
import hashlib
from collections.abc import Collection
from functools import partial
from typing import Annotated, Any, Final, Literal

from fastapi import Query, Request, Response

from shared.contracts.fields import Code
from shared.contracts.ids import ImportId
from shared.errors import Forbidden
from shared.identity.access import Access, allow
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.imports.entering import Entering, Mode
from shared.imports.imported import Import, ImportStatus
from shared.imports.table import Importer, ImportTable
from shared.imports.undoing import Undoing
from shared.tables import check
from shared.web.edge import Edge, EdgeIn
from shared.web.import_views import ImportReport, ImportView, TableView
from shared.web.operations import RuntimeIn
from shared.web.pages import ListIn, Page, PageIn
from shared.web.progress import Progress, progressing, wants_progress
from shared.web.rules import LanguageIn
from shared.web.sent_file import FileIn
from shared.web.service import Service
from shared.web.tables import TABLE_BODY, DryRun, template_file
from shared.words import roles_told

_OFFICE: Final = ("alliance_office",)

ModeIn = Annotated[Mode, Query(description="whether rows that do not fit keep the others from being entered")]


class NotYourTable(Forbidden):
    """Whoever may import a table may take an import of it back."""

    en = "An import of this table is undone by: {roles}."
    zh = "该表的导入只能由下列角色撤销：{roles}。"

    def __init__(self, roles: Collection[str]) -> None:
        super().__init__(roles=roles_told(roles))


def imports_router(service: Service) -> AccessRouter:
    """The routes of a service's importable tables."""
    router = AccessRouter(tags=["imports"])
    _add_list(router, service)
    for table in service.imports:
        _add_table(router, table)
    _add_imports(router, service)
    return router


def _add_list(router: AccessRouter, service: Service) -> None:
    @router.get("/v1/tables", access=_anybody(service))
    async def importable(page: ListIn, edge: EdgeIn, language: LanguageIn) -> Page[TableView]:
        """The tables that can be imported here, with their columns."""
        items = [TableView.of_table(table, language) for table in service.imports]

        async def listed(_page: object) -> Page[TableView]:
            return Page(items=items)

        return await edge.pages(listed, page)


def _add_imports(router: AccessRouter, service: Service) -> None:
    anybody, tables = _anybody(service), {table.name: table for table in service.imports}

    @router.get("/v1/imports", access=anybody)
    async def imports(
        edge: EdgeIn, page: PageIn, table: Code | None = None, status: ImportStatus | None = None
    ) -> Page[ImportView]:
        """The imports of one's organisation."""
        return await edge.page(Import, page, ImportView.of, table_name=table, status=status)

    @router.get("/v1/imports/{import_id}", access=anybody)
    async def one(import_id: ImportId, edge: EdgeIn) -> ImportView:
        """One import."""
        return await edge.show(Import, import_id, ImportView.of)

    @router.post("/v1/imports/{import_id}/undoing", access=anybody)
    async def undo(import_id: ImportId, edge: EdgeIn, runtime: RuntimeIn) -> ImportView:
        """Take back all that an import entered, as if it had never come, while nobody has changed or used any of it."""
        table = tables[(await edge.show(Import, import_id, ImportView.of)).table]
        _require_importer(edge.who, table.access)
        undoing = Undoing(table, import_id, runtime.works.kind)
        return await edge.act_on_all(undoing.take_back, undoing.commands, answer=_last)


def _add_table(router: AccessRouter, table: ImportTable[Any]) -> None:
    path = f"/v1/tables/{table.name}"

    @router.get(f"{path}/template", access=table.access, response_class=Response)
    async def template(language: LanguageIn, format: Literal["csv", "xlsx"] = "csv") -> Response:
        """The empty table, with what may stand in its columns: CSV, or a workbook that offers the allowed values."""
        return template_file(table.shape, language, format)

    @router.post(f"{path}/imports", access=table.access, openapi_extra=TABLE_BODY, response_model=ImportReport)
    async def enter(
        request: Request,
        file: FileIn,
        edge: EdgeIn,
        language: LanguageIn,
        *,
        mode: ModeIn = "all_or_nothing",
        dry_run: DryRun = False,
    ) -> ImportReport | Response:
        """Enter up to 100,000 rows from a table: all or none, or those that fit. A dry run says what would come of it.

        With `Accept: text/event-stream` the answer tells how far it has come, and at last what came of it.
        """
        run = partial(_enter, table, file, edge, language=language, mode=mode, trial=dry_run)
        return progressing(request, run) if wants_progress(request) else await run(lambda _done, _of: None)


async def _enter(
    table: ImportTable[Any], file: bytes, edge: Edge, progress: Progress, *, language: str, mode: Mode, trial: bool
) -> ImportReport:
    importer = Importer(edge.organization_id if table.of_organization else None, edge.today)
    read = await asyncio.to_thread(check, table.shape, file, table.keep)
    entering = Entering(table, read, importer, hashlib.sha256(file).hexdigest(), mode, trial, progress)
    answer = partial(_reported, entering, language)
    return await edge.act_on_all(entering.enter, entering.commands, answer=answer, trial=trial)


def _reported(entering: Entering[Any], language: str, _outcomes: object) -> ImportReport:
    return ImportReport.of_import(entering, language)


def _last(outcomes: list[Import | None]) -> ImportView:
    return ImportView.of(outcomes[-1])


def _anybody(service: Service) -> Access:
    """Whoever may import something here, and who looks after all organisations."""
    accesses = [table.access for table in service.imports]
    roles = dict.fromkeys(role for access in accesses for role in access.roles)
    return allow(*roles, scope=next((access.scope for access in accesses if access.scope), None), alliance_wide=_OFFICE)


def _require_importer(who: Principal, access: Access) -> None:
    if who.roles.isdisjoint(access.roles) and access.scope not in who.scopes:
        raise NotYourTable(access.roles)
