"""What the lines of a need make of its status, and what each visibility lets events tell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.partnership.domain.need import Need
from services.partnership.domain.need_line import Filling, LineStatus, LineTaken, NeedLine, NeedStatus, status_of
from services.partnership.domain.need_refusals import ExpiredFromTheStart, LinesRepeat, WrongNames
from services.partnership.domain.need_terms import NeedTerms, Visibility
from services.partnership.domain.period import EndsBeforeItStarts
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedPosted, NeedState
from tests.unit.partnership.alliance import LINES, TODAY, terms

AT = datetime(2026, 9, 1, 4, tzinfo=UTC)
NAMED = new_id("organization")


def post(posted: NeedTerms) -> tuple[Need, NeedPosted]:
    return Need.post(new_id("need"), new_id("organization"), posted, at=AT)


def line(status: str) -> NeedLine:
    return NeedLine(line_no=1, kind="order_class", headcount=12, status=LineStatus(status))


@pytest.mark.parametrize(
    ("lines", "was", "status"),
    [
        ("open open", "posted", "posted"),
        ("open open", "matching", "matching"),
        ("open open", "matched", "matching"),
        ("open open", "contracted", "matching"),
        ("open matched", "matching", "matched"),
        ("matched matched", "matched", "matched"),
        ("open contracted", "matched", "contracted"),
        ("matched contracted", "matched", "contracted"),
        ("open fulfilled", "contracted", "fulfilled"),
        ("contracted contracted", "contracted", "contracted"),
        ("contracted fulfilled", "fulfilled", "contracted"),
        ("fulfilled fulfilled", "contracted", "fulfilled"),
    ],
)
def test_a_need_is_as_far_as_its_furthest_line_until_all_are_contracted_then_as_its_slowest(
    lines: str, was: str, status: str
) -> None:
    derived = status_of([line(one) for one in lines.split()], was=NeedStatus(was))

    assert derived == status


def test_a_contracted_line_is_taken() -> None:
    with pytest.raises(LineTaken):
        line("contracted").contract(new_id("agreement"))


def test_a_line_opens_again_only_for_the_agreement_that_holds_it() -> None:
    held = line("open").contract("agr_1")

    assert held.reopen("agr_2") is held
    assert held.reopen("agr_1") == line("open")


def test_a_source_counts_once_on_a_line() -> None:
    filled = line("contracted").fill(Filling("coh_1", 5)).fill(Filling("coh_1", 7)).fill(Filling("coh_2", 4))

    assert (filled.headcount_filled, filled.status) == (11, "contracted")


def test_a_need_of_the_alliance_tells_its_members_everything() -> None:
    _, fact = post(terms())

    assert (fact.title, fact.budget_fen, fact.conditions) == ("Equipment maintenance", 100, {"meals": "paid"})


def test_a_public_need_keeps_money_and_conditions_to_itself() -> None:
    _, fact = post(terms(visibility=Visibility.PUBLIC))

    assert (fact.title, fact.budget_fen, fact.conditions) == ("Equipment maintenance", None, None)


def test_a_need_that_names_its_readers_tells_only_ids_lines_region_and_dates() -> None:
    _, fact = post(terms(visibility=Visibility.NAMED, named_organization_ids=(NAMED,)))

    told = set(fact.model_dump(exclude_defaults=True))
    public = {"need_id", "organization_id", "lines", "starts_on", "ends_on", "region_code", "visibility", "expires_at"}
    assert told == public | {"named_organization_ids"}


def test_the_state_of_a_named_need_is_as_silent_as_its_events() -> None:
    need, _ = post(terms(visibility=Visibility.NAMED, named_organization_ids=(NAMED,)))

    state = need.state()

    assert isinstance(state, NeedState)
    assert (state.title, state.skills, state.budget_fen, state.status) == (None, [], None, "posted")


def test_whom_a_need_names_may_read_it() -> None:
    need, _ = post(terms(visibility=Visibility.NAMED, named_organization_ids=(NAMED,)))

    assert need.owners == {need.organization_id, NAMED}


def test_a_need_expires_with_its_last_day_in_the_regions_time() -> None:
    need, _ = post(terms(ends_on=TODAY))

    assert need.expires_at == datetime(2026, 9, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"lines": (LINES[0], replace(LINES[1], line_no=1))}, LinesRepeat),
        ({"visibility": Visibility.NAMED}, WrongNames),
        ({"named_organization_ids": (NAMED,)}, WrongNames),
        ({"ends_on": TODAY.replace(year=2025)}, EndsBeforeItStarts),
        ({"expires_at": AT}, ExpiredFromTheStart),
    ],
)
def test_a_need_that_contradicts_itself_is_refused(fields: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        post(terms(**fields))
