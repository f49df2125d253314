"""Nobody reads or changes what belongs to another organisation unless a rule says so."""

from dataclasses import dataclass

import pytest

from shared.errors import NotFound
from shared.identity.principal import Principal
from shared.identity.scope import Hidden, colleague, reach, sees, visible, within


@dataclass(frozen=True)
class Need:
    owners: frozenset[str]
    visibility: str = "parties"
    kind: str = "need"


@dataclass(frozen=True)
class Account:
    owners: frozenset[str]


def caller(role: str, org: str | None = "org_e", *persons: str, wide: bool = False) -> Principal:
    return Principal(
        subject="u",
        organization_id=org,
        roles=frozenset({role}),
        persons=frozenset(persons),
        acting_as=role,
        alliance_wide=wide,
    )


NEED = Need(owners=frozenset({"org_e", "org_u"}))
STRANGER = caller("enterprise_admin", "org_x")


@pytest.mark.parametrize("org", ["org_e", "org_u"])
def test_owner_and_party_may_read_and_write(org: str) -> None:
    who = caller("enterprise_admin", org)

    assert within(who, NEED) is NEED
    assert sees(who, NEED) is NEED


@pytest.mark.parametrize("check", [within, sees, colleague])
def test_a_stranger_is_answered_as_if_the_thing_did_not_exist(check) -> None:
    with pytest.raises(Hidden) as caught:
        check(STRANGER, NEED)

    missing = NotFound(kind="need")
    assert (caught.value.code, caught.value.say("en")) == (missing.code, missing.say("en"))


def test_the_person_whose_it_is_may_read_and_write() -> None:
    account = Account(owners=frozenset({"stu_1", "org_u"}))

    assert within(caller("student", "org_u", "stu_1"), account) is account


def test_a_student_is_not_let_in_by_their_universitys_ownership() -> None:
    account = Account(owners=frozenset({"stu_1", "org_u"}))

    with pytest.raises(Hidden):
        sees(caller("student", "org_u", "stu_2"), account)


def test_what_an_organisation_opens_to_its_people_they_reach_as_colleagues() -> None:
    assert colleague(caller("teacher", "org_u", "tch_1"), NEED) is NEED


@pytest.mark.parametrize(
    ("visibility", "who", "seen"),
    [
        ("parties", STRANGER, False),
        ("alliance", STRANGER, True),
        ("public", STRANGER, True),
        ("alliance", caller("ops", None), False),
        ("public", caller("ops", None), True),
        ("whatever", STRANGER, False),
    ],
)
def test_visibility_opens_reading(visibility: str, who: Principal, seen: bool) -> None:
    assert visible(who, Need(owners=NEED.owners, visibility=visibility)) is seen


@pytest.mark.parametrize("visibility", ["alliance", "public"])
def test_visibility_never_opens_writing(visibility: str) -> None:
    with pytest.raises(Hidden):
        within(STRANGER, Need(owners=NEED.owners, visibility=visibility))


def test_alliance_wide_reach_opens_both() -> None:
    who = caller("alliance_office", "org_a", wide=True)

    assert within(who, NEED) is NEED
    assert sees(who, NEED) is NEED
    assert colleague(who, NEED) is NEED


def test_a_caller_without_organisation_and_person_owns_nothing() -> None:
    with pytest.raises(Hidden):
        within(caller("ops", None), Need(owners=frozenset()))


def test_a_list_is_limited_to_the_callers_own_owners() -> None:
    assert reach(caller("enterprise_admin", "org_e", "per_1")) == {"org_e", "per_1"}
    assert reach(caller("student", "org_u", "stu_1")) == {"stu_1"}
    assert reach(caller("alliance_office", wide=True)) is None
