"""The event feed over HTTP: everything that every service published, by place, as a list, live and as a story."""

from typing import Annotated, Final

from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.api.access import READERS_OF_THE_FEED, After, LastEventId, from_where
from services.notify.api.cloudevents import BATCH, batch, structured
from services.notify.api.stream import Frame, FramePage, streamed
from services.notify.queries import feed as queries
from shared.errors import NotFound
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.problems import language_of, problem
from shared.web.refusals import Answered, Gone

router = AccessRouter(tags=["events"])

_MOST: Final = 1000
_STREAM_PAGE: Final = 100

TypePrefix = Annotated[str | None, Query(max_length=200, description="what the type begins with")]
Correlation = Annotated[str | None, Query(max_length=200, description="the story's id")]


@router.get("/v1/events", access=READERS_OF_THE_FEED, response_class=Response)
async def events(
    request: Request,
    edge: EdgeIn,
    *,
    after: After = None,
    type: TypePrefix = None,
    correlationid: Correlation = None,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> Response:
    """The next events as a CloudEvents batch; `feed-position` is the `after` of the next call."""
    start = await _start(request, edge, after)
    wanted = queries.Wanted(type=type, correlation_id=correlationid)
    page = await edge.read(queries.events_after, start, wanted, limit)
    return Response(batch(page.entries), media_type=BATCH, headers={"feed-position": str(page.position)})


@router.get("/v1/events/stream", access=READERS_OF_THE_FEED, response_class=StreamingResponse)
async def follow_events(
    request: Request,
    edge: EdgeIn,
    *,
    after: After = None,
    type: TypePrefix = None,
    correlationid: Correlation = None,
    last_event_id: LastEventId = None,
) -> StreamingResponse:
    """Events as they arrive, from where the reader left, else from now on."""
    seen = after if last_event_id is None else last_event_id
    start = await _start(request, edge, seen) if seen is not None else (await edge.read(queries.span)).newest
    wanted = queries.Wanted(type=type, correlation_id=correlationid)

    async def fetch(connection: AsyncConnection, place: int) -> FramePage:
        page = await queries.events_after(connection, place, wanted, _STREAM_PAGE)
        told = [Frame("event", each.position or 0, structured(each).decode()) for each in page.entries]
        return FramePage(told, page.position)

    return streamed(request, fetch, start)


@router.get("/v1/stories/{correlationid}", access=READERS_OF_THE_FEED, response_class=Response)
async def story(
    correlationid: Annotated[str, Path(max_length=200, description="the story's id, or `latest`")],
    edge: EdgeIn,
    test: Annotated[bool | None, Query(description="which story is the latest: a demonstration, or none")] = None,
) -> Response:
    """The events of a story by time and causation as a CloudEvents batch, at most the first thousand."""
    is_latest = correlationid == "latest"
    root = await edge.read(queries.newest_story, test) if is_latest else correlationid
    entries = await edge.read(queries.story, root, _MOST) if root is not None else []
    if not entries:
        raise NotFound(kind="story")
    return Response(batch(entries), media_type=BATCH)


async def _start(request: Request, edge: EdgeIn, after: int | None) -> int:
    """After which place to begin. Answers 410 for one that is no longer kept, and raises `NotReachedYet`."""
    held = await edge.read(queries.span)
    before_all = held.oldest - 1
    start = before_all if after is None else from_where(after, held.newest)
    if start < before_all:
        gone = Gone(oldest=held.oldest)
        raise Answered(problem(request, 410, gone.code, gone.say(language_of(request)), oldest=held.oldest))
    return start
