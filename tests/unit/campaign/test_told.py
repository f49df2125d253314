"""The checkers of what was told: order, causes, claims, states, notifications; each sees its own kind of harm."""

from collections import Counter
from dataclasses import replace
from typing import Any

from services.notify.domain.directory import Known
from services.notify.subscribers import FEED
from services.talent.subscribers import MATCH
from shared.contracts.event import State
from shared.contracts.notify import NotificationDelivered
from shared.contracts.partnership import MatchConfirmed, NeedAmended, NeedPosted, NeedState
from shared.contracts.topics import key_of, topic_of
from shared.contracts.training import TeacherRegistered
from shared.messaging.delivery import Delivery
from tests.failures.campaign.checks.accounting import check_claims, check_feed
from tests.failures.campaign.checks.consequences import check_consequences
from tests.failures.campaign.checks.notices import check_deliveries, check_tellings, due_of
from tests.failures.campaign.checks.order import check_order
from tests.failures.campaign.checks.states import Owned, check_same
from tests.failures.campaign.evidence import Fact, Told, Word
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Entry
from tests.unit.campaign.histories import PLACE, Tables, done, fact, journal, record, told
from tests.unit.notify.world import golden

NEED = "need_1"
POSTED = fact(NeedPosted, "1", subject=NEED, sequence=1)
AMENDED = fact(NeedAmended, "2", subject=NEED, sequence=3)


def ordered(*facts: Fact) -> Harm:
    harm = Harm()
    check_order(told(*facts), harm)
    return harm


def test_versions_that_grow_with_gaps_are_in_order() -> None:
    assert ordered(POSTED, AMENDED).none


def test_an_earlier_version_behind_a_later_one_is_reordered() -> None:
    assert ordered(AMENDED, POSTED).counts == {"reordered": 1}


def test_facts_of_one_subject_on_two_partitions_are_reordered() -> None:
    assert ordered(POSTED, replace(AMENDED, place=(PLACE[0], 4))).counts == {"reordered": 1}


def test_two_facts_at_one_version_are_doubled() -> None:
    assert ordered(POSTED, replace(POSTED, id="3")).counts == {"doubled": 1}


def test_a_record_that_came_again_is_a_repeat_and_no_harm() -> None:
    heard = Told()
    delivery = replace(record(golden(NeedPosted)), topic=PLACE[0])
    for _ in range(2):
        heard.hear(delivery)

    assert (len(heard.facts), heard.repeats) == (1, 1)


def test_a_state_behind_a_newer_one_is_reordered_and_a_repeat_of_an_older_one_is_not() -> None:
    heard, harm = Told(), Harm()
    for version, id in ((2, "b"), (1, "a"), (1, "a"), (3, "c"), (2, "b")):
        heard.hear(record(golden(NeedState, version=version), version=version, id=id))
    check_order(heard, harm)

    assert harm.counts == {"reordered": 1}


async def consequences(told: Told, *entries: Entry, **tables: list[dict[str, Any]]) -> Harm:
    harm = Harm()
    named = {tuple(name.split("_", 1)): rows for name, rows in tables.items()}
    await check_consequences(journal(*entries), told, Tables(named), harm)
    return harm


async def test_one_cause_that_said_the_same_twice_is_doubled() -> None:
    one = replace(POSTED, causation="cause")

    assert (await consequences(told(one, replace(one, id="2")))).counts == {"doubled": 1}


async def test_a_need_for_which_nobody_was_proposed_is_lost() -> None:
    asked = done("post need", NEED, facts={"lines": 1, "programmes": 2})
    place = {"need_id": NEED, "line_no": 1, "status": "proposed"}
    proposed = [{**place, "candidate_id": name} for name in ("prog_1", "prog_2")]

    harm = await consequences(told(), asked, talent_proposal=proposed[:1], partnership_match=proposed)

    assert harm.counts == {"lost": 1}


async def test_a_proposal_that_never_became_a_match_is_lost_while_its_line_waits() -> None:
    asked = done("post need", NEED, facts={"lines": 2, "programmes": 1})
    met = {"need_id": NEED, "line_no": 2, "candidate_id": "prog_1", "status": "confirmed"}
    proposed = [{"need_id": NEED}, {"need_id": NEED}]

    harm = await consequences(told(), asked, talent_proposal=proposed, partnership_match=[met])

    assert harm.counts == {"lost": 1}


async def test_a_candidate_with_two_matches_for_one_line_is_doubled() -> None:
    match = {"need_id": NEED, "line_no": 1, "candidate_id": "prog_1", "status": "proposed"}

    assert (await consequences(told(), partnership_match=[match, match])).counts == {"doubled": 1}


