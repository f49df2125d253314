"""What is read past the domain: what falls due, and what a one-time link lets its holder see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.partnership.domain.agreement import Agreement, AgreementStatus
from services.partnership.domain.agreement_paper import AgreementPaper
from services.partnership.domain.match import PENDING
from services.partnership.domain.need import WITHDRAWABLE
from services.partnership.storage import (
    AgreementRow,
    MatchRow,
    NeedRow,
    OrganizationRow,
    PartnershipWork,
    SignatureLinkRow,
)
from shared.kernel.calendar import business_date
from shared.persistence.spine import table_of
from shared.persistence.sql_store import SqlStore

_AT_ONCE: Final = 1000
_ORGANIZATION: Final = table_of(OrganizationRow)
_NEED: Final = table_of(NeedRow)
_MATCH: Final = table_of(MatchRow)
_AGREEMENT: Final = table_of(AgreementRow)
_LINK: Final = table_of(SignatureLinkRow)
_LINK_SHOWN: Final = ("organization_id", "signatory", "expires_at", "used_at")
_AGREEMENT_SHOWN: Final = ("type", "parties", "starts_on", "ends_on", "content", "terms", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAgreement:
    """What the holder of a link is asked to sign, for whom, and until when."""

    link_id: str
    organization_id: str
    signatory: str
    expires_at: datetime
    used_at: datetime | None
    type: str
    parties: Any
    starts_on: date
    ends_on: date
    content: Any
    terms: Any
    status: str


async def needs_to_expire(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Needs that nobody met in time."""
    lapsed = _NEED.c.status.in_(WITHDRAWABLE) & (_NEED.c.expires_at <= now)
    return await _ids(connection, _NEED, lapsed, _NEED.c.expires_at, limit)


async def matches_to_expire(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Matches that a side did not answer in time."""
    lapsed = _MATCH.c.status.in_(PENDING) & (_MATCH.c.expires_at <= now)
    return await _ids(connection, _MATCH, lapsed, _MATCH.c.expires_at, limit)


async def agreements_to_activate(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Signed agreements whose first day has come."""
    begun = _AGREEMENT.c.starts_on <= business_date(now)
    due = (_AGREEMENT.c.status == AgreementStatus.SIGNED) & begun
    return await _ids(connection, _AGREEMENT, due, _AGREEMENT.c.starts_on, limit)


async def agreements_to_complete(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Agreements in force whose last day is over."""
    over = _AGREEMENT.c.ends_on < business_date(now)
    due = (_AGREEMENT.c.status == AgreementStatus.ACTIVE) & over
    return await _ids(connection, _AGREEMENT, due, _AGREEMENT.c.ends_on, limit)


async def known_credit_codes(connection: AsyncConnection, codes: Iterable[str]) -> frozenset[str]:
    """Which of these credit codes organisations are registered with."""
    wanted, known = sorted(set(codes)), set[str]()
    for place in range(0, len(wanted), _AT_ONCE):
        statement = select(_ORGANIZATION.c.uscc).where(_ORGANIZATION.c.uscc.in_(wanted[place : place + _AT_ONCE]))
        known.update((await connection.execute(statement)).scalars())
    return frozenset(known)


async def agreement_paper(connection: AsyncConnection, agreement: Agreement) -> AgreementPaper:
    """The paper of an agreement, with its parties named as the register names them now."""
    parties = await SqlStore(connection).load(PartnershipWork.organizations.mapping, agreement.owners, lock=False)
    return AgreementPaper.of(agreement, {party.id: party for party in parties})


async def linked_agreement(connection: AsyncConnection, token_hash: str) -> LinkedAgreement | None:
    """What the link whose token has this hash stands for, or None if there is no such link."""
    shown = (*(_LINK.c[name] for name in _LINK_SHOWN), *(_AGREEMENT.c[name] for name in _AGREEMENT_SHOWN))
    statement = (
        select(_LINK.c.id.label("link_id"), *shown)
        .join(_AGREEMENT, _AGREEMENT.c.id == _LINK.c.agreement_id)
        .where(_LINK.c.token_hash == token_hash)
    )
    row = (await connection.execute(statement)).mappings().first()
    return LinkedAgreement(**row) if row else None


async def _ids(
    connection: AsyncConnection, where: Table, due: ColumnElement[bool], order: ColumnElement[Any], limit: int
) -> list[str]:
    statement = select(where.c.id).where(due).order_by(order, where.c.id).limit(limit)
    return list((await connection.execute(statement)).scalars())
