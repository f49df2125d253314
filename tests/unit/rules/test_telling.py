"""One finding tells of everything that is wrong, each thing once, and of many the first of them."""

from shared.rules import Finding, Rule, told_together
from shared.rules.layering import layered
from shared.rules.telling import MOST_TOLD
from tests.unit.rules.packs import OFFER, pack


def rule() -> Rule:
    made = layered(OFFER, [pack()])
    assert made is not None
    return made


def late(*days: int) -> list[Finding]:
    return [rule().fails("late", actual=day, limit=14) for day in days]


def test_one_finding_is_told_as_it_is() -> None:
    (only,) = late(15)

    assert told_together([only]) == only


def test_several_are_told_by_the_first_with_the_words_of_all_and_a_remedy_once() -> None:
    told = told_together(late(15, 16))

    assert (told.message.zh, told.message.en) == (
        "已过 15 天已过 16 天",
        "15 days have passed; 14 is the most 16 days have passed; 14 is the most",
    )
    assert told.remedy == late(15)[0].remedy
    assert (told.case, told.actual, told.limit, told.verdict) == ("late", 15, 14, "fail")


def test_what_is_said_twice_is_told_once() -> None:
    assert told_together(late(15, 15, 15)) == late(15)[0]


def test_of_many_the_first_are_told_and_how_many_more_there_are() -> None:
    told = told_together(late(*range(15, 15 + MOST_TOLD + 3)))

    assert told.message.en.count("days have passed") == MOST_TOLD
    assert told.message.en.endswith("There are 3 more.")
    assert told.message.zh.endswith("另有 3 项。")
