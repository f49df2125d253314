"""Remembers the rule packs that a service has started with, and refuses a published one that has changed since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.sets import upsert
from shared.persistence.spine import RulePackRow, table_of
from shared.rules.engine import Rulebook
from shared.rules.seals import digest, sentence_on_change

log: Any = structlog.get_logger(__name__)

_RULE_PACK: Final = table_of(RulePackRow)


class PackChanged(RuntimeError):
    """A rule pack says something else than when this database decided by it; the message names it and the way out."""


async def remember_packs(
    connection: AsyncConnection, rulebook: Rulebook, seals: Mapping[str, str], *, at: datetime
) -> None:
    """Note the packs, and which of them are sealed. Raises `PackChanged` where one that was sealed has changed.

    What is not published yet may change; the log says that decisions by it cannot be made again.
    """
    if sentence := await changed_packs(connection, rulebook):
        raise PackChanged(sentence)
    now, seen = _digests(rulebook), await _seen(connection)
    for reference, (before, _) in seen.items():
        if now.get(reference, before) != before:
            log.warning("an unpublished rule pack has changed since it was decided by", pack=reference)
    rows = [
        {"id": reference, "digest": said, "published": reference in seals, "seen_at": at}
        for reference, said in now.items()
        if seen.get(reference) != (said, reference in seals)
    ]
    await upsert(connection, _RULE_PACK, rows)


async def changed_packs(connection: AsyncConnection, rulebook: Rulebook) -> str | None:
    """Which published packs have changed since they were seen here; None where none has."""
    now, seen = _digests(rulebook), await _seen(connection)
    changed = [id for id, (before, published) in seen.items() if published and now.get(id, before) != before]
    return "; ".join(map(sentence_on_change, changed)) or None


async def _seen(connection: AsyncConnection) -> Mapping[str, tuple[str, bool]]:
    columns = (_RULE_PACK.c.id, _RULE_PACK.c.digest, _RULE_PACK.c.published)
    return {id: (said, published) for id, said, published in await connection.execute(select(*columns))}


def _digests(rulebook: Rulebook) -> Mapping[str, str]:
    return {pack.reference: digest(pack) for pack in rulebook.given}
