"""The table of routes: every event has a row or a reason, every row names somebody and only what may be told."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from services.notify.domain.notification import notification_id
from services.notify.domain.preference import MANDATORY
from services.notify.domain.recipients import Everyone, Office, Person, Role, Sides
from services.notify.domain.route import Route
from services.notify.domain.routes import ROUTED, ROUTES, notices
from shared.contracts import notify, partnership, talent, training
from shared.contracts.event import Event
from shared.contracts.registry import REGISTRY
from tests.unit.notify.world import UNIVERSITY, golden, golden_of

EVENT_ID: Final = "01a12d9f-a824-7716-8863-1fb3e92362a1"

SILENT: Final[Mapping[type[Event], str]] = {
    partnership.OrganizationRegistered: "the office that verifies is not named",
    partnership.OrganizationUpdated: "says how an organisation is, not what changed",
    partnership.NeedAmended: "its owner did it; candidates hear of their matches",
    partnership.NeedWithdrawn: "its owner did it; candidates hear that their match expired",
    partnership.CapabilityPublished: "its owner did it",
    partnership.CapabilityWithdrawn: "its owner did it",
    training.RosterApplied: "its office confirmed it, or it was too small to ask",
    training.TeacherRegistered: "creates a party",
    training.TeacherUpdated: "changes a party",
    training.StudentRegistered: "creates a party",
    training.StudentUpdated: "changes a party",
    training.StudentGraduated: "their university did it, for all of a study year at once",
    training.PracticeStarted: "the teacher did it; the enterprise was told when it was approved",
    training.PostUpdated: "its enterprise did it; whoever was placed keeps what was checked",
    training.PostClosed: "its enterprise did it, or its agreement ended, of which both sides hear",
    training.PlacementLogReceived: "ends what was told of the log",
    training.CorrectionRequested: "waits in the work-list of the office that decides",
    training.PersonErased: "whom it was about is nobody any more; services answer it by themselves",
    training.ErasureCompleted: "whom it was about is nobody any more; receipts that are late are an alert",
    **dict.fromkeys(
        (partnership.ErasureReceipted, talent.ErasureReceipted, notify.ErasureReceipted),
        "one service answers another",
    ),
    **dict.fromkeys(
        (partnership.DocumentKept, training.DocumentKept),
        "a side handed it in; what is still missing stands with its object",
    ),
    **dict.fromkeys(
        (partnership.DocumentVoided, training.DocumentVoided),
        "a side did it; what is missing then stands with its object",
    ),
    **dict.fromkeys(
        (partnership.DocumentErased, training.DocumentErased),
        "whom it was about is nobody any more, or an office did it",
    ),
    talent.ProgrammeRegistered: "its university did it",
    talent.ProgrammeUpdated: "its university did it",
    talent.MatchDropped: "names no organisation; both sides hear that the match expired",
    notify.NotificationDelivered: "telling of telling has no end",
}

EVENTS: Final = [body for body in REGISTRY if issubclass(body, Event)]


def named(thing: object) -> str:
    return (
        thing.wire.type
        if isinstance(thing, type) and issubclass(thing, Event)
        else str(getattr(thing, "template", thing))
    )


@pytest.mark.parametrize("body", EVENTS, ids=named)
def test_every_event_is_somebodys_news_or_says_why_not(body: type[Event]) -> None:
    assert (body in ROUTED) != (body in SILENT)


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_every_row_names_somebody_in_a_golden_event(route: Route) -> None:
    notice = route.notice(golden_of(route), EVENT_ID)

    assert notice.recipients
    assert all(isinstance(each, Person | Role | Office | Sides | Everyone) for each in notice.recipients)


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_notification_keeps_references_numbers_dates_and_sentences_of_rules_only(route: Route) -> None:
    said = route.notice(golden_of(route), EVENT_ID).variables

    free_text = {"reason": {"not_answered", "need_closed"}}
    of_rules = {"why_zh", "why_en"}
    assert set(said) == set(route.says)
    assert all(len(str(value)) <= 200 for name, value in said.items() if name not in of_rules)
    assert all(said[name] in values for name, values in free_text.items() if name in said)


def test_every_template_has_one_row() -> None:
    templates = [route.template for route in ROUTES]

    assert len(set(templates)) == len(templates)


@pytest.mark.parametrize(("granted", "template"), [(True, "correction_granted"), (False, "correction_refused")])
def test_who_asked_for_a_correction_hears_what_was_decided(granted: bool, template: str) -> None:
    event = golden(training.CorrectionDecided, granted=granted)

    [notice] = notices(event, EVENT_ID)

    assert (notice.template, list(notice.recipients)) == (template, [Person(event.person_id)])


def test_a_completed_practice_is_a_task_for_those_who_verify_it() -> None:
    event = golden(training.PracticeCompleted)

    [notice] = notices(event, EVENT_ID)

    assert list(notice.recipients) == [
        Role("enterprise_mentor", event.enterprise_id),
        Role("university_hr", event.university_id),
    ]


def test_a_fulfilled_obligation_is_its_teachers_news_and_a_conversion_its_learners() -> None:
    fulfilled, converted = golden(training.ObligationFulfilled), golden(training.CreditConverted)

    [obligation], [conversion] = notices(fulfilled, EVENT_ID), notices(converted, EVENT_ID)

    assert list(obligation.recipients) == [Person(fulfilled.teacher_id)]
    assert Person(converted.person_id) in conversion.recipients


def test_a_signed_agreement_is_told_to_the_office_that_its_party_is() -> None:
    parties = [
        {"organization_id": "org_01KM4C37M0M9AH7HZ0YVNAG2HK", "role": "university"},
        {"organization_id": "org_01KM4C37M0N7THASNXCW2ZFTKA", "role": "enterprise"},
        {"organization_id": "org_01KM4C37M0M9AH7HZ0YVNAG2HA", "role": "other"},
    ]

    [notice] = notices(golden(partnership.AgreementSigned, parties=parties), EVENT_ID)

    assert list(notice.recipients) == [
        Role("university_coop_office", parties[0]["organization_id"]),
        Role("enterprise_admin", parties[1]["organization_id"]),
        Office(parties[2]["organization_id"]),
    ]


@pytest.mark.parametrize(
    ("kind", "role"),
    [("programme", "university_coop_office"), ("base", "base_operator"), ("teacher", "university_hr")],
)
def test_a_candidate_is_answered_for_by_the_office_of_its_kind(kind: str, role: str) -> None:
    event = golden(talent.MatchProposed)
    event = golden(talent.MatchProposed, candidate={**event.candidate.model_dump(), "kind": kind})

    [notice] = notices(event, EVENT_ID)

    assert list(notice.recipients) == [
        Office(event.need_organization_id),
        Role(role, event.candidate.organization_id),
    ]


def test_whoever_answered_is_not_told_but_the_other_side_is() -> None:
    match = golden(partnership.MatchAccepted)
    candidate = match.candidate.organization_id
    sides = (match.need_organization_id, candidate)

    told = [notices(golden(partnership.MatchAccepted, accepted_by_id=each), EVENT_ID)[0].recipients for each in sides]
    told += [notices(golden(partnership.MatchDeclined, declined_by_id=each), EVENT_ID)[0].recipients for each in sides]

    answering = (Role("university_coop_office", candidate),)
    assert match.candidate.kind == "programme"
    assert told == [answering, (Office(sides[0]),)] * 2


def test_a_match_is_told_by_its_need_and_everything_else_by_its_event() -> None:
    event = golden(talent.MatchProposed)

    [digest] = notices(event, EVENT_ID)
    [single] = notices(golden(partnership.NeedPosted), EVENT_ID)

    assert (digest.dedupe_key, digest.subject, digest.item) == (event.need_id, event.need_id, event.match_id)
    assert (single.dedupe_key, single.item) == (EVENT_ID, None)


def test_the_same_news_to_the_same_party_has_the_same_id() -> None:
    [first] = notices(golden(partnership.NeedPosted), EVENT_ID)
    [again] = notices(golden(partnership.NeedPosted), EVENT_ID)

    ids = {notification_id(first, "a"), notification_id(again, "a"), notification_id(first, "b")}

    assert len(ids) == 2


def test_exceptions_from_rules_are_one_item_per_subject() -> None:
    event = golden(training.RuleOverridden)

    [notice] = notices(event, EVENT_ID)

    assert (notice.dedupe_key, notice.item) == (event.subject_id, event.override_id)
    assert list(notice.recipients) == [Everyone("government"), Role("alliance_office", "alliance")]


@pytest.mark.parametrize(
    ("ladder", "template", "mandatory"),
    [
        ("obligation_due", "practice_reminder", False),
        ("obligation_at_risk", "practice_reminder", False),
        ("obligation_overdue", "practice_escalated", True),
        ("placement_log", "log_reminder", False),
    ],
)
def test_a_step_of_a_ladder_is_told_to_those_whom_it_names(ladder: str, template: str, mandatory: bool) -> None:
    addressees = ["person:tch_01KM4C37M0X2Y1CF42XVGRECS8", f"role:university_hr@{UNIVERSITY}"]
    said = {"ladder": ladder, "obligation_kind": "new_teacher_180", "week_no": 2, "addressees": addressees}

    [notice] = notices(golden(notify.EscalationRaised, **said), EVENT_ID)

    assert (notice.template, notice.event_class in MANDATORY) == (template, mandatory)
    assert list(notice.recipients) == [
        Person("tch_01KM4C37M0X2Y1CF42XVGRECS8"),
        Role("university_hr", UNIVERSITY),
    ]


@pytest.mark.parametrize("told", [partnership, training])
def test_who_asked_for_an_approval_hears_what_came_of_it(told: Any) -> None:
    events = [
        golden(told.ApprovalDecided, outcome="approved"),
        golden(told.ApprovalDecided, outcome="refused"),
        golden(told.ApprovalVoided),
    ]

    found = [notices(event, EVENT_ID) for event in events]

    asker = Role("university_coop_office", events[0].organization_id)
    assert [list(notice.recipients) for [notice] in found] == [[asker]] * 3
    assert [notice.template.rpartition("_")[2] for [notice] in found] == ["granted", "refused", "void"]


@pytest.mark.parametrize("told", [partnership, training])
def test_an_approval_passes_on_until_its_last_step(told: Any) -> None:
    event = golden(told.ApprovalStepDecided, asked_parties=["person:tch_01KM4C37M0X2Y1CF42XVGRECS8"])

    [notice] = notices(event, EVENT_ID)

    assert list(notice.recipients) == [Person("tch_01KM4C37M0X2Y1CF42XVGRECS8")]
    assert notices(golden(told.ApprovalStepDecided, asked_parties=[]), EVENT_ID) == []
