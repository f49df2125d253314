"""A leader that was away comes back: what it still wanted to send does not arrive behind its successor's."""

import asyncio
import signal

from tests.failures.town import Town


async def test_a_frozen_relay_that_wakes_up_behind_its_successor_changes_nothing(town: Town) -> None:
    await town.open_classes(30)
    town.start("consumer")
    town.start("relay")
    await town.enrol(10)
    await town.heard_everything()

    frozen = town.processes.pop("relay")
    stream = asyncio.create_task(town.enrol(20))
    await asyncio.sleep(0.2)
    frozen.send_signal(signal.SIGSTOP)
    await town.cut_connections_of_the_relay()
    town.start("relay")
    await stream
    await town.heard_everything()
    frozen.send_signal(signal.SIGCONT)
    await town.enrol(10)
    await town.heard_everything()
    frozen.kill()
    frozen.wait()

    counts = await town.count()
    assert counts.harmless, counts


async def test_a_record_that_the_broker_refuses_is_parked_and_the_rest_passes(town: Town) -> None:
    await town.open_classes(20)
    await town.enrol(2)
    await town.put_unsendable()
    await town.enrol(3)
    town.start("relay")
    town.start("consumer")

    await town.heard_everything()

    counts = await town.count()
    assert counts.harmless, counts
    assert await town.parked() == ["unsendable"]
