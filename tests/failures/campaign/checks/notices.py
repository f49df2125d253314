"""Notices: everybody of whom the table says so was told, of each thing once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from services.notify.domain.directory import Known, KnownSides, expanded, named
from services.notify.domain.routes import ROUTED, notices
from services.notify.storage import NotifyWork
from shared.contracts.notify import NotificationDelivered
from shared.persistence.sql_store import SqlStore
from tests.failures.campaign.evidence import Fact, Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.rows import Rows

Telling = tuple[str, str, str]
"""A dedupe key, a party and a template."""
_MOST_COUNTED = 1000
"""So many things one digest speaks of, and no more."""


async def check_notices(told: Told, rows: Rows, harm: Harm) -> None:
    """Compare what the table makes of all facts with what is in the inboxes and what was told of them."""
    sides, directory = await _known(rows)
    due = due_of(told.facts.values(), sides, directory, harm)
    columns = ("id", "dedupe_key", "recipient", "template", "counted", "delivered_at")
    notifications = await rows.all("notify", "notification", *columns)
    check_tellings(due, notifications, harm)
    delivered = Counter(
        NotificationDelivered.read(fact.payload).notification_id
        for fact in told.facts.values()
        if fact.type == NotificationDelivered.wire.type
    )
    check_deliveries({row["id"] for row in notifications if row["delivered_at"]}, delivered, harm)


def due_of(
    facts: Iterable[Fact], sides: Mapping[str, KnownSides], directory: Mapping[str, Known], harm: Harm
) -> Mapping[Telling, set[str | None]]:
    """Who is to be told of what: the things that each notification speaks of."""
    bodies = {body.wire.type: body for body in ROUTED}
    due: dict[Telling, set[str | None]] = defaultdict(set)
    kinds = _by_kind(directory)
    for fact in facts:
        if fact.type not in bodies:
            continue
        for notice in notices(bodies[fact.type].read(fact.payload), fact.id):
            try:
                parties = named(expanded(notice.recipients, sides, kinds), directory)
            except KeyError as unknown:
                harm.found("lost", f"notify does not know {unknown.args[0]}, whom {fact.type} {fact.id} concerns")
                continue
            for party in parties:
                due[notice.dedupe_key, party, notice.template].add(notice.item)
    return due


def _by_kind(directory: Mapping[str, Known]) -> Mapping[str, list[Known]]:
    kinds: dict[str, list[Known]] = defaultdict(list)
    for known in directory.values():
        kinds[known.kind].append(known)
    return kinds


def check_tellings(due: Mapping[Telling, set[str | None]], told: Iterable[Mapping[str, Any]], harm: Harm) -> None:
    """What is due was told once; what was told was due."""
    there: dict[Telling, list[Mapping[str, Any]]] = defaultdict(list)
    for row in told:
        there[row["dedupe_key"], row["recipient"], row["template"]].append(row)
    for telling, things in due.items():
        if telling not in there:
            harm.found("lost", f"nobody was told {telling}")
            continue
        counted = sum(max(1, len(row["counted"])) for row in there[telling])
        wanted = min(len(things), _MOST_COUNTED)
        harm.found("lost", f"{telling} speaks of {counted} things, not {wanted}", wanted - counted)
        harm.found("notified_twice", f"{telling} was told {counted} times, not {wanted}", counted - wanted)
    harm.each("notified_twice", (f"{telling} was told without a cause" for telling in there.keys() - due.keys()))


def check_deliveries(delivered: set[str], told: Mapping[str, int], harm: Harm) -> None:
    """Of each delivery one fact tells."""
    for id, times in told.items():
        harm.found("notified_twice", f"{id} was delivered {times} times", times - 1)
    harm.each("lost", (f"{id} was delivered and nothing tells of it" for id in delivered - told.keys()))
    harm.each("unaccounted", (f"{id} was told of and not delivered" for id in told.keys() - delivered))


async def _known(rows: Rows) -> tuple[dict[str, KnownSides], dict[str, Known]]:
    async with rows.databases["notify"].reading() as connection:
        store = SqlStore(connection)
        sides: list[KnownSides] = await store.where(NotifyWork.sides.mapping, {}, lock=False)
        known: list[Known] = await store.where(NotifyWork.directory.mapping, {}, lock=False)
    return {each.id: each for each in sides}, {each.id: each for each in known}
