"""Rosters over HTTP: sent whole by a university's system or its office, looked at, and confirmed or dismissed."""

from functools import partial
from typing import Annotated, Final

from fastapi import Query

from services.training import queries
from services.training.api.access import READ, WRITE
from services.training.api.roster.kinds import KINDS, Kind
from services.training.api.roster.receiving import read_roster
from services.training.api.roster.views import RosterChangeView, RosterDetail, RosterView
from services.training.commands.roster import ConfirmRoster, DismissRoster
from services.training.domain.roster.difference import Change
from services.training.domain.roster.roster import Roster, RosterKind, RosterStatus
from services.training.handlers.roster import roster as handlers
from shared.contracts.ids import RosterId
from shared.errors import Forbidden
from shared.identity.access import allow
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.identity.scope import within
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import ListIn, Page, PageIn, PageWanted
from shared.web.rules import LanguageIn
from shared.web.sent_file import FileIn
from shared.web.tables import TABLE_BODY
from shared.words import Role, word_of

router: Final = AccessRouter(tags=["rosters"])
_STUDENTS, _TEACHERS = KINDS[RosterKind.STUDENTS], KINDS[RosterKind.TEACHERS]
_POSTS: Final = KINDS[RosterKind.SPECIAL_POSTS]
_OFFICES: Final = allow(_STUDENTS.role, _TEACHERS.role, scope=None)
_READERS: Final = allow(_STUDENTS.role, _TEACHERS.role, scope=READ)


class NotYourRoster(Forbidden):
    """The academic office decides on rosters of students, the personnel office on those of teachers and posts."""

    en = "A roster of this kind is decided on by: {role}."
    zh = "该类名册由下列角色处理：{role}。"


@router.post("/v1/rosters/students", access=allow(_STUDENTS.role, scope=WRITE), openapi_extra=TABLE_BODY)
async def send_students(file: FileIn, edge: EdgeIn, language: LanguageIn) -> RosterDetail:
    """Send the whole list of the university's students, in the columns of the table `students`.

    The same file again is no second roster.
    """
    return await _send(_STUDENTS, file, edge, language)


@router.post("/v1/rosters/teachers", access=allow(_TEACHERS.role, scope=WRITE), openapi_extra=TABLE_BODY)
async def send_teachers(file: FileIn, edge: EdgeIn, language: LanguageIn) -> RosterDetail:
    """Send the whole list of the university's teachers, in the columns of the table `teachers`.

    The same file again is no second roster.
    """
    return await _send(_TEACHERS, file, edge, language)


@router.post("/v1/rosters/special-posts", access=allow(_POSTS.role, scope=WRITE), openapi_extra=TABLE_BODY)
async def send_special_posts(file: FileIn, edge: EdgeIn, language: LanguageIn) -> RosterDetail:
    """Send the whole list of the posts that the university keeps for people from industry.

    It has the columns of the table `special-posts`. The same file again is no second roster.
    """
    return await _send(_POSTS, file, edge, language)


@router.get("/v1/rosters", access=_READERS)
async def rosters(
    edge: EdgeIn,
    page: PageIn,
    language: LanguageIn,
    kind: RosterKind | None = None,
    status: RosterStatus | None = None,
) -> Page[RosterView]:
    """The rosters of one's university."""
    answer = partial(RosterView.in_language, language=language)
    return await edge.page(Roster, page, answer, roster_kind=kind, status=status)


@router.get("/v1/rosters/{roster_id}", access=_READERS)
async def roster(roster_id: RosterId, edge: EdgeIn, language: LanguageIn) -> RosterDetail:
    """One roster, with the cells that do not fit."""
    return await edge.show(Roster, roster_id, partial(RosterDetail.in_language, language=language))


@router.get("/v1/rosters/{roster_id}/changes", access=_READERS)
async def changes(
    roster_id: RosterId,
    edge: EdgeIn,
    page: ListIn,
    change: Annotated[Change | None, Query(description="only such changes")] = None,
) -> Page[RosterChangeView]:
    """What a roster changes that is still to be done, entry by entry; once it is done it is forgotten."""
    await edge.show(Roster, roster_id, partial(RosterView.in_language, language="zh"))

    async def listed(wanted: PageWanted) -> Page[RosterChangeView]:
        found = await edge.read(queries.changes_after, roster_id, change, wanted.cursor or "", wanted.limit + 1)
        items = [RosterChangeView.of_change(each) for each in found[: wanted.limit]]
        return Page(items=items, next=items[-1].id if len(found) > wanted.limit else None)

    return await edge.pages(listed, page)


@router.post("/v1/rosters/{roster_id}/confirmation", access=_OFFICES)
async def confirm(roster_id: RosterId, edge: EdgeIn, language: LanguageIn) -> RosterView:
    """Let a roster that waits act; its changes are made within minutes, 500 in each transaction."""
    return await edge.act(
        handlers.confirm_roster,
        ConfirmRoster(roster_id=roster_id),
        on=(Roster, roster_id),
        check=_decides,
        answer=partial(RosterView.in_language, language=language),
    )


@router.post("/v1/rosters/{roster_id}/dismissal", access=_OFFICES)
async def dismiss(roster_id: RosterId, edge: EdgeIn, language: LanguageIn) -> RosterView:
    """Let a roster that waits come to nothing."""
    return await edge.act(
        handlers.dismiss_roster,
        DismissRoster(roster_id=roster_id),
        on=(Roster, roster_id),
        check=_decides,
        answer=partial(RosterView.in_language, language=language),
    )


async def _send(kind: Kind, content: bytes, edge: Edge, language: str) -> RosterDetail:
    receiving = await read_roster(kind, content, university_id=edge.organization_id, sent_by=edge.who.actor)

    def answer(_outcomes: object) -> RosterDetail:
        return RosterDetail.in_language(receiving.became, language)

    return await edge.act_on_all(receiving.keep, receiving.commands, answer=answer)


def _decides(who: Principal, roster: Roster) -> Roster:
    own = within(who, roster)
    role = KINDS[roster.roster_kind].role
    if role not in who.roles:
        raise NotYourRoster(role=word_of(Role, role))
    return own
