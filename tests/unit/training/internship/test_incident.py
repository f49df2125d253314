"""Incidents: reported, told without their text, handled."""

from datetime import timedelta

import pytest

from services.training.domain.internship.incident import IncidentKind
from services.training.domain.internship.paper_refusals import HappenedLater, IncidentHandled, NotStarted
from services.training.domain.internship.placement_status import PlacementStatus
from shared.contracts.training import IncidentReported
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.intern import intern


async def test_a_report_is_told_without_its_text(college: College) -> None:
    someone = await intern(college)

    incident = await someone.report(text="手指划伤，已包扎")

    fact = college.facts[-1]
    assert isinstance(fact, IncidentReported)
    assert (fact.incident_id, fact.kind, fact.severity) == (incident.id, "injury", "minor")
    assert all("划伤" not in (record.payload or b"").decode() for record in college.store.records)


async def test_the_days_to_handling_are_counted(college: College) -> None:
    someone = await intern(college)
    incident = await someone.report()
    college.today += timedelta(days=3)

    handled = await someone.handle(incident)

    assert (handled.status, handled.days_to_handling) == ("handled", 3)


async def test_an_incident_is_handled_once(college: College) -> None:
    someone = await intern(college)
    incident = await someone.report()
    await someone.handle(incident)

    with pytest.raises(IncidentHandled):
        await someone.handle(incident)


async def test_what_has_not_happened_is_not_reported(college: College) -> None:
    someone = await intern(college)

    with pytest.raises(HappenedLater):
        await someone.report(occurred_on=TODAY + DAY)


@pytest.mark.parametrize("status", [PlacementStatus.PLANNED, PlacementStatus.APPROVED, PlacementStatus.ARCHIVED])
async def test_incidents_belong_to_internships_that_have_started(college: College, status: PlacementStatus) -> None:
    someone = await intern(college, status=status)

    with pytest.raises(NotStarted):
        await someone.report()


async def test_the_enterprise_does_not_see_that_its_own_conduct_is_complained_of(college: College) -> None:
    someone = await intern(college)

    injury, complaint = await someone.report(), await someone.report(IncidentKind.RIGHTS_VIOLATION)

    assert college.enterprise in injury.owners
    assert college.enterprise not in complaint.owners
    assert {college.university, someone.student_id} <= complaint.owners
