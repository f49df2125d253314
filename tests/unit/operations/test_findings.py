"""What is found after the story: each sentence fails when what it says is not so, and only then."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest
from ulid import ULID

from shared.operations.stories.cast import Cast
from shared.operations.stories.docking import Docking
from shared.operations.stories.evidence import Evidence
from shared.operations.stories.finding import Finding
from shared.operations.stories.findings import HAPPENED, find
from shared.operations.stories.s1 import Told
from shared.operations.stories.teller import Teller
from shared.operations.stories.telling import DELIVERED, Rest

NEED = "need_1"
CAST = Cast(
    university="org_u",
    enterprise="org_e",
    programmes=("prog_1",),
    bases=("base_1",),
    teachers=("tch_1",),
    students=("stu_1",),
    accounts={"stu_1": "acc_1"},
)
ADMINISTRATOR, COOPERATION = "role:enterprise_admin@org_e", "role:university_coop_office@org_u"
OPERATOR, PERSONNEL = "role:base_operator@org_u", "role:university_hr@org_u"
TELLINGS = [
    ("e1", ADMINISTRATOR, "need_posted"),
    *((NEED, party, "match_proposed") for party in (ADMINISTRATOR, COOPERATION, OPERATOR, PERSONNEL)),
    *(("e2", party, "signature_requested") for party in (ADMINISTRATOR, COOPERATION)),
    *(("e3", party, "agreement_signed") for party in (ADMINISTRATOR, COOPERATION)),
    ("e4", OPERATOR, "base_opened"),
    ("e5", "person:tch_1", "obligation_fulfilled"),
    ("e6", "person:stu_1", "credit_converted"),
]
ONCE = dict.fromkeys(TELLINGS, 1)
BEFORE, THEN = "2026-09-01T09:59:59.9+08:00", "2026-09-01T10:00:00+08:00"


def event(type: str, id: str, **changes: Any) -> dict[str, Any]:
    """An event of the story."""
    subject = {"subject": f"sub_{id}", "time": THEN, "correlationid": NEED, "test": True}
    return {"type": type, "id": id, **subject, **changes}


def events() -> list[dict[str, Any]]:
    """Everything that happens in the story."""
    business = [(name, n) for name, number in HAPPENED.items() for n in range(number)]
    told = [event(f"sunmao.{name}.v1", f"{name}{n}") for name, n in business]
    return [*told, *(event(DELIVERED, f"d{n}") for n in range(len(TELLINGS)))]


def evidence(**changes: Any) -> Evidence:
    """What there is when all is well, with some of it changed."""
    happened = events()
    lines = [{"line_no": number, "headcount_filled": filled} for number, filled in ((1, 12), (2, 1), (3, 1))]
    rest = {name: changes.pop(name) for name in ("events", "due", "told") if name in changes}
    well = Evidence(
        rest=replace(Rest(events=happened, due=ONCE, told=ONCE), **rest),
        around=happened,
        inboxes=ONCE,
        streamed={"student": True},
        need={"lines": lines},
        obligations={"five_year_180": "fulfilled", "new_teacher_180": "fulfilled"},
        statement={"account": {"balance": 8}, "entries": [{"half_credits": 8}]},
        set_aside={"notify": []},
    )
    return replace(well, **changes)


def found(evidence: Evidence, *, seconds: float | None = 0.2) -> list[Finding]:
    """The findings; they read nothing of whoever told the story."""
    docking = Docking(need=NEED, proposed=(), accepted={}, seconds=seconds)
    return find(Told(cast("Teller", None), CAST, docking), evidence)


def failing(evidence: Evidence) -> list[str]:
    """The sentences that do not hold."""
    return [finding.sentence for finding in found(evidence) if not finding.holds]


def without(key: tuple[str, str, str]) -> dict[tuple[str, str, str], int]:
    """All tellings but one."""
    return {telling: number for telling, number in ONCE.items() if telling != key}


def test_all_is_well_when_everything_is_there() -> None:
    assert failing(evidence()) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"obligations": {"five_year_180": "fulfilled", "new_teacher_180": "on_track"}}, "both obligations"),
        ({"obligations": {"five_year_180": "fulfilled"}}, "both obligations"),
        ({"need": {"lines": [{"line_no": 1, "headcount_filled": 12}]}}, "headcount filled"),
        ({"statement": {"account": {"balance": 8}, "entries": [{"half_credits": 4}]}}, "the ledger's sum"),
        ({"events": [*events(), event("sunmao.partnership.need.posted.v1", "again")]}, "every event of the story"),
        ({"around": [*events(), event("x.y.z", "s", correlationid="n2", causationid="d1")]}, "all events of the"),
        ({"around": [*events(), event("x.y.z", "s", correlationid="n2", subject="sub_d1")]}, "all events of the"),
        ({"events": [*events()[:-1], event(DELIVERED, "d", test=False)]}, "every event is marked"),
        ({"due": {**ONCE, ("e9", OPERATOR, "base_opened"): 1}}, "every notification"),
        ({"due": without(TELLINGS[5])}, "every notification"),
        ({"due": {**ONCE, TELLINGS[1]: 11}}, "every notification"),
        ({"events": events()[:-1]}, "each was delivered once"),
        ({"inboxes": {**ONCE, TELLINGS[0]: 2}}, "the parties' inboxes"),
        ({"inboxes": without(TELLINGS[0])}, "the parties' inboxes"),
        ({"inboxes": {**ONCE, ("e9", OPERATOR, "base_opened"): 1}}, "the parties' inboxes"),
        ({"streamed": {"student": False}}, "the live streams"),
        ({"set_aside": {"notify": ["notify.inbox: x (open)"]}}, "no service has a dead letter"),
    ],
)
def test_what_is_not_so_is_found(changes: dict[str, Any], sentence: str) -> None:
    failed = failing(evidence(**changes))

    assert [each for each in failed if each.startswith(sentence)] == failed
    assert len(failed) == 1


@pytest.mark.parametrize("forgotten", TELLINGS, ids=lambda key: f"{key[2]} to {key[1]}")
def test_whoever_the_story_names_is_missed_even_where_the_table_forgets_them(forgotten: tuple[str, str, str]) -> None:
    rest = without(forgotten)

    failed = failing(evidence(due=rest, told=rest, inboxes=rest, events=events()[:-1]))

    assert failed == ["everybody whom the story names was told"]


def test_an_event_since_then_that_has_nothing_to_do_with_the_story_is_no_stray() -> None:
    other = event("x.y.z", "other", correlationid="need_2", subject="need_2")

    assert failing(evidence(around=[*events(), other])) == []


def test_what_was_told_of_a_thing_before_the_story_may_arrive_after_its_beginning() -> None:
    late = event("x.y.z", "s", correlationid="n2", subject="sub_d1", time=BEFORE)

    assert failing(evidence(around=[*events(), late])) == []
    assert failing(evidence(around=[*events(), {**late, "causationid": "d1"}])) != []


@pytest.mark.parametrize(("made", "holds"), [(BEFORE, True), (THEN, False)])
def test_what_is_older_than_the_story_may_be_acted_on_after_its_beginning(made: str, holds: bool) -> None:
    offer = f"cap_{ULID.from_datetime(datetime.fromisoformat(made))}"
    late = event("x.y.z", "s", correlationid=offer, subject="sub_d1")

    assert (failing(evidence(around=[*events(), late])) == []) is holds
    assert failing(evidence(around=[*events(), {**late, "causationid": "d1"}])) != []


@pytest.mark.parametrize(("seconds", "holds"), [(2.9, True), (3.1, False), (None, None)])
def test_a_run_that_was_interrupted_says_nothing_of_the_time(seconds: float | None, holds: bool | None) -> None:
    assert found(evidence(), seconds=seconds)[-1].holds is holds
