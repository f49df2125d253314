"""Who a caller is to events, lists and notifications."""

from dataclasses import replace

from shared.identity.principal import Principal

OFFICE = Principal(
    subject="u-1",
    organization_id="org_u",
    roles=frozenset({"university_hr", "teacher"}),
    persons=frozenset({"tch_2", "per_1"}),
    acting_as="university_hr",
)


def test_the_actor_is_the_role_and_the_person() -> None:
    assert OFFICE.actor == "university_hr:per_1"


def test_without_a_person_the_actor_is_the_subject() -> None:
    assert replace(OFFICE, persons=frozenset()).actor == "university_hr:u-1"


def test_a_machine_client_acts_as_subscriber() -> None:
    assert Principal(subject="feed-reader").actor == "subscriber:feed-reader"


def test_parties_are_all_persons_and_all_roles_in_the_organisation() -> None:
    assert OFFICE.parties == {
        "person:tch_2",
        "person:per_1",
        "role:university_hr@org_u",
        "role:teacher@org_u",
    }


def test_without_an_organisation_there_are_persons_only() -> None:
    assert replace(OFFICE, organization_id=None).parties == {"person:tch_2", "person:per_1"}


def test_an_office_acts_for_its_organisation_and_a_teacher_for_themselves() -> None:
    assert OFFICE.identities == {"tch_2", "per_1", "org_u"}
    assert replace(OFFICE, acting_as="teacher").identities == {"tch_2", "per_1"}


def test_the_office_of_the_alliance_is_a_party_of_everybody_in_it() -> None:
    inside = replace(OFFICE, roles=frozenset({"alliance_office"}))

    assert "role:alliance_office@alliance" in inside.parties
    assert "role:alliance_office@alliance" in replace(inside, organization_id=None).parties
    assert not any(party.endswith("@alliance") for party in OFFICE.parties)
