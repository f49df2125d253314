"""The table of what is owed: which event begins which ladders, and which event ends them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.notify.domain.escalation import Owed, escalation_id
from services.notify.domain.party import ALLIANCE_OFFICE, person, role_in
from shared.contracts.event import Event
from shared.contracts.training import (
    ObligationAtRisk,
    ObligationBody,
    ObligationFulfilled,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    PlacementCancelled,
    PlacementGraded,
    PlacementLogOverdue,
    PlacementLogReceived,
    PlacementTerminated,
)

DUE, AT_RISK, OVERDUE, LOG = "obligation_due", "obligation_at_risk", "obligation_overdue", "placement_log"


@dataclass(frozen=True, slots=True)
class Met:
    """That nothing is owed any more of a subject, or only what this one escalation is about."""

    subject: str
    escalation_id: str | None = None


def _practice(*ladders: str) -> Callable[[ObligationBody], list[Owed]]:
    def owed(event: ObligationBody) -> list[Owed]:
        parties = {
            "teacher": person(event.teacher_id),
            "university_hr": role_in("university_hr", event.university_id),
            "alliance_office": ALLIANCE_OFFICE,
            "council": role_in("council_member", event.university_id),
        }
        return [
            Owed(
                ladder=ladder,
                subject=event.obligation_id,
                owed_by=event.teacher_id,
                due_on=event.due_on,
                parties=parties,
                obligation_kind=event.kind,
            )
            for ladder in ladders
        ]

    return owed


def _log(event: PlacementLogOverdue) -> list[Owed]:
    supervisor = {"supervisor": person(event.supervisor_id)} if event.supervisor_id else {}
    parties = {
        "student": person(event.student_id),
        "university_coop_office": role_in("university_coop_office", event.university_id),
    }
    return [
        Owed(
            ladder=LOG,
            subject=event.placement_id,
            owed_by=event.student_id,
            due_on=event.due_on,
            parties=parties | supervisor,
            week_no=event.week_no,
            occasion=event.week_starts_on.isoformat(),
        )
    ]


def _log_written(event: PlacementLogReceived) -> Met:
    return Met(event.placement_id, escalation_id(LOG, event.placement_id, event.week_starts_on.isoformat()))


def _all_of_it(event: Event) -> Met:
    return Met(event.subject)


BEGINNINGS: Final[Mapping[type[Event], Callable[[Any], list[Owed]]]] = {
    ObligationOpened: _practice(DUE),
    ObligationAtRisk: _practice(DUE, AT_RISK),
    ObligationOverdue: _practice(OVERDUE),
    ObligationRegressed: _practice(DUE, AT_RISK, OVERDUE),
    PlacementLogOverdue: _log,
}
ENDS: Final[Mapping[type[Event], Callable[[Any], Met]]] = {
    ObligationFulfilled: _all_of_it,
    PlacementLogReceived: _log_written,
    PlacementGraded: _all_of_it,
    PlacementTerminated: _all_of_it,
    PlacementCancelled: _all_of_it,
}


def begun_by(event: Event) -> list[Owed]:
    """What is owed from this event on."""
    begins = BEGINNINGS.get(type(event))
    return begins(event) if begins else []


def ended_by(event: Event) -> Met | None:
    """What is no longer owed since this event."""
    ends = ENDS.get(type(event))
    return ends(event) if ends else None
