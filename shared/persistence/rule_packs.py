"""Remembers the rule packs that a service has started with, and refuses one that says something else than before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.sets import add_missing
from shared.persistence.spine import RulePackRow, table_of
from shared.rules.engine import Rulebook
from shared.rules.seals import digest, sentence_on_change

_RULE_PACK: Final = table_of(RulePackRow)


class PackChanged(RuntimeError):
    """A rule pack says something else than when this database decided by it; the message names it and the way out."""


async def remember_packs(connection: AsyncConnection, rulebook: Rulebook, *, at: datetime) -> None:
    """Note the packs that are new here. Raises `PackChanged` where one of the others has changed."""
    if sentence := await changed_packs(connection, rulebook):
        raise PackChanged(sentence)
    rows = [{"id": reference, "digest": now, "seen_at": at} for reference, now in _digests(rulebook).items()]
    await add_missing(connection, _RULE_PACK, rows)


async def changed_packs(connection: AsyncConnection, rulebook: Rulebook) -> str | None:
    """What has changed since it was first seen here; None where nothing has."""
    now = _digests(rulebook)
    seen = (await connection.execute(select(_RULE_PACK.c.id, _RULE_PACK.c.digest))).all()
    changed = [sentence_on_change(id) for id, before in seen if now.get(id, before) != before]
    return "; ".join(changed) or None


def _digests(rulebook: Rulebook) -> Mapping[str, str]:
    return {pack.reference: digest(pack) for pack in rulebook.given}
