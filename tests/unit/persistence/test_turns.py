"""Who waits for a connection waits no longer than those who came later, and not for ever."""

import asyncio

import pytest
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from shared.persistence.turns import Turns


async def test_whoever_came_first_is_let_in_first_even_before_one_who_comes_as_a_place_gets_free() -> None:
    turns, order = Turns(1, at_most=5), list[str]()

    async def act(name: str) -> None:
        async with turns:
            order.append(name)

    async with turns:
        waiting = [asyncio.create_task(act(name)) for name in ("first", "second")]
        await asyncio.sleep(0)
    await act("newcomer")
    await asyncio.gather(*waiting)

    assert order == ["first", "second", "newcomer"]


async def test_as_many_are_in_at_once_as_there_are_places() -> None:
    turns = Turns(2, at_most=0.01)

    async with turns, turns:
        with pytest.raises(NoConnectionFree):
            await turns.__aenter__()

    async with turns, turns:
        """Who waited in vain took nobody's place."""


async def test_who_gives_up_waiting_takes_nobodys_place() -> None:
    turns = Turns(1, at_most=5)
    async with turns:
        waiting = asyncio.create_task(turns.__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    async with turns:
        """It is free."""
