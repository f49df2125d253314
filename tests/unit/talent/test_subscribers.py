"""What other services' states become: rows that fit their tables, and nothing for what is over."""

from datetime import date

import pytest

from services.talent.storage import Table
from services.talent.subscribers import (
    MATCH,
    base_as_candidate,
    capability_as_offer,
    obligation_as_owed,
    organization_as_known,
    programme_as_candidate,
    teacher_as_candidate,
)
from shared.contracts.partnership import CapabilityState, OrganizationState
from shared.contracts.talent import ProgrammeState
from shared.contracts.training import BaseState, ObligationState, TeacherState
from tests.unit.talent.test_candidate import hired, opened, published, registered
from tests.unit.talent.world import UNIVERSITY, named, programme


def programme_state(status: str) -> ProgrammeState:
    return registered(shape=ProgrammeState, status=status, version=3)


def base_state(status: str) -> BaseState:
    return BaseState(**opened().model_dump(), status=status, version=3)


def teacher_state(status: str) -> TeacherState:
    return TeacherState(**hired().model_dump(), status=status, version=3)


def capability_state(status: str) -> CapabilityState:
    return CapabilityState(**published(programme(), "rnd").model_dump(), status=status, version=3)


def obligation_state(status: str) -> ObligationState:
    return ObligationState(
        obligation_id=named("obl", 1),
        teacher_id=named("tch", 1),
        university_id=UNIVERSITY,
        kind="five_year_180",
        required_days=180,
        done_days=0,
        due_on=date(2027, 8, 31),
        status=status,
        version=3,
    )


def organization_state() -> OrganizationState:
    return OrganizationState(
        organization_id=UNIVERSITY,
        kind="university",
        name_zh="万州大学",
        uscc="12500101450000008E",
        region_code="500101",
        status="verified",
        version=3,
    )


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("candidate", programme_as_candidate(programme_state("active"))),
        ("candidate", base_as_candidate(base_state("planned"))),
        ("candidate", teacher_as_candidate(teacher_state("active"))),
        ("capability", capability_as_offer(capability_state("published"))),
        ("organization", organization_as_known(organization_state())),
        ("obligation", obligation_as_owed(obligation_state("at_risk"))),
    ],
)
def test_a_state_becomes_every_column_of_its_row(table: str, row: dict[str, object]) -> None:
    assert {"id", "version", *row} == set(Table.metadata.tables[table].c.keys())


def test_all_candidates_share_one_table_with_the_same_columns() -> None:
    rows = (programme_as_candidate(programme_state("active")), base_as_candidate(base_state("open")))

    assert len({tuple(row or ()) for row in rows}) == 1


def test_what_is_over_is_not_kept() -> None:
    assert programme_as_candidate(programme_state("closed")) is None
    assert base_as_candidate(base_state("closed")) is None
    assert teacher_as_candidate(teacher_state("left")) is None
    assert obligation_as_owed(obligation_state("fulfilled")) is None


def test_a_withdrawn_capability_stays_known_as_withdrawn() -> None:
    assert capability_as_offer(capability_state("withdrawn"))["published"] is False


def test_every_event_of_a_need_is_taken_in_order() -> None:
    orders = {name: reaction.order for name, reaction in MATCH.reactions.items() if ".need." in name}

    assert set(orders.values()) == {"ordered"}
