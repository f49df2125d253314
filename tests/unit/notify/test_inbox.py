"""Telling parties: once for one event, one item for many matches, late on a replay, as they prefer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notify import handlers
from services.notify.commands import MarkRead
from services.notify.domain.directory import Known, Side
from services.notify.domain.notification import Notification, Status
from services.notify.domain.party import ALLIANCE_OFFICE, Party
from services.notify.domain.preference import Channel, EventClass, Mode, Preference
from services.notify.storage import NotifyWork
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.notify import NotificationDelivered
from shared.contracts.partnership import AgreementSignatureRequested, AgreementTerminated, NeedPosted
from shared.contracts.talent import MatchProposed, NoMatchFound
from shared.contracts.training import IncidentReported, ObligationOverdue, RuleOverridden
from shared.errors import NotFound
from shared.kernel.work import Context, NotYet
from tests.fakes import NOON, MemoryStore, memory_work
from tests.unit.notify.world import (
    ADMIN_E,
    ENTERPRISE,
    OFFICE_U,
    UNIVERSITY,
    golden,
    know_sides,
    notifications,
    recipients,
    region,
    tell,
)


def posted() -> NeedPosted:
    return golden(NeedPosted, organization_id=ENTERPRISE)


def prefer(
    store: MemoryStore, party: str, event_class: EventClass, mode: Mode, channel: Channel = Channel.INBOX
) -> None:
    chosen = Preference(event_class=event_class, channel=channel, mode=mode)
    entered = Party(id=party, story=party, version=1, preferences=(chosen,))
    store.put(NotifyWork.mapping_of(Party), entered)


async def test_an_event_reaches_whom_the_table_names_and_says_so() -> None:
    store = region()

    event_id = await tell(store, posted(), correlation_id="need_1")

    [told] = notifications(store)
    assert (told.recipient, told.template, told.status) == (ADMIN_E, "need_posted", Status.DELIVERED)
    assert (told.story, told.source_event_id, told.delivered_at, told.late) == ("need_1", event_id, NOON, False)
    [fact] = store.facts
    assert isinstance(fact, NotificationDelivered)
    assert (fact.notification_id, fact.source_event_id, fact.recipient) == (told.id, event_id, ADMIN_E)


async def test_nobody_is_told_twice_of_one_event() -> None:
    store = region()
    event_id = await tell(store, posted())

    await tell(store, posted(), event_id=event_id)

    assert len(notifications(store)) == len(store.facts) == 1


async def test_a_replay_reaches_only_those_without_a_row_and_marks_them_late() -> None:
    store, agreement_id = region(), new_id("agreement")
    event = golden(AgreementTerminated, agreement_id=agreement_id)
    know_sides(store, agreement_id)
    event_id = await tell(store, event)
    [lost] = [each.id for each in notifications(store) if each.recipient == OFFICE_U]
    del store.rows["notification"][lost]

    await tell(store, event, event_id=event_id, replay=True)

    assert {each.recipient: each.late for each in notifications(store)} == {ADMIN_E: False, OFFICE_U: True}
    assert len(store.facts) == 3


async def test_many_matches_of_a_need_are_one_item_that_counts_each_once() -> None:
    store, need_id = region(), new_id("need")
    matches = [golden(MatchProposed, match_id=new_id("match"), need_id=need_id) for _ in range(3)]

    for match in (*matches, matches[0]):
        await tell(store, match)

    assert {each.recipient: each.count for each in notifications(store)} == {ADMIN_E: 3, OFFICE_U: 3}
    assert len(store.facts) == 2


async def test_each_need_has_its_own_item() -> None:
    store = region()

    for _ in range(2):
        await tell(store, golden(MatchProposed, match_id=new_id("match"), need_id=new_id("need")))

    assert [each.count for each in notifications(store)] == [1, 1, 1, 1]


async def test_an_item_that_was_read_is_unread_again_when_its_count_rises() -> None:
    store, need_id = region(), new_id("need")
    await tell(store, golden(MatchProposed, match_id=new_id("match"), need_id=need_id))
    first = next(each for each in notifications(store) if each.recipient == ADMIN_E)
    await read(store, first.id)

    await tell(store, golden(MatchProposed, match_id=new_id("match"), need_id=need_id))

    [now] = [each for each in notifications(store) if each.id == first.id]
    assert (now.status, now.read_at, now.count, now.position) == (Status.DELIVERED, None, 2, None)


async def test_what_names_only_an_agreement_or_a_need_is_told_to_those_who_answer_for_it() -> None:
    store, agreement_id, need_id = region(), new_id("agreement"), new_id("need")
    know_sides(store, agreement_id)
    know_sides(store, need_id, Side(ENTERPRISE))

    await tell(store, golden(AgreementTerminated, agreement_id=agreement_id))
    await tell(store, golden(NoMatchFound, need_id=need_id))

    assert recipients(store) == {
        (ADMIN_E, "agreement_terminated"),
        (OFFICE_U, "agreement_terminated"),
        (ADMIN_E, "match_none_found"),
    }


@pytest.mark.parametrize("event", [posted(), golden(AgreementTerminated)], ids=["organisation", "agreement"])
async def test_an_event_waits_for_the_state_that_says_whom_to_tell(event: NeedPosted | AgreementTerminated) -> None:
    store = MemoryStore()

    with pytest.raises(NotYet, match="is not known yet"):
        await tell(store, event)


async def test_a_class_that_was_opted_out_of_is_not_told() -> None:
    store = region()
    prefer(store, ADMIN_E, EventClass.NEED, Mode.OFF)

    await tell(store, posted())

    assert notifications(store) == []


async def test_a_disabled_channel_says_nothing_about_the_inbox() -> None:
    store = region()
    prefer(store, ADMIN_E, EventClass.NEED, Mode.OFF, Channel.EMAIL)

    await tell(store, posted())

    assert recipients(store) == {(ADMIN_E, "need_posted")}


async def test_an_overdue_obligation_is_told_whatever_was_preferred() -> None:
    store, event = region(), golden(ObligationOverdue)
    prefer(store, f"person:{event.teacher_id}", EventClass.OVERDUE_OBLIGATION, Mode.OFF)

    await tell(store, event)

    assert (f"person:{event.teacher_id}", "obligation_overdue") in recipients(store)


async def test_a_daily_class_is_delivered_in_the_morning_and_once() -> None:
    store = region()
    prefer(store, ADMIN_E, EventClass.NEED, Mode.DAILY)
    await tell(store, posted())
    [scheduled] = notifications(store)

    for _ in range(2):
        work = memory_work(NotifyWork, store, now=scheduled.due_at)
        await handlers.deliver_scheduled(scheduled.id, work)
        await work.flush()

    [told] = notifications(store)
    assert (scheduled.status, scheduled.due_at) == (Status.SCHEDULED, datetime(2026, 9, 2, 0, 0, tzinfo=UTC))
    assert (told.status, told.delivered_at) == (Status.DELIVERED, scheduled.due_at)
    assert len(store.facts) == 1


async def test_reading_counts_the_first_time() -> None:
    store = region()
    await tell(store, posted())
    [told] = notifications(store)

    first = await read(store, told.id)
    again = await read(store, told.id, now=NOON + timedelta(hours=1))

    assert (first.status, first.read_at) == (Status.READ, NOON)
    assert again == first


async def test_what_is_scheduled_cannot_be_read_yet() -> None:
    store = region()
    prefer(store, ADMIN_E, EventClass.NEED, Mode.WEEKLY)
    await tell(store, posted())
    [scheduled] = notifications(store)

    with pytest.raises(NotFound):
        await read(store, scheduled.id)


async def test_the_latency_is_counted_from_the_making_of_the_event() -> None:
    store, made = region(), NOON - timedelta(milliseconds=40)
    event_id = f"{int(made.timestamp() * 1000):012x}"

    await tell(store, posted(), event_id=f"{event_id[:8]}-{event_id[8:]}-7716-8863-1fb3e92362a1")

    [fact] = store.facts
    assert isinstance(fact, NotificationDelivered)
    assert fact.latency_ms == 40


async def test_an_event_with_a_foreign_id_has_no_latency_and_is_told() -> None:
    store = region()

    await tell(store, posted(), event_id="crm-17")

    [fact] = store.facts
    assert isinstance(fact, NotificationDelivered)
    assert fact.latency_ms == 0


async def read(store: MemoryStore, id: str, now: datetime = NOON) -> Notification:
    work = memory_work(NotifyWork, store, now=now)
    seen = await handlers.mark_read(MarkRead(notification_id=id), work)
    await work.flush()
    return seen


async def test_each_party_that_has_not_signed_is_asked_as_what_it_is_in_the_agreement() -> None:
    store, agreement_id = region(), new_id("agreement")
    know_sides(store, agreement_id, Side(UNIVERSITY, "base_operator"), Side(ENTERPRISE, "enterprise"))
    asked = {"agreement_id": agreement_id, "pending_organization_ids": [UNIVERSITY]}

    await tell(store, golden(AgreementSignatureRequested, **asked))

    assert recipients(store) == {(f"role:base_operator@{UNIVERSITY}", "signature_requested")}


class AskedStore(MemoryStore):
    """Counts how often it is asked."""

    asked = 0

    async def load(self, *asked: Any, **how: Any) -> list[Any]:
        self.asked += 1
        return await super().load(*asked, **how)

    async def where(self, *asked: Any, **how: Any) -> list[Any]:
        self.asked += 1
        return await super().where(*asked, **how)


async def test_what_a_batch_will_ask_for_is_asked_for_at_once() -> None:
    store = AskedStore()
    store.rows = region().rows
    work = memory_work(NotifyWork, store, actor="system:notify")
    events = {new_event_id(): golden(NeedPosted, organization_id=ENTERPRISE, need_id=new_id("need")) for _ in range(9)}

    await handlers.foresee_parties(events, work)
    once = store.asked
    for event_id, event in events.items():
        work.begin_step(Context(actor="system:notify", now=NOON, causation_id=event_id))
        await handlers.tell_parties(event, work)
        work.keep_step()

    assert (once, store.asked) == (3, 3)
    await work.flush()
    assert len(notifications(store)) == 9


async def test_foresight_is_silent_about_whom_it_does_not_know() -> None:
    store = MemoryStore()
    work = memory_work(NotifyWork, store, actor="system:notify")

    await handlers.foresee_parties({new_event_id(): posted()}, work)

    with pytest.raises(NotYet):
        await tell(store, posted())


async def test_a_grave_incident_reaches_every_authority_whatever_it_preferred() -> None:
    store, authorities = region(), [new_id("organization") for _ in range(2)]
    for id in authorities:
        store.put(NotifyWork.directory.mapping, Known(id, 1, "government", id))
        prefer(store, f"role:government@{id}", EventClass.SAFETY_INCIDENT, Mode.OFF)

    await tell(store, golden(IncidentReported, severity="grave"))

    told = {recipient for recipient, template in recipients(store) if template == "incident_to_supervise"}
    assert told == {f"role:government@{id}" for id in authorities}


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (("511700", "500101"), (True, False)),
        (("510000", "500154"), (True, False)),
        (("500101", "500154"), (True, True)),
    ],
    ids=["its town", "its province", "nobody near"],
)
async def test_an_incident_reaches_the_authorities_in_whose_region_it_happened(
    places: tuple[str, str], told: tuple[bool, bool]
) -> None:
    store, authorities = region(), [new_id("organization") for _ in places]
    for id, kind, place in (
        (ENTERPRISE, "enterprise", "511723"),
        (UNIVERSITY, "university", "511702"),
        *zip(authorities, ("government", "government"), places, strict=True),
    ):
        store.put(NotifyWork.directory.mapping, Known(id, 1, kind, id, place))

    await tell(store, golden(IncidentReported, severity="grave", enterprise_id=ENTERPRISE, university_id=UNIVERSITY))

    heard = {recipient for recipient, template in recipients(store) if template == "incident_to_supervise"}
    assert tuple(f"role:government@{id}" in heard for id in authorities) == told


async def test_exceptions_from_rules_are_counted_for_the_office_of_the_alliance() -> None:
    store = region()

    for _ in range(2):
        await tell(store, golden(RuleOverridden, override_id=new_id("decision")))

    assert [(each.recipient, each.count) for each in notifications(store)] == [(ALLIANCE_OFFICE, 2)]


async def test_a_batch_foresees_the_authorities_too() -> None:
    store = AskedStore()
    store.rows = region().rows
    government = new_id("organization")
    store.put(NotifyWork.directory.mapping, Known(government, 1, "government", government))
    work = memory_work(NotifyWork, store, actor="system:notify")
    events = {new_event_id(): golden(RuleOverridden, subject_id=new_id("placement")) for _ in range(9)}

    await handlers.foresee_parties(events, work)
    once = store.asked
    for event_id, event in events.items():
        work.begin_step(Context(actor="system:notify", now=NOON, causation_id=event_id))
        await handlers.tell_parties(event, work)
        work.keep_step()

    assert store.asked == once
    await work.flush()
    assert {each.recipient for each in notifications(store)} == {f"role:government@{government}", ALLIANCE_OFFICE}
