"""The order in which a story is told."""

from dataclasses import dataclass
from datetime import timedelta

from services.notify.domain.story import in_order
from tests.fakes import NOON


@dataclass(frozen=True)
class Told:
    event_id: str
    seconds: int
    causation_id: str | None = None
    subject: str = ""
    sequence: int = 1
    source: str = "/sunmao/talent"

    @property
    def time(self):
        return NOON + timedelta(seconds=self.seconds)


def ids(*events: Told) -> list[str]:
    return [event.event_id for event in in_order(events)]


def test_events_are_told_by_time() -> None:
    assert ids(Told("b", 2, subject="2"), Told("a", 1, subject="1")) == ["a", "b"]


def test_an_effect_whose_clock_is_behind_comes_after_its_cause() -> None:
    effect = Told("effect", 1, causation_id="cause", subject="1")

    assert ids(effect, Told("cause", 5, subject="2"), Told("later", 6, subject="3")) == ["cause", "effect", "later"]


def test_versions_of_one_aggregate_stay_in_order_whatever_the_clocks_say() -> None:
    assert ids(Told("v2", 1, subject="1", sequence=2), Told("v1", 5, subject="1", sequence=1)) == ["v1", "v2"]


def test_a_cause_from_outside_holds_nothing_up() -> None:
    assert ids(Told("a", 1, causation_id="req_1")) == ["a"]


def test_events_that_claim_to_cause_each_other_are_still_told() -> None:
    circle = (Told("a", 1, causation_id="b", subject="1"), Told("b", 2, causation_id="a", subject="2"))

    assert ids(*circle, Told("c", 3, subject="3")) == ["c", "a", "b"]
