"""One-time links are tried a few times a minute; what is remembered of tries is bounded."""

import pytest
from fastapi.routing import APIRoute

from shared.web.attempts import Attempts, TriesAllowed
from shared.web.refusals import TooManyTries
from shared.web.service import installed_services

ALLOWED = TriesAllowed(per_address=3, per_link=2, remembered=4)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(ALLOWED, clock)


def test_so_many_tries_from_one_address_are_let_in_and_the_next_is_told_how_long_to_wait(
    attempts: Attempts, clock: Clock
) -> None:
    for place in range(3):
        attempts.admit("10.0.0.1", f"link-{place}-")
    clock.now = 20.5

    with pytest.raises(TooManyTries) as refused:
        attempts.admit("10.0.0.1", "link-4--")

    assert refused.value.facts["seconds"] == 40


def test_links_that_begin_alike_are_counted_together_from_wherever_they_are_tried(attempts: Attempts) -> None:
    attempts.admit("10.0.0.1", "abcdefgh-one")
    attempts.admit("10.0.0.2", "abcdefgh-two")

    with pytest.raises(TooManyTries):
        attempts.admit("10.0.0.3", "abcdefgh-three")


def test_whoever_is_told_to_wait_is_counted(clock: Clock) -> None:
    counted: list[str] = []
    attempts = Attempts(ALLOWED, clock, counted.append)
    for _ in range(2):
        attempts.admit("10.0.0.1", "abcdefgh")

    with pytest.raises(TooManyTries):
        attempts.admit("10.0.0.2", "abcdefgh")

    assert counted == ["too_many_tries"]


def test_after_a_minute_all_is_forgiven(attempts: Attempts, clock: Clock) -> None:
    for _ in range(2):
        attempts.admit("10.0.0.1", "abcdefgh")
    clock.now = 60.0

    attempts.admit("10.0.0.1", "abcdefgh")


def test_what_is_tried_while_waiting_does_not_lengthen_the_wait(attempts: Attempts, clock: Clock) -> None:
    for _ in range(2):
        attempts.admit("10.0.0.1", "abcdefgh")
    clock.now = 59.0
    with pytest.raises(TooManyTries):
        attempts.admit("10.0.0.2", "abcdefgh")
    clock.now = 60.0

    attempts.admit("10.0.0.2", "abcdefgh")


def test_the_oldest_is_forgotten_before_more_is_remembered_than_is_allowed(attempts: Attempts) -> None:
    for place in range(1000):
        attempts.admit(f"10.0.0.{place}", f"{place:08d}")

    assert len(attempts._counts) == ALLOWED.remembered


def test_every_public_route_of_a_link_counts_its_tries() -> None:
    routes = [
        route
        for service in installed_services().values()
        for router in service.routers
        for route in router.routes
        if isinstance(route, APIRoute) and "{token}" in route.path
    ]

    assert len(routes) >= 4
    for route in routes:
        assert [each.call.__name__ for each in route.dependant.dependencies if each.call].count("_tried") == 1, route
