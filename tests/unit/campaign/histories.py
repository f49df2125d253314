"""Histories made up for the checker: facts, rows and a journal in which everything is as it should be, or is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.event import Message
from shared.messaging.delivery import Delivery
from tests.failures.campaign.evidence import Fact, Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Entry, Journal
from tests.unit.notify.world import golden

PLACE = ("sunmao.partnership.events.v1", 3)


def fact(body: type[Message], id: str, *, subject: str = "", sequence: int = 1, cause: str = "", **said: Any) -> Fact:
    """A fact as it was read, made of the golden example of its body."""
    example = golden(body, **said)
    return Fact(
        id=id,
        type=body.wire.type,
        source=f"/sunmao/{body.wire.service}",
        subject=subject or example.subject,
        sequence=sequence,
        causation=cause,
        story="need_1",
        place=PLACE,
        says=hash(example.write()),
        payload=example.write(),
    )


def told(*facts: Fact) -> Told:
    """These facts, in this order, in one log."""
    return Told(facts={each.id: each for each in facts})


def done(act: str, subject: str, **more: Any) -> Entry:
    """A command that was acknowledged."""
    return Entry(act, f"{act}/{subject}", subject=subject, fate="acknowledged", tries=1, **more)


def refused(act: str, subject: str, **more: Any) -> Entry:
    """A command that was refused."""
    return Entry(act, f"{act}/{subject}", subject=subject, fate="refused", tries=1, **more)


def unknown(act: str, subject: str, **more: Any) -> Entry:
    """A command of which nobody knows."""
    return Entry(act, f"{act}/{subject}", subject=subject, fate="unknown", tries=1, **more)


def journal(*entries: Entry) -> Journal:
    """A journal of these."""
    made = Journal()
    made.entries = list(entries)
    return made


def record(body: Message, *, version: int = 1, id: str = "1") -> Delivery:
    """A state as it lies on its topic."""
    texts = {
        "ce_specversion": "1.0",
        "ce_id": id,
        "ce_source": f"/sunmao/{body.wire.service}",
        "ce_type": body.wire.type,
        "ce_subject": body.subject,
        "ce_time": "2026-10-12T09:00:00.000+08:00",
        "ce_sequence": f"{version:010d}",
        "ce_correlationid": "need_1",
    }
    headers = tuple((name, text.encode()) for name, text in texts.items())
    return Delivery("sunmao.partnership.state.v1", 0, 0, f"need/{body.subject}", headers, body.write())


@dataclass
class Tables:
    """Databases that hold what is named here, and nothing else."""

    rows: Mapping[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)

    async def all(self, service: str, table: str, *columns: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        return self.rows.get((service, table), [])


def harm() -> Harm:
    """None yet."""
    return Harm()
