"""What is entered for a party, and who a party is."""

from datetime import UTC, datetime

import pytest

from services.notify import handlers
from services.notify.commands import EnterAddresses, EnterLocale, EnterPreferences
from services.notify.domain.party import Address, Locale, Party, SaidTwice, UnfitAddress, subject_of
from services.notify.domain.preference import Channel, EventClass, Mode, Preference, due_at
from services.notify.storage import NotifyWork
from services.notify.subscribers import agreement, organization, teacher
from shared.contracts.partnership import AgreementState, OrganizationState
from shared.contracts.training import TeacherState
from shared.errors import LostRace
from tests.fakes import MemoryStore, memory_work
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, golden

MAIL = Address(channel=Channel.EMAIL, address="office@example.org")


def enter(version: int, *addresses: Address) -> EnterAddresses:
    return EnterAddresses(party=ADMIN_E, organization_id=ENTERPRISE, version=version, addresses=addresses)


async def test_the_first_entry_makes_the_party_and_a_later_one_replaces_it() -> None:
    store = MemoryStore()
    work = memory_work(NotifyWork, store)
    first = await handlers.enter_addresses(enter(0, MAIL), work)
    await work.flush()

    second = await handlers.enter_addresses(enter(1), memory_work(NotifyWork, store))

    assert (first.version, first.addresses) == (1, (MAIL,))
    assert (second.version, second.addresses) == (2, ())


async def test_an_entry_over_a_version_that_was_not_seen_loses_the_race() -> None:
    store = MemoryStore()
    work = memory_work(NotifyWork, store)
    await handlers.enter_addresses(enter(0, MAIL), work)
    await work.flush()

    with pytest.raises(LostRace):
        await handlers.enter_addresses(enter(0), memory_work(NotifyWork, store))


async def test_an_address_is_in_no_event_no_audit_row_and_no_repr() -> None:
    store = MemoryStore()
    work = memory_work(NotifyWork, store)

    party = await handlers.enter_addresses(enter(0, MAIL), work)
    await work.flush()

    [changes] = store.changes
    assert store.records == []
    assert changes.audits[0]["act"] == "addresses.entered"
    assert MAIL.address not in f"{changes.audits} {party!r}"


async def test_preferences_and_language_are_kept_beside_each_other() -> None:
    store, weekly = MemoryStore(), Preference(event_class=EventClass.MATCH, channel=Channel.INBOX, mode=Mode.WEEKLY)
    about = {"party": ADMIN_E, "organization_id": ENTERPRISE}
    work = memory_work(NotifyWork, store)

    await handlers.enter_preferences(EnterPreferences(**about, version=0, preferences=(weekly,)), work)
    party = await handlers.enter_locale(EnterLocale(**about, version=1, locale=Locale.EN), work)

    assert (party.locale, party.preferences) == (Locale.EN, (weekly,))
    assert party.mode(EventClass.MATCH, Channel.INBOX) is Mode.WEEKLY
    assert party.mode(EventClass.MATCH, Channel.EMAIL) is Mode.IMMEDIATE


@pytest.mark.parametrize(
    ("channel", "address"),
    [("email", "nobody"), ("email", "a b@example.org"), ("webhook", "http://example.org"), ("inbox", "here")],
)
def test_an_address_must_fit_its_channel(channel: str, address: str) -> None:
    with pytest.raises(UnfitAddress):
        Party.blank(ADMIN_E).reached_at([Address(channel=Channel(channel), address=address)])


def test_nothing_is_entered_twice() -> None:
    off, daily = (
        Preference(event_class=EventClass.NEED, channel=Channel.INBOX, mode=mode) for mode in (Mode.OFF, Mode.DAILY)
    )

    with pytest.raises(SaidTwice):
        Party.blank(ADMIN_E).preferring([off, daily])
    with pytest.raises(SaidTwice):
        Party.blank(ADMIN_E).reached_at([MAIL, MAIL])


@pytest.mark.parametrize(
    ("mode", "now", "due"),
    [
        (Mode.IMMEDIATE, "2026-09-01T07:59:00+08:00", "2026-09-01T07:59:00+08:00"),
        (Mode.DAILY, "2026-09-01T07:59:00+08:00", "2026-09-01T08:00:00+08:00"),
        (Mode.DAILY, "2026-09-01T08:00:00+08:00", "2026-09-02T08:00:00+08:00"),
        # 2026-09-07 is a Monday.
        (Mode.WEEKLY, "2026-09-01T08:00:00+08:00", "2026-09-07T08:00:00+08:00"),
        (Mode.WEEKLY, "2026-09-07T07:00:00+08:00", "2026-09-07T08:00:00+08:00"),
        (Mode.WEEKLY, "2026-09-07T08:00:00+08:00", "2026-09-14T08:00:00+08:00"),
    ],
)
def test_a_digest_comes_at_eight_in_the_region(mode: Mode, now: str, due: str) -> None:
    asked = datetime.fromisoformat(now).astimezone(UTC)

    assert due_at(mode, asked) == datetime.fromisoformat(due)


@pytest.mark.parametrize(("party", "subject"), [(ADMIN_E, ENTERPRISE), ("person:tch_1", "tch_1")])
def test_a_party_is_looked_up_by_its_person_or_organisation(party: str, subject: str) -> None:
    assert subject_of(party) == subject


def test_states_of_others_say_who_answers_for_what() -> None:
    school, signed, person = golden(OrganizationState), golden(AgreementState), golden(TeacherState)

    home = {"organization_id": school.organization_id, "region_code": school.region_code}
    assert organization(school) == {"kind": school.kind, **home}
    assert teacher(person) == {"kind": "teacher", "organization_id": person.university_id, "region_code": None}
    assert agreement(signed) == {"sides": [party.model_dump() for party in signed.parties]}
