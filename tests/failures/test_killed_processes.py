"""Processes die between commit and acknowledgement, at named points and at random: lost 0, doubled 0, reordered 0."""

import asyncio
import random

import pytest

from tests.failures.town import Town


@pytest.mark.parametrize("point", ["talent.heard.acted:3", "talent.heard.committed:3"])
async def test_a_consumer_killed_before_or_after_its_commit_loses_and_doubles_nothing(town: Town, point: str) -> None:
    await town.open_classes(40)
    await town.enrol(20)
    town.start("relay")

    for _ in range(3):
        town.start("consumer", fault=point)
        await town.enrol_until_dead("consumer")
    town.start("consumer")
    await town.heard_everything()

    counts = await town.count()
    assert counts.harmless, counts


async def test_a_relay_killed_between_sending_and_deleting_repeats_but_loses_nothing(town: Town) -> None:
    await town.open_classes(40)
    await town.enrol(60)
    town.start("consumer")

    for turn in (1, 2, 1):
        town.start("relay", fault=f"relay.sent:{turn}")
        await town.enrol_until_dead("relay")
    town.start("relay")
    await town.heard_everything()

    counts = await town.count()
    assert counts.harmless, counts
    assert await town.sent_everything()


async def test_both_killed_at_random_under_load(town: Town) -> None:
    dice = random.Random(7)  # noqa: S311
    await town.open_classes(30)
    town.start("relay")
    town.start("consumer")

    for _ in range(8):
        await town.enrol(10)
        await asyncio.sleep(dice.uniform(0.05, 0.5))
        part = dice.choice(["relay", "consumer"])
        town.kill(part)
        town.start(part)
    await town.heard_everything()

    counts = await town.count()
    assert counts.harmless, counts
