"""PTN-03, PTN-06 and PTN-11: content, offers, and how far back an agreement may begin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partnership.domain.agreement_rules import (
    content_facts,
    content_is_complete,
    last_day_to_answer,
    line_has_room,
    offer_stands_long_enough,
    offer_still_stands,
    start_is_recent,
)
from shared.rules import Severity, Verdict
from tests.unit.rules.packs import shipped_rule, unhurried

PTN_03, PTN_06, PTN_11 = (shipped_rule("partnership", f"PTN-{number}") for number in ("03", "06", "11"))
TODAY = date(2026, 3, 1)
CONTENT = {"goals": "train 12 technicians", "content_and_form": "order class", "rights_and_duties": "see annex"}
TERM = {"starts_on": date(2026, 3, 1), "ends_on": date(2029, 2, 28)}


def test_a_complete_agreement_can_go_to_signature() -> None:
    assert content_is_complete(content_facts(CONTENT, **TERM), PTN_03).verdict is Verdict.PASS


@pytest.mark.parametrize("part", CONTENT)
@pytest.mark.parametrize("text", [None, "", " \n"])
def test_an_agreement_without_one_part_is_refused(part: str, text: str | None) -> None:
    content = {name: said for name, said in {**CONTENT, part: text}.items() if said is not None}

    finding = content_is_complete(content_facts(content, **TERM), PTN_03)

    assert (finding.refuses, finding.case, finding.actual) == (True, "missing", part)


@pytest.mark.parametrize(
    "term",
    [
        {"starts_on": None, "ends_on": date(2029, 2, 28)},
        {"starts_on": date(2026, 3, 1), "ends_on": None},
        {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)},
    ],
)
def test_an_agreement_without_a_term_is_refused(term: dict[str, date | None]) -> None:
    finding = content_is_complete(content_facts({**CONTENT, "term": "three years"}, **term), PTN_03)

    assert (finding.refuses, finding.actual) == (True, "term")


def test_all_missing_parts_are_named_at_once() -> None:
    finding = content_is_complete(content_facts({}, starts_on=None, ends_on=None), PTN_03)

    assert finding.actual == finding.limit == "goals, content_and_form, rights_and_duties, term"


def test_an_agreement_of_a_single_day_has_a_term() -> None:
    assert not content_is_complete(content_facts(CONTENT, starts_on=TODAY, ends_on=TODAY), PTN_03).refuses


@pytest.mark.parametrize(
    ("days_back", "case", "verdict", "severity"),
    [
        (-1, "", Verdict.PASS, Severity.BLOCK),
        (0, "", Verdict.PASS, Severity.BLOCK),
        (1, "retroactive", Verdict.FAIL, Severity.WARN),
        (200, "retroactive", Verdict.FAIL, Severity.WARN),
        (365, "retroactive", Verdict.FAIL, Severity.WARN),
        (366, "too_old", Verdict.FAIL, Severity.BLOCK),
    ],
)
def test_a_start_in_the_past_warns_and_a_year_back_blocks(
    days_back: int, case: str, verdict: Verdict, severity: Severity
) -> None:
    finding = start_is_recent(TODAY - timedelta(days=days_back), submitted_on=TODAY, rule=PTN_11)

    assert (finding.case, finding.verdict, finding.severity) == (case, verdict, severity)
    assert finding.refuses is (days_back > 365)


def test_a_start_that_nobody_entered_is_unknown() -> None:
    finding = start_is_recent(None, submitted_on=TODAY, rule=PTN_11)

    assert (finding.verdict, finding.refuses) == (Verdict.UNKNOWN, True)
    assert finding.missing[0].giver == "university_coop_office"


def test_an_offer_can_be_answered_until_its_fourteenth_day() -> None:
    last_day = last_day_to_answer(TODAY, PTN_06)

    assert last_day == date(2026, 3, 15)
    assert not offer_still_stands(TODAY, on=last_day, rule=PTN_06).refuses
    expired = offer_still_stands(TODAY, on=date(2026, 3, 16), rule=PTN_06)
    assert (expired.refuses, expired.case, expired.limit) == (True, "expired", "2026-03-15")


@pytest.mark.parametrize(("days", "possible"), [(2, False), (3, True), (14, True), (30, True), (31, False)])
def test_an_offer_stands_from_three_to_thirty_days(days: int, possible: bool) -> None:
    finding = offer_stands_long_enough(days, PTN_06)

    assert finding.refuses is not possible
    assert possible or finding.limit == "3-30"


@unhurried
@given(st.integers(3, 30))
def test_an_offer_stands_as_many_days_as_were_chosen(days: int) -> None:
    last_day = TODAY + timedelta(days=days)

    assert not offer_still_stands(TODAY, on=last_day, rule=PTN_06, days=days).refuses
    assert offer_still_stands(TODAY, on=last_day + timedelta(days=1), rule=PTN_06, days=days).refuses


@pytest.mark.parametrize(("pending", "has_room"), [(0, True), (9, True), (10, False), (11, False)])
def test_a_line_holds_ten_pending_offers(pending: int, has_room: bool) -> None:
    finding = line_has_room(pending, PTN_06)

    assert finding.refuses is not has_room
    assert finding.limit == 10
