"""Accounting: nothing is still to be sent, nothing was set aside, every fact was taken in by whoever listens."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.persistence.spine import DeadLetterRow, InboxRow, OutboxRow, ParkedRow, table_of
from tests.failures.campaign.evidence import Fact, Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.rows import Rows

_INBOX, _LETTERS = table_of(InboxRow), table_of(DeadLetterRow)
_UNSENT: Final = (table_of(OutboxRow), table_of(ParkedRow))


async def check_accounting(told: Told, rows: Rows, harm: Harm, *, embedded: bool) -> None:
    """Every service's outbox, dead letters, inbox; and the feed, which holds every fact once."""
    harm.found("unaccounted", f"{told.letters} records on the dead-letter topics", told.letters)
    for name, service in rows.services.items():
        if not embedded:
            await _unsent(name, rows, harm)
        for letter in await rows.of(name, _LETTERS):
            what = f"{letter['consumer']} set aside {letter['type']} {letter['event_id']}: {letter['status']}"
            harm.found("unaccounted", f"{what}, {letter['error_type']} {letter['error']}")
        claims = await rows.of(name, _INBOX, "consumer", "event_id")
        for consumer in service.consumers:
            claimed = {row["event_id"] for row in claims if row["consumer"] == consumer.name}
            check_claims(consumer, told.facts.values(), claimed, harm)
    check_feed(told.facts, Counter(row["event_id"] for row in await rows.all("notify", "feed", "event_id")), harm)


async def _unsent(name: str, rows: Rows, harm: Harm) -> None:
    for table in _UNSENT:
        number = len(await rows.of(name, table, "id"))
        harm.found("unaccounted", f"{number} rows are left in the {table.name} of {name}", number)


def check_claims(consumer: Consumer, facts: Iterable[Fact], claimed: set[str], harm: Harm) -> None:
    """The consumer has claimed every fact that it binds, and nothing that was never told."""
    raw = consumer.raw_reaction is not None
    bound = {_claim_id(fact, by_type=raw): fact for fact in facts if _binds(consumer, fact)}
    for claim in bound.keys() - claimed:
        harm.found("unaccounted", f"{consumer.name} never took {bound[claim].type} {bound[claim].id}")
    strangers = claimed - bound.keys()
    harm.found("unaccounted", f"{consumer.name} took {sorted(strangers)[:3]}, told nowhere", len(strangers))


def check_feed(facts: Mapping[str, Fact], feed: Mapping[str, int], harm: Harm) -> None:
    """The feed has every fact, once, and no other."""
    for id in facts.keys() - feed.keys():
        harm.found("lost", f"the feed does not have {facts[id].type} {id}")
    for id, times in feed.items():
        harm.found("doubled", f"the feed has {id} {times} times", times - 1)
    strangers = feed.keys() - facts.keys()
    harm.found("unaccounted", f"the feed has {sorted(strangers)[:3]}, told nowhere", len(strangers))


def _binds(consumer: Consumer, fact: Fact) -> bool:
    if consumer.raw_reaction is not None:
        return fact.type.startswith(consumer.raw_reaction.prefix)
    return fact.type in consumer.reactions


def _claim_id(fact: Fact, *, by_type: bool) -> str:
    headers = (("ce_id", fact.id.encode()), ("ce_source", fact.source.encode()), ("ce_type", fact.type.encode()))
    return Delivery(fact.place[0], 0, 0, fact.subject, headers, None, by_type=by_type).event_id
