"""Rule packs of institutions: entered by their offices, kept as rows, and joined to those that are installed."""

from collections.abc import Sequence
from typing import Any, Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.spine import InstitutionPackRow, table_of
from shared.rules.engine import Rulebook
from shared.rules.pack import Pack, PackError
from shared.rules.pack_file import read_pack

log: Any = structlog.get_logger(__name__)

INSTITUTION_PACK: Final = table_of(InstitutionPackRow)


async def count_packs(connection: AsyncConnection) -> int:
    """How many versions were entered; they are never taken back, so that an equal count is an equal content."""
    statement = select(func.count()).select_from(INSTITUTION_PACK)
    return int((await connection.execute(statement)).scalar_one())


async def entered_packs(connection: AsyncConnection) -> tuple[Pack, ...]:
    """Every version of every institution, in the order in which they were entered."""
    columns = (INSTITUTION_PACK.c.id, INSTITUTION_PACK.c.text)
    order = (INSTITUTION_PACK.c.entered_at, INSTITUTION_PACK.c.id)
    rows = (await connection.execute(select(*columns).order_by(*order))).all()
    return tuple(read_pack(text, origin=id) for id, text in rows)


def joined(installed: Rulebook, packs: Sequence[Pack]) -> Rulebook:
    """The installed rules with the institutions' own.

    A pack that has become weaker than what is installed now is left out, and the log says why: the level above applies.
    """
    try:
        return with_institutions(installed, *packs)
    except PackError:
        return _those_that_hold(installed, packs)


def with_institutions(book: Rulebook, *packs: Pack) -> Rulebook:
    """The rules with more packs of institutions. Raises `PackError` where one is weaker than a level above it."""
    more = book.joined_by(*packs)
    for institution in sorted({pack.jurisdiction for pack in packs}):
        more.check_everywhere(institution)
    return more


def _those_that_hold(book: Rulebook, packs: Sequence[Pack]) -> Rulebook:
    for pack in packs:
        try:
            book = with_institutions(book, pack)
        except PackError as error:
            log.warning("an institution's rule pack no longer holds", pack=pack.reference, reason=str(error))
    return book
