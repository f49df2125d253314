"""The inbox over HTTP: what the caller's parties were told, in the caller's language, as a list and live."""

from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify import handlers
from services.notify.api.access import ANYBODY, After, LastEventId, from_where
from services.notify.api.languages import Languages, languages
from services.notify.api.stream import Frame, FramePage, streamed
from services.notify.commands import MarkRead
from services.notify.domain.notification import Notification, Status
from services.notify.domain.party import Locale
from services.notify.domain.preference import EventClass
from services.notify.queries import inbox as queries
from services.notify.queries.texts import texts
from shared.contracts.fields import Instant
from shared.contracts.ids import NotificationId
from shared.errors import NotFound
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.refusals import BadCursor

router = AccessRouter(tags=["inbox"])

_STREAM_PAGE = 100
_LONGEST_PLACE = 18


class NotificationView(BaseModel):
    """A notification as its reader sees it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    id: str
    party: str
    event_class: EventClass = Field(alias="class")
    template: str
    language: Locale
    title: str
    text: str
    subject: str
    variables: dict[str, str | int]
    count: int
    late: bool
    status: Status
    source_event_id: str
    correlation_id: str
    delivered_at: Instant | None
    read_at: Instant | None

    @classmethod
    def of(cls, notification: Notification, language: Locale) -> Self:
        """The notification, rendered."""
        said = {**notification.variables, "count": notification.count}
        wording = texts(language).render(notification.template, said)
        return cls(
            id=notification.id,
            party=notification.recipient,
            event_class=notification.event_class,
            template=notification.template,
            language=language,
            title=wording.title,
            text=wording.text,
            subject=notification.subject,
            variables=notification.variables,
            count=notification.count,
            late=notification.late,
            status=notification.status,
            source_event_id=notification.source_event_id,
            correlation_id=notification.story,
            delivered_at=notification.delivered_at,
            read_at=notification.read_at,
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads their inbox."""

    languages: Languages

    def shown(self, notification: Notification) -> NotificationView:
        """The notification in the reader's language."""
        return NotificationView.of(notification, self.languages.of(notification.recipient))

    def frame(self, notification: Notification) -> Frame:
        """The notification as a message of the stream."""
        data = self.shown(notification).model_dump_json(by_alias=True)
        return Frame("digest" if notification.is_digest else "notification", notification.position or 0, data)


async def _reader(request: Request, edge: EdgeIn) -> Reader:
    return Reader(await languages(request, edge))


@router.get("/v1/inbox", access=ANYBODY)
async def inbox(
    request: Request,
    edge: EdgeIn,
    page: ListIn,
    *,
    unread: bool | None = None,
    event_class: Annotated[EventClass | None, Query(alias="class")] = None,
    template: Annotated[str | None, Query(max_length=64)] = None,
) -> Page[NotificationView]:
    """What the caller's parties were told, the newest first."""
    reader = await _reader(request, edge)
    wanted = queries.Wanted(unread=unread, event_class=event_class, template=template)

    async def told(page: PageWanted) -> Page[NotificationView]:
        found = await edge.read(queries.told, edge.who.parties, wanted, _place(page.cursor), page.limit + 1)
        shown = found[: page.limit]
        following = str(shown[-1].position) if len(found) > page.limit else None
        return Page[NotificationView](items=[reader.shown(each) for each in shown], next=following)

    return await edge.pages(told, page)


@router.post("/v1/inbox/{id}/reading", access=ANYBODY)
async def read(id: NotificationId, request: Request, edge: EdgeIn) -> NotificationView:
    """The caller has seen it. Saying so again changes nothing."""
    reader = await _reader(request, edge)
    command = MarkRead(notification_id=id)
    return await edge.act(handlers.mark_read, command, on=(Notification, id), check=_addressed_to, answer=reader.shown)


@router.get("/v1/inbox/stream", access=ANYBODY, response_class=StreamingResponse)
async def follow_inbox(
    request: Request, edge: EdgeIn, after: After = None, last_event_id: LastEventId = None
) -> StreamingResponse:
    """What the caller's parties are told from now on, or from where they left."""
    reader, parties = await _reader(request, edge), edge.who.parties
    seen = after if last_event_id is None else last_event_id
    start = from_where(seen, await edge.read(queries.place))

    async def fetch(connection: AsyncConnection, place: int) -> FramePage:
        page = await queries.told_after(connection, parties, place, _STREAM_PAGE)
        return FramePage([reader.frame(each) for each in page.notifications], page.position)

    return streamed(request, fetch, start)


def _addressed_to(who: Principal, notification: Notification) -> None:
    if notification.recipient not in who.parties:
        raise NotFound(kind=notification.kind)


def _place(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if len(cursor) > _LONGEST_PLACE or not cursor.isascii() or not cursor.isdigit():
        raise BadCursor
    return int(cursor)
