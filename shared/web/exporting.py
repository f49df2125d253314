"""Lists as files: CSV and workbooks of a page or of all that fits, made on the disk and never in memory as a whole.

A request that states a language (`Accept-Language`) comes from somebody who reads: the headings are words, lists in a
cell stand between semicolons, states, yes and no are words, and of a list that can be imported the cells say what the
template offers. One that states none comes from a program: the headings are the fields' names, values are codes, and
lists are JSON.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final, Protocol, TypeVar, get_args, get_type_hints

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from shared.contracts.fields import REGION_TIME
from shared.errors import State
from shared.tables import Column
from shared.tables.labels import heading, labels_of
from shared.tables.shape import FLAGS
from shared.tables.writing import CsvWriter, TableWriter, WorkbookWriter
from shared.web.pages import FORMATS, Page, PageWanted
from shared.web.problems import stated_language
from shared.web.refusals import TooManyListed

V = TypeVar("V", bound=BaseModel)

MOST_ROWS: Final = 100_000
_AT_ONCE: Final = 1000
_CHUNK: Final = 1 << 16
_WRITERS: Final[dict[str, type[TableWriter]]] = {"csv": CsvWriter, "xlsx": WorkbookWriter}


class Pages(Protocol[V]):
    """A list: gives the page that is wanted."""

    def __call__(self, wanted: PageWanted, /) -> Awaitable[Page[V]]:
        """The page."""


async def whole(request: Request, pages: Pages[V], wanted: PageWanted, shape: type[Any] | None = None) -> Response:
    """Every page in one file. Raises `TooManyListed` beyond `MOST_ROWS`."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        sheet = _Sheet.of(request, wanted.format, file, shape)
        await _fill(sheet, pages, wanted.model_copy(update={"limit": _AT_ONCE}))
        return _answer(wanted.format, file, {"Content-Disposition": _attachment(request, wanted.format)})
    except BaseException:
        file.close()
        raise


async def single(request: Request, page: Page[Any], format: str, shape: type[Any] | None = None) -> Response:
    """One page as a file; the Link header names the next."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    sheet = _Sheet.of(request, format, file, shape)
    await asyncio.to_thread(sheet.fill, page.items)
    await asyncio.to_thread(sheet.close)
    following = request.url.include_query_params(cursor=page.next)
    link = f'<{following.path}?{following.query}>; rel="next"'
    return _answer(format, file, {"Link": link} if page.next else {})


async def _fill(sheet: "_Sheet", pages: Pages[V], wanted: PageWanted) -> None:
    count, cursor = 0, wanted.cursor
    while True:
        page = await pages(wanted.model_copy(update={"cursor": cursor}))
        count += len(page.items)
        if count > MOST_ROWS:
            raise TooManyListed(limit=MOST_ROWS)
        await asyncio.to_thread(sheet.fill, page.items)
        if (cursor := page.next) is None:
            break
    await asyncio.to_thread(sheet.close)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The file of a list as it is being written."""

    writer: TableWriter
    names: Sequence[str]
    days: frozenset[str]
    offered: Mapping[str, Column]
    states: Mapping[str, Mapping[object, State]]
    language: str

    @classmethod
    def of(cls, request: Request, format: str, file: IO[bytes], shape: type[Any] | None) -> "_Sheet":
        """A file with its headings, which are those of the view that the route answers with."""
        language = stated_language(request)
        view, labels = _view(request), labels_of(request.app.state.service.package)
        names = [field.serialization_alias or name for name, field in view.model_fields.items()]
        writer = _WRITERS[format](file, plain=language is not None)
        writer.write([[heading(labels, name, language) for name in names]])
        days = frozenset(name for name, field in view.model_fields.items() if date in _kinds(field.annotation))
        offered = _offered(request) if language else {}
        states = _states(shape) if language and shape else {}
        return cls(writer, names, days if format == "xlsx" else frozenset(), offered, states, language or "")

    def fill(self, items: Iterable[BaseModel]) -> None:
        """Add the rows of these."""
        self.writer.write(self._row(item) for item in items)

    def close(self) -> None:
        """Finish the file."""
        self.writer.close()

    def _row(self, item: BaseModel) -> list[object]:
        said = item.model_dump(mode="json", by_alias=True)
        for name, column in self.offered.items():
            if name in said:
                said[name] = column.called(said[name], self.language)
        for name, states in self.states.items():
            if (state := states.get(said.get(name))) is not None:
                said[name] = state.say(self.language)
        if self.language:
            yes, no = FLAGS[self.language]
            said.update({name: yes if value else no for name, value in said.items() if isinstance(value, bool)})
        return [getattr(item, name) if name in self.days else said[name] for name in self.names]


def _answer(format: str, file: IO[bytes], headers: Mapping[str, str]) -> Response:
    kind = FORMATS[format] + ("; charset=utf-8" if format == "csv" else "")
    told = {"Content-Length": str(file.seek(0, 2)), "Vary": "Accept, Accept-Language", **headers}
    return StreamingResponse(_chunks(file), media_type=kind, headers=told)


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk


def _attachment(request: Request, format: str) -> str:
    name = request.url.path.rpartition("/")[2]
    today = request.app.state.runtime.clock().astimezone(REGION_TIME).date()
    return f'attachment; filename="{name}-{today.isoformat()}.{format}"'


def _view(request: Request) -> type[BaseModel]:
    page: type[BaseModel] = request.scope["route"].response_model
    view: type[BaseModel] = get_args(page.model_fields["items"].annotation)[0]
    return view


def _offered(request: Request) -> Mapping[str, Column]:
    """The columns with values of their own, where the table of the list's name can be imported."""
    name = request.url.path.rpartition("/")[2]
    shapes = (table.shape for table in request.app.state.service.imports if table.name == name)
    return {column.name: column for shape in shapes for column in shape.columns if column.values}


def _states(shape: type[Any]) -> Mapping[str, Mapping[object, State]]:
    """The fields of what is listed that say how far it has come, with their states by code."""
    kinds = [(name, kind) for name, hint in get_type_hints(shape).items() for kind in _kinds(hint)]
    states = {name: kind for name, kind in kinds if isinstance(kind, type) and issubclass(kind, State)}
    return {name: {state.value: state for state in kind} for name, kind in states.items()}


def _kinds(annotation: object) -> tuple[object, ...]:
    return get_args(annotation) or (annotation,)
