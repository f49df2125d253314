"""Kept decisions judged again: one as it was made, to be explained, and open ones under a pack that is to come."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.operations.kept_decisions import database_of, decision_of, open_decisions
from shared.operations.rule_asking import RuleQuestionError, catalogues, unreadable
from shared.operations.settings import SettingsError
from shared.persistence.institution_packs import entered_packs, joined
from shared.rules.decision import Decision
from shared.rules.engine import Rulebook
from shared.rules.pack import Pack
from shared.rules.pack_file import read_pack
from shared.rules.rejudging import Judge, Rejudged
from shared.web.rule_catalogue import Catalogue
from shared.web.service import Service


@dataclass(frozen=True, slots=True)
class Explained:
    """A kept decision, where and when it was made, and every finding judged again by the packs that made it."""

    service: str
    decision: Decision
    decided_at: datetime
    findings: tuple[Rejudged, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding of an open decision, and what comes out of the same facts once the new pack is in force."""

    decision: Decision
    finding: Rejudged


async def explained(decision_id: str) -> Explained:
    """The decision, looked for in the database of every installed service. Raises `RuleQuestionError`."""
    unread: list[tuple[str, object]] = []
    for name, catalogue in catalogues().items():
        try:
            if found := await _explained_by(catalogue, decision_id):
                return found
        except (SettingsError, DBAPIError) as error:
            unread.append((name, getattr(error, "orig", None) or error))
    reasons = "".join(f"; {name} could not be asked ({reason})" for name, reason in unread)
    unasked = f"；无法查询：{'、'.join(name for name, _ in unread)}" if unread else ""
    raise RuleQuestionError(
        en=f"no decision {decision_id} is kept here{reasons}", zh=f"此处没有决定 {decision_id}{unasked}。"
    )


async def compared(file: Path) -> AsyncIterator[Compared]:
    """Every finding on something that is still open, under the pack of this file. Raises `PackError` for a bad pack."""
    pack = _read(file)
    catalogue = _catalogue_for(pack)
    installed, rules = catalogue.rulebook.joined_by(pack), {layer.id for layer in pack.rules}
    async with database_of(catalogue.service) as database, database.reading() as connection:
        judge = await _judge(catalogue.service, installed, connection)
        async for decision in open_decisions(connection, catalogue.service):
            for finding in judge.as_now(decision):
                if finding.kept.rule in rules:
                    yield Compared(decision, finding)


async def _explained_by(catalogue: Catalogue, decision_id: str) -> Explained | None:
    async with database_of(catalogue.service) as database, database.reading() as connection:
        found = await decision_of(connection, decision_id)
        if found is None:
            return None
        judge = await _judge(catalogue.service, catalogue.rulebook, connection)
    decision, decided_at = found
    return Explained(catalogue.service.name, decision, decided_at, tuple(judge.as_then(decision)))


async def _judge(service: Service, installed: Rulebook, connection: AsyncConnection) -> Judge:
    book = joined(installed, await entered_packs(connection))
    return Judge(book, service.trials_by_rule, await service.calendar(connection))


def _read(file: Path) -> Pack:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from None
    return read_pack(text, origin=str(file))


def _catalogue_for(pack: Pack) -> Catalogue:
    """The service that applies the pack's rules; which of them it does not know, its rulebook says."""
    named = {layer.id for layer in pack.rules}
    known = catalogues()
    for catalogue in known.values():
        if named.intersection(catalogue.rulebook.ids):
            return catalogue
    ids, services = ", ".join(sorted(named)), ", ".join(known)
    raise RuleQuestionError(
        en=f"{pack.origin}: no installed service applies {ids}; those that apply rules are {services or 'none'}",
        zh=f"{pack.origin}：已安装的服务均不适用 {ids}；适用规则的服务：{services or '无'}。",
    )
