"""The rules that institutions set for themselves: an office enters them, everybody reads them, nobody weakens any."""

import asyncio
import json
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.fields import Instant
from shared.contracts.ids import OrganizationId
from shared.errors import Forbidden, Invalid
from shared.identity.access import allow
from shared.identity.principal import MACHINE, ROLES, Principal
from shared.identity.router import AccessRouter
from shared.persistence.institution_packs import INSTITUTION_PACK, entered_packs, joined, with_institutions
from shared.persistence.sets import insert
from shared.rules import Bilingual
from shared.rules.engine import Rulebook
from shared.rules.pack import Pack, PackError
from shared.rules.pack_file import read_pack
from shared.web.edge import Edge, EdgeIn
from shared.web.operations import Clerk, ClerkIn, RuntimeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.runtime import Runtime
from shared.web.service import Service

_MOST_RULES: Final = 100
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500, pattern=r"^[^\x00]*$")]
_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class AnotherInstitution(Forbidden):
    """An institution sets rules for itself alone."""

    en = "An office enters the rules of its own institution; those of others are entered by the alliance office."
    zh = "各单位只能登记本单位的规则；其他单位的规则由联盟办公室登记。"


class BeginsTooEarly(Invalid):
    """What was decided today and before was decided by the rules of then."""

    en = "Rules that are entered today begin tomorrow at the earliest, on {first}."
    zh = "今日登记的规则最早自次日（{first}）起施行。"


class PackRefused(Invalid):
    """The pack contradicts the levels above it, or an earlier version, or cannot be read."""

    en = "These rules cannot be entered: {reason}"
    zh = "该规则不能登记：{reason}"

    def __init__(self, error: PackError) -> None:
        super().__init__(reason=Bilingual(zh=error.zh, en=str(error)))


class PackEntry(BaseModel):
    """The next version of an institution's rules. `rules` say only what they change, as a rule pack's file does."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    institution_id: OrganizationId
    effective_from: _Day
    effective_to: _Day | None = None
    rules: Annotated[list[dict[str, JsonValue]], Field(min_length=1, max_length=_MOST_RULES)]
    reason: _Reason


class PackView(BaseModel):
    """A version of an institution's rules: who entered it, when and why. `id` is what decisions name it by."""

    model_config = ConfigDict(frozen=True)

    id: str
    institution_id: str
    version: int
    effective_from: date
    effective_to: date | None
    rules: list[dict[str, Any]]
    reason: str
    entered_by: str
    entered_at: Instant


def institution_packs_router(service: Service) -> AccessRouter:
    """The routes of institutions' own rules."""
    router = AccessRouter(tags=["rules"])
    offices = ("university_academic_office", "university_coop_office", "university_hr")

    @router.post(
        "/v1/rule-packs",
        status_code=201,
        access=allow(*offices, scope=None, alliance_wide=("alliance_office",)),
    )
    async def enter(body: PackEntry, edge: EdgeIn, runtime: RuntimeIn, clerk: ClerkIn, book: InstalledIn) -> PackView:
        """Enter the next version of an institution's rules. It may only be stricter than what lies above it."""
        return _shown(await _enter(body, edge, runtime, clerk, book))

    @router.get("/v1/rule-packs", access=allow(*sorted(ROLES - {MACHINE}), scope=f"{service.name}:read"))
    async def entered(
        edge: EdgeIn,
        page: ListIn,
        institution_id: OrganizationId | None = None,
    ) -> Page[PackView]:
        """Every version that an institution has entered, by institution and version: what applied, applies and will."""

        async def listed(page: PageWanted) -> Page[PackView]:
            rows, limit = await edge.read(_rows, institution_id, page.cursor, page.limit + 1), page.limit
            following = rows[limit - 1]["id"] if rows[limit:] else None
            return Page(items=[_shown(row) for row in rows[:limit]], next=following)

        return await edge.pages(listed, page)

    return router


async def _enter(body: PackEntry, edge: Edge, runtime: Runtime, clerk: Clerk, book: Rulebook) -> dict[str, Any]:
    _require_own(edge.who, body.institution_id)
    earlier = await edge.read(entered_packs)
    pack = _next_version(body, earlier, today=edge.today)
    await asyncio.to_thread(_require_stricter, book, earlier, pack)
    row: dict[str, Any] = {
        "id": pack.reference,
        "institution_id": body.institution_id,
        "version": pack.version,
        "text": _text(body, pack.version),
        "reason": body.reason,
        "entered_by": edge.who.actor,
        "entered_at": edge.now,
    }
    async with runtime.database.writing() as connection:
        # Whoever was faster has taken the version: its unique key refuses this one.
        await insert(connection, INSTITUTION_PACK, [row])
        await clerk.note(connection, "rule-pack.enter", pack.reference, body.reason)
    return row


async def _installed(request: Request) -> Rulebook:
    book: Rulebook = request.app.state.runtime.works.installed
    return book


InstalledIn = Annotated[Rulebook, Depends(_installed)]


def _require_own(who: Principal, institution_id: str) -> None:
    if not who.alliance_wide and who.organization_id != institution_id:
        raise AnotherInstitution


def _next_version(body: PackEntry, earlier: tuple[Pack, ...], *, today: date) -> Pack:
    first = date.fromordinal(today.toordinal() + 1)
    if body.effective_from < first:
        raise BeginsTooEarly(first=first)
    versions = [pack.version for pack in earlier if pack.jurisdiction == body.institution_id]
    version = max(versions, default=0) + 1
    try:
        return read_pack(_text(body, version), origin=_name(body.institution_id))
    except PackError as error:
        raise PackRefused(error) from None


def _require_stricter(book: Rulebook, earlier: tuple[Pack, ...], pack: Pack) -> None:
    try:
        with_institutions(joined(book, earlier), pack)
    except PackError as error:
        raise PackRefused(error) from None


def _text(body: PackEntry, version: int) -> str:
    said = body.model_dump(mode="json", include={"effective_from", "effective_to", "rules"})
    head = {"pack": _name(body.institution_id), "version": version, "jurisdiction": body.institution_id}
    return json.dumps({**head, **said}, ensure_ascii=False)


def _name(institution_id: str) -> str:
    return institution_id.lower().replace("_", "-")


async def _rows(
    connection: AsyncConnection, institution_id: str | None, cursor: str | None, limit: int
) -> list[dict[str, Any]]:
    statement = select(INSTITUTION_PACK).order_by(INSTITUTION_PACK.c.id).limit(limit)
    if institution_id is not None:
        statement = statement.where(INSTITUTION_PACK.c.institution_id == institution_id)
    if cursor is not None:
        statement = statement.where(INSTITUTION_PACK.c.id > cursor)
    return [dict(row) for row in (await connection.execute(statement)).mappings()]


def _shown(row: dict[str, Any]) -> PackView:
    at: datetime = row["entered_at"]
    said = json.loads(row["text"])
    return PackView.model_validate({**row, **said, "entered_at": at})
