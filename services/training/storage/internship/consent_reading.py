"""What stands behind the links of guardians: what is asked, what was answered, and whose phone is to be forgotten."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.internship.consent_link import AnsweredConsent, LinkedConsent, closed_by
from services.training.domain.internship.placement import Placement
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.internship.papers import ConsentLinkRow, ConsentRow, ConsentTextRow
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.internship.unit import PostRow
from services.training.storage.people import StudentRow
from shared.persistence.mapping import Mapping
from shared.persistence.spine import table_of

_LINK: Final = table_of(ConsentLinkRow)
_CONSENT: Final = table_of(ConsentRow)
_TEXT: Final = table_of(ConsentTextRow)
_PLACEMENT: Final = table_of(PlacementRow)
_POST: Final = table_of(PostRow)
_STUDENT: Final = table_of(StudentRow)
_PLACEMENTS: Final = Mapping(Placement, PlacementRow)
_UNIVERSITY: Final = table_of(KnownOrganizationRow).alias("university")
_ENTERPRISE: Final = table_of(KnownOrganizationRow).alias("enterprise")


async def phones_to_forget(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Links of guardians that expired unused and hold a phone still."""
    expired = (_LINK.c.expires_at <= now) & _LINK.c.guardian_phone.is_not(None)
    statement = select(_LINK.c.id).where(expired).order_by(_LINK.c.expires_at, _LINK.c.id).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def consent_link_id(connection: AsyncConnection, token_hash: str) -> str | None:
    """The id of the link whose token has this hash, whether it opens still or not; None if there is none."""
    statement = select(_LINK.c.id).where(_LINK.c.token_hash == token_hash)
    found: str | None = (await connection.execute(statement)).scalar()
    return found


async def answered_consent(connection: AsyncConnection, token_hash: str) -> AnsweredConsent | None:
    """What was answered with the link whose token has this hash; None if there is none, or it was not used."""
    statement = (
        select(*(_CONSENT.c[name] for name in ("given", "answered_at", "digest")))
        .join(_LINK, _LINK.c.id == _CONSENT.c.link_id)
        .where(_LINK.c.token_hash == token_hash)
    )
    row = (await connection.execute(statement)).mappings().first()
    return AnsweredConsent(**row) if row else None


async def linked_consent(connection: AsyncConnection, token_hash: str, now: datetime) -> LinkedConsent | None:
    """What is asked with the link whose token has this hash; None if there is none, or it opens no more."""
    statement = (
        select(
            *(_LINK.c[name] for name in ("guardian_name", "expires_at")),
            _STUDENT.c.name.label("student_name"),
            _UNIVERSITY.c.name_zh.label("university_name"),
            _ENTERPRISE.c.name_zh.label("enterprise_name"),
            _POST.c.title.label("post_title"),
            *(_PLACEMENT.c[name] for name in ("starts_on", "ends_on")),
            *(_TEXT.c[name] for name in ("title", "text", "edition", "digest")),
        )
        .join(_TEXT, _TEXT.c.id == _LINK.c.text_id)
        .join(_STUDENT, _STUDENT.c.id == _LINK.c.student_id)
        .join(_PLACEMENT, _PLACEMENT.c.id == _LINK.c.placement_id)
        .join(_POST, _POST.c.id == _PLACEMENT.c.post_id)
        .outerjoin(_UNIVERSITY, _UNIVERSITY.c.id == _LINK.c.university_id)
        .outerjoin(_ENTERPRISE, _ENTERPRISE.c.id == _PLACEMENT.c.enterprise_id)
        .where(_LINK.c.token_hash == token_hash, _LINK.c.used_at.is_(None), _LINK.c.expires_at > now)
    )
    row = (await connection.execute(statement)).mappings().first()
    if row is None:
        return None
    placement = await _placement_of(connection, token_hash)
    return LinkedConsent(**row, status=placement.status, closed=closed_by(placement))


async def _placement_of(connection: AsyncConnection, token_hash: str) -> Placement:
    """The internship that a link is about."""
    linked = _PLACEMENT.c.id == _LINK.c.placement_id
    statement = select(_PLACEMENT).join(_LINK, linked).where(_LINK.c.token_hash == token_hash)
    return _PLACEMENTS.selected((await connection.execute(statement)).one())
