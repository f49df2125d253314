"""The table of tasks: it speaks only of what there is, each act is open to whom it waits for, nothing is left out."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final, get_args, get_type_hints

import pytest
from pydantic import ValidationError

from services.notify.domain.directory import Known as Organization
from services.notify.domain.party import Locale
from services.notify.domain.recipients import Office, Person, Recipient, Role
from services.notify.domain.task_checks import body_of
from services.notify.domain.task_table import Beginning
from services.notify.domain.task_words import Waits, words_of
from services.notify.queries.texts import texts
from services.notify.storage.task_table import TaskTableError, read_tasks, shipped_tasks
from shared.contracts import notify, partnership, talent, training
from shared.contracts.event import Message
from shared.contracts.fields import Known
from shared.contracts.registry import REGISTRY
from shared.identity.access import Access, from_document
from shared.identity.router import DECLARATION, AccessRoute
from shared.web.app import routers_of
from shared.web.service import installed_services
from tests.unit.notify.test_templates import placeholders as words_in
from tests.unit.notify.world import ADMIN_E, OFFICE_U, golden

TABLE: Final = shipped_tasks()
BEGINNINGS: Final = [
    (name, type_name, beginning)
    for name, kind in TABLE.tasks.items()
    for type_name, beginning in kind.beginnings.items()
]
each_beginning = pytest.mark.parametrize(("name", "type_name", "beginning"), BEGINNINGS, ids=[b[0] for b in BEGINNINGS])

NOBODYS_WORK: Final[Mapping[type[Message], str]] = {
    partnership.RuleOverridden: "an exception is granted; nothing is left to do",
    training.RuleOverridden: "an exception is granted; nothing is left to do",
    talent.MatchProposed: "partnership's state of the match says who is to answer",
    talent.MatchDropped: "partnership's state of the match says that nobody is to answer",
    talent.NoMatchFound: "partnership's state of the need says that it waits without a match",
    talent.ProgrammeRegistered: "its university keeps it",
    talent.ProgrammeUpdated: "its university keeps it",
    talent.ProgrammeState: "its university keeps it",
    training.TeacherRegistered: "an entry; what a teacher owes is told of the obligation",
    training.TeacherUpdated: "an entry",
    training.TeacherState: "an entry",
    training.StudentRegistered: "an entry",
    training.StudentUpdated: "an entry",
    training.StudentGraduated: "an entry",
    training.StudentState: "an entry",
    training.AccountOpened: "an entry",
    training.AccountState: "an entry",
    training.LeaveRecorded: "an entry",
    training.LeaveCancelled: "an entry",
    training.PostCreated: "an offer; whoever plans an internship chooses it",
    training.PostUpdated: "an offer",
    training.PostClosed: "an offer that ended",
    training.PostState: "an offer",
    training.UnitQuotaExceeded: "nothing tells when it is over; approvals are refused meanwhile",
    training.TechnicianEngaged: "it was approved before; what is proposed is not told",
    training.TechnicianEngagementCompleted: "it is over",
    training.RecruitmentChecked: "nothing tells when it is decided",
    training.CreditConverted: "the conversion's state says that it is done",
    training.CreditReversed: "the conversion's state says that it is done",
    training.PersonErased: "services do it by themselves",
    training.ErasureCompleted: "services do it by themselves",
    partnership.ErasureReceipted: "services do it by themselves",
    talent.ErasureReceipted: "services do it by themselves",
    notify.ErasureReceipted: "services do it by themselves",
    notify.NotificationDelivered: "telling is no task",
    notify.EscalationRaised: "reminds of what is a task already",
}


def _listened(body: type[Message]) -> bool:
    """Whether the table listens to it, or to the state that goes out with it."""
    names = {body.wire.type, f"sunmao.{body.wire.service}.{body.wire.aggregate}.state.v1"}
    return bool({f"sunmao.{name}" for name in TABLE.types} & names)


@pytest.mark.parametrize("body", list(REGISTRY), ids=lambda body: body.wire.type)
def test_every_event_and_state_is_somebodys_work_or_says_why_not(body: type[Message]) -> None:
    assert _listened(body) != (body in NOBODYS_WORK)


def _beginning(body: type[Message], beginning: Beginning) -> Any:
    """A golden example, changed so that the task begins."""
    changes: dict[str, Any] = {name: values[0] for name, values in beginning.where.items()}
    if beginning.due is not None and body.model_fields[beginning.due].default is None:
        changes[beginning.due] = "2026-12-31"
    for waiter in beginning.waits_for:
        if waiter.party is not None:
            changes[waiter.party] = [ADMIN_E, OFFICE_U, "guardian:stu_01KM4C37M0X2Y1CF42XVGRECS8"]
    return golden(body, **changes)


def _waits(name: str, type_name: str, beginning: Beginning) -> Waits:
    body = body_of(type_name)
    assert body is not None
    [word] = [each for each in words_of(_beginning(body, beginning), TABLE) if each.task_kind == name]
    assert isinstance(word, Waits)
    return word


@each_beginning
def test_every_task_waits_for_somebody_in_a_golden_example(name: str, type_name: str, beginning: Beginning) -> None:
    word = _waits(name, type_name, beginning)

    assert word.recipients
    assert set(word.said) == set(beginning.says)


@pytest.mark.parametrize("language", list(Locale))
@each_beginning
def test_every_task_has_words_in_both_languages(
    name: str, type_name: str, beginning: Beginning, language: Locale
) -> None:
    said = _waits(name, type_name, beginning).said

    wording = texts(language).render(f"task_{name}", said)

    assert wording.title
    assert wording.text
    template = texts(language).templates[f"task_{name}"]
    assert words_in(template.title + template.text) <= set(said)


@each_beginning
def test_every_code_in_the_words_of_a_task_reads_as_words(name: str, type_name: str, beginning: Beginning) -> None:
    body = body_of(type_name)
    assert body is not None
    hints = get_type_hints(body, include_extras=True)
    codes = {
        (name, value)
        for each in beginning.says
        for part in get_args(hints.get(each))
        if isinstance(part, Known)
        for value in part.values
    }

    assert [code for code in codes for language in Locale if code[1] not in texts(language).words] == []


@cache
def _declared() -> dict[tuple[str, str, str], Access]:
    """The access of every route of every service, by service, method and path."""
    routes = [
        (name, route)
        for name, service in installed_services().items()
        for router in routers_of(service)
        for route in router.routes
    ]
    return {
        (name, method, route.path): from_document(route.openapi_extra[DECLARATION])
        for name, route in routes
        if isinstance(route, AccessRoute) and route.openapi_extra
        for method in route.methods
    }


def _roles(recipient: Recipient) -> set[str]:
    """In which roles whoever a task waits for comes in; of an office, any of those that organisations have."""
    match recipient:
        case Person(person_id):
            return {{"stu": "student", "tch": "teacher"}[person_id.partition("_")[0]]}
        case Role(role, _):
            return {role}
        case Office(id):
            return {Organization(id, 1, kind, id).office for kind in ("university", "enterprise", "government")}
        case _:
            raise TypeError(recipient)


@each_beginning
def test_every_act_is_a_route_that_lets_in_whom_the_task_waits_for(
    name: str, type_name: str, beginning: Beginning
) -> None:
    word, (method, _, path) = _waits(name, type_name, beginning), TABLE.tasks[name].act.partition(" ")

    access = _declared()[word.service, method, path]

    assert all(_roles(recipient) & set(access.roles) for recipient in word.recipients)


def test_an_instant_that_ends_a_day_is_due_on_that_day() -> None:
    body = golden(partnership.MatchState, status="proposed", expires_at="2026-10-27T00:00:00.000+08:00")

    [word] = words_of(body, TABLE)

    assert isinstance(word, Waits)
    assert word.due_on == date(2026, 10, 26)


def test_an_approval_waits_for_whose_step_it_is_and_for_nobody_once_it_is_over() -> None:
    body = golden(partnership.ApprovalState, status="open", asked_parties=[OFFICE_U])
    over = golden(partnership.ApprovalState, status="void", asked_parties=[])

    [waits], [ends] = words_of(body, TABLE), words_of(over, TABLE)

    assert isinstance(waits, Waits)
    assert [f"role:{each.role}@{each.organization_id}" for each in waits.recipients if isinstance(each, Role)] == [
        OFFICE_U
    ]
    assert waits.concerns == (body.organization_id,)
    assert not isinstance(ends, Waits)


WRONG: Final = {
    "a type": ("training.practice.state.v1", "training.practise.state.v1", "there is no training.practise.state.v1"),
    "a field": ("{person: teacher_id}", "{person: pupil_id}", "has no field pupil_id"),
    "a value": ("status: [ongoing]", "status: [going_on]", "status of training.practice.state.v1 is never going_on"),
    "a role": ("role: university_hr", "role: headmaster", "there is no role headmaster"),
    "an act": ("POST /v1/practices/{practice_id}/start", "please start", "'please start' is no method and path"),
    "an address": ("says: [practice_id,", "says: [form,", "needs practice_id"),
    "a day": ("says: [practice_id,", "lapses_days: 3\n        says: [practice_id,", "a day that it does not name"),
    "a flow": ("lasts:", "opens:", "what events open, events close"),
    "a key": ("says: [practice_id,", "sais: [practice_id,", "sais"),
    "nobody": ("{person: teacher_id}", "{among: teacher_id}", "exactly one of"),
    "half a role": ("role: university_hr, of: university_id", "role: university_hr", "go together"),
}

RIGHT: Final = """
stuck_after_days: 7
tasks:
  practice_to_start:
    act: POST /v1/practices/{practice_id}/start
    lasts:
      training.practice.state.v1:
        where: {status: [ongoing]}
        waits_for: [{person: teacher_id}, {role: university_hr, of: university_id}]
        says: [practice_id, starts_on]
"""


def test_a_table_of_what_there_is_is_read() -> None:
    assert set(read_tasks(RIGHT).tasks) == {"practice_to_start"}


@pytest.mark.parametrize(("right", "wrong", "why"), WRONG.values(), ids=WRONG)
def test_a_table_that_speaks_of_what_there_is_not_is_refused(right: str, wrong: str, why: str) -> None:
    assert right in RIGHT

    with pytest.raises((TaskTableError, ValidationError), match=re.escape(why)):
        read_tasks(RIGHT.replace(right, wrong))


def test_events_of_different_things_do_not_open_and_close_one_task() -> None:
    text = """
stuck_after_days: 7
tasks:
  log_to_write:
    act: POST /v1/placements/{placement_id}/logs
    opens: {training.placement.log_overdue.v1: {waits_for: [{person: student_id}], says: [placement_id]}}
    closes: {training.incident.reported.v1: {}}
"""
    with pytest.raises(TaskTableError, match="not facts of one thing"):
        read_tasks(text)