async def test_an_answer_that_counts_twice_in_a_record_is_doubled() -> None:
    confirmed = fact(MatchConfirmed, "1")
    organization = golden(MatchConfirmed).candidate.organization_id
    record = {"id": organization, "confirmed": 2, "answered": 1}

    assert (await consequences(told(confirmed), talent_track_record=[record])).counts == {"doubled": 1}


async def test_a_teacher_without_an_account_is_lost() -> None:
    assert (await consequences(told(fact(TeacherRegistered, "1")))).counts == {"lost": 1}


def claimed(*ids: str) -> Harm:
    harm = Harm()
    check_claims(MATCH, [POSTED, AMENDED], set(ids), harm)
    return harm


def test_an_event_that_its_consumer_never_took_is_unaccounted() -> None:
    ids = [Delivery(PLACE[0], 0, 0, "", (("ce_id", b"1"), ("ce_source", b"/sunmao/partnership")), None).event_id]

    assert claimed(*ids).counts == {"unaccounted": 1}


def test_a_claim_of_what_was_never_told_is_unaccounted() -> None:
    harm = Harm()
    check_claims(FEED, [], {"stranger"}, harm)

    assert harm.counts == {"unaccounted": 1}


def test_a_feed_without_an_event_has_lost_it_and_with_two_of_it_doubled_it() -> None:
    harm = Harm()
    check_feed({"1": POSTED, "2": AMENDED}, Counter({"1": 2}), harm)

    assert harm.counts == {"lost": 1, "doubled": 1}


def owned(kept: State, told: State | None) -> Harm:
    harm = Harm()
    key = (topic_of(kept.wire), key_of(kept.wire, kept.subject))
    words = {key: Word(told.wire.type, told.subject, told.version, told.write())} if told else {}
    checked = Owned(words, harm)
    checked.compare(kept)
    checked.count_strangers()
    return harm


def test_a_state_that_is_told_as_it_is_kept_is_no_harm() -> None:
    state = golden(NeedState)

    assert owned(state, state).none


def test_a_state_that_was_never_told_is_a_mismatch() -> None:
    assert owned(golden(NeedState), None).counts == {"state_mismatches": 1}


def test_an_older_state_as_the_last_word_is_a_mismatch() -> None:
    now = golden(NeedState)

    assert owned(now, golden(NeedState, version=now.version - 1)).counts == {"state_mismatches": 1}


def test_a_state_that_nobody_keeps_is_a_mismatch() -> None:
    harm = Harm()
    Owned({("topic", "key"): Word("type", "need_1", 1, b"{}")}, harm).count_strangers()

    assert harm.counts == {"state_mismatches": 1}


def test_a_projection_that_differs_from_a_fresh_one_is_a_mismatch() -> None:
    harm = Harm()
    check_same("candidate", {"a": "1", "b": "1"}, {"a": "2"}, harm)

    assert harm.counts == {"state_mismatches": 2}


def tellings(*told: dict[str, Any]) -> Harm:
    harm = Harm()
    check_tellings({("1", "party", "need_posted"): {None}}, told, harm)
    return harm


TOLD = {"dedupe_key": "1", "recipient": "party", "template": "need_posted", "counted": []}


def test_what_was_due_and_told_once_is_no_harm() -> None:
    assert tellings(TOLD).none


def test_what_was_due_and_not_told_is_lost() -> None:
    assert tellings().counts == {"lost": 1}


def test_what_was_told_twice_is_counted() -> None:
    assert tellings(TOLD, TOLD).counts == {"notified_twice": 1}


def test_what_was_told_without_a_cause_is_counted() -> None:
    assert tellings(TOLD, {**TOLD, "dedupe_key": "2"}).counts == {"notified_twice": 1}


def test_a_delivery_of_which_two_facts_tell_is_counted() -> None:
    harm = Harm()
    check_deliveries({"ntf_1"}, Counter({"ntf_1": 2}), harm)

    assert harm.counts == {"notified_twice": 1}


def test_who_posts_a_need_is_due_to_be_told() -> None:
    owner = golden(NeedPosted).organization_id
    known, harm = {owner: Known(owner, 1, "enterprise", owner)}, Harm()

    [telling] = due_of([fact(NeedPosted, "1"), fact(NotificationDelivered, "2")], {}, known, harm)

    assert (telling[0], telling[2], harm.none) == ("1", "need_posted", True)


def test_a_party_whom_notify_does_not_know_was_lost_on_its_way() -> None:
    harm = Harm()
    due_of([fact(NeedPosted, "1")], {}, {}, harm)

    assert harm.counts == {"lost": 1}
