"""`sunmao restore`: the order of the steps, and what is said of them."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiokafka.errors import KafkaError
from sqlalchemy import Row

from shared.contracts.fields import REGION_TIME
from shared.contracts.topics import TOPICS, topics_of
from shared.kernel.clock import system_clock
from shared.messaging.obstacles import why
from shared.messaging.producer import fence
from shared.operations.brokers import brokers_of
from shared.operations.databases import open_database
from shared.operations.restoring.alone import alone_with
from shared.operations.restoring.findings import Findings
from shared.operations.restoring.group import Group
from shared.operations.restoring.kinds import Kind, kinds_of
from shared.operations.restoring.mending import Mending
from shared.operations.restoring.refusal import RestoreRefusedError
from shared.operations.restoring.told import read_topics
from shared.operations.running import begin
from shared.persistence.database import Database
from shared.persistence.migrations import pending
from shared.web.service import Service, installed_services


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `margin` is taken off the dump's time: clocks differ, and a consumer may have lagged."""

    dumped_at: datetime
    margin: timedelta
    preview: bool = False

    @property
    def since(self) -> datetime:
        """From when on topics are read again."""
        return self.dumped_at - self.margin


async def restore(name: str, wish: Wish) -> AsyncIterator[str]:
    """Do it, and say line by line what was done and found. Raises `RestoreRefusedError`."""
    settings, service = begin(name, name), installed_services()[name]
    # How libraries find their way is no news to whoever reads the report.
    for library in ("aiokafka", "alembic"):
        logging.getLogger(library).setLevel(logging.WARNING)
    if wish.dumped_at > system_clock():
        raise RestoreRefusedError("--dumped-at lies ahead; give the time at which pg_dump began")
    # One connection: the temporary tables belong to it.
    database, brokers = open_database(name, settings, pool=1), brokers_of(settings, name)
    group = Group(service.group, brokers)
    try:
        await _require_topics(name, group)
        async with alone_with(database, name, group):
            if await pending(database, service.folder / "migrations"):
                raise RestoreRefusedError(f"run `sunmao migrate {name}` first: the schema is behind the code")
            async for line in _Restore(service, database, group, wish).lines():
                yield line
    except KafkaError as error:
        raise RestoreRefusedError(await why(error, brokers)) from None
    finally:
        await database.close()


async def _require_topics(name: str, group: Group) -> None:
    """What is missing would be waited for, and is what a restored database is compared with."""
    if lacking := await group.lacks(topic.name for topic in topics_of(name)):
        raise RestoreRefusedError(f"Kafka lacks {', '.join(lacking)}: `sunmao topics` creates what is missing")


@dataclass(frozen=True, slots=True)
class _Restore:
    service: Service
    database: Database
    group: Group
    wish: Wish

    async def lines(self) -> AsyncIterator[str]:
        name, wish = self.service.name, self.wish
        if not wish.preview:
            await self._fence()
        await read_topics(self.database, name, self.group.brokers, wish.since)
        findings = Findings(self.database, kinds_of(self.service), wish.dumped_at)
        await self._compare_with_time(findings)
        async for line in _told(findings):
            yield line
        if wish.preview:
            async for line in self._preview(findings):
                yield line
            return
        mending = Mending(self.service, findings, system_clock())
        done = []
        async for line in self._mend(mending):
            done.append(line)
            yield line
        await mending.write_down("; ".join([f"dumped at {wish.dumped_at.isoformat()}", *done]))

    async def _fence(self) -> None:
        """A relay that was frozen or cut off may still hold records: from now on the broker refuses them."""
        name = self.service.name
        await fence(name, self.group.brokers, [topic.name for topic in topics_of(name)])

    async def _compare_with_time(self, findings: Findings) -> None:
        """What was told well before the dump must be in it; where it is not, the dump is older than was said."""
        earliest = await findings.lacks_since()
        if earliest is not None and earliest < self.wish.since:
            raise RestoreRefusedError(
                f"the dump is older than {_local(self.wish.dumped_at)}: it lacks what was told at {_local(earliest)}; "
                "give the time at which pg_dump began, or this one"
            )

    async def _preview(self, findings: Findings) -> AsyncIterator[str]:
        for kind in findings.kinds:
            if count := await findings.count_behind(kind):
                yield f"would raise {count} of {kind.name}"
        for topic, count in (await self._set_back()).items():
            yield f"would read {count} records of {topic} again"

    async def _mend(self, mending: Mending) -> AsyncIterator[str]:
        for table in await mending.counters():
            yield f"the counter of {table} stood behind its rows and was mended"
        await mending.silence()
        await mending.lay_floors()
        for kind in mending.findings.kinds:
            for done, count in (("raised", await mending.raise_all(kind)), ("buried", await mending.bury(kind))):
                if count:
                    yield f"{done} {count} of {kind.name}"
        for topic, count in (await self._set_back()).items():
            yield f"{count} records of {topic} will be read again"

    async def _set_back(self) -> dict[str, int]:
        events = [topic.name for topic in TOPICS if topic.flow == "events"]
        read = {topic for consumer in self.service.consumers for topic in consumer.topics(events)}
        return dict(await self.group.set_back(sorted(read), self.wish.since, rehearse=self.wish.preview))


async def _told(findings: Findings) -> AsyncIterator[str]:
    for kind in findings.told_kinds:
        questions = {"born since the dump and gone": findings.born, "erased since the dump and back": findings.back}
        for what, question in questions.items():
            async for page in question(kind):
                for line in _each(what, kind, page):
                    yield line
    for row in await findings.unsaid():
        yield f"told since the dump and not to be unsaid: {row.count} of {row.type}"


def _each(what: str, kind: Kind, page: Sequence[Row[Any]]) -> list[str]:
    return [f"{what}: {kind.name} {row.id}, first told at {_local(row.first_at)}" for row in page]


def _local(moment: datetime) -> str:
    return moment.astimezone(REGION_TIME).isoformat(timespec="seconds")
