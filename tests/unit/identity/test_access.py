"""What a route may ask, and whom it then lets in."""

import pytest

from shared.errors import Forbidden
from shared.identity.access import Access, allow, from_document, public
from shared.identity.principal import Principal
from shared.identity.refusals import RoleNotAllowed

POST_NEED = allow("enterprise_admin", "teacher", scope="partnership:write", alliance_wide=("alliance_office",))


def holder(*roles: str, scopes: tuple[str, ...] = ()) -> Principal:
    return Principal(subject="u", organization_id="org_e", roles=frozenset(roles), scopes=frozenset(scopes))


def test_a_role_that_is_named_is_let_in_and_acts_as_that_role() -> None:
    who = POST_NEED.admit(holder("enterprise_admin", "student"))

    assert (who.acting_as, who.alliance_wide) == ("enterprise_admin", False)


@pytest.mark.parametrize("who", [holder("student"), holder(), holder("student", scopes=("partnership:write",))])
def test_who_has_no_role_that_is_named_is_refused(who: Principal) -> None:
    with pytest.raises(RoleNotAllowed) as caught:
        POST_NEED.admit(who)

    assert isinstance(caught.value, Forbidden)
    assert "one of these roles: enterprise," in caught.value.say("en")
    assert "partnership:write" in caught.value.say("zh")


@pytest.mark.parametrize(
    ("access", "zh", "en"),
    [
        (
            allow("teacher", scope="training:read"),
            "此操作需要以下角色之一：教师；机器客户端需要权限范围 training:read。",
            "This needs one of these roles: teacher; a machine client needs the scope training:read.",
        ),
        (
            allow("student", scope=None),
            "此操作需要以下角色之一：学生；不对机器客户端开放。",
            "This needs one of these roles: student; machine clients may not do it.",
        ),
        (allow(scope="events:read"), "此操作需要权限范围 events:read。", "This needs the scope events:read."),
    ],
)
def test_a_refusal_names_only_what_would_let_in(access: Access, zh: str, en: str) -> None:
    with pytest.raises(RoleNotAllowed) as caught:
        access.admit(holder())

    assert (caught.value.say("zh"), caught.value.say("en")) == (zh, en)


def test_a_machine_client_is_let_in_by_its_scope() -> None:
    who = POST_NEED.admit(holder(scopes=("partnership:write",)))

    assert (who.acting_as, who.alliance_wide) == ("subscriber", False)


@pytest.mark.parametrize("scope", ["partnership:read", "training:write"])
def test_a_machine_client_with_another_scope_is_refused(scope: str) -> None:
    with pytest.raises(RoleNotAllowed):
        POST_NEED.admit(holder(scopes=(scope,)))


def test_a_route_without_scope_is_shut_to_machine_clients() -> None:
    with pytest.raises(RoleNotAllowed):
        allow("student", scope=None).admit(holder(scopes=("training:write",)))


def test_a_route_without_roles_lets_in_by_scope_alone() -> None:
    assert allow(scope="events:read").admit(holder("ops", scopes=("events:read",))).acting_as == "subscriber"


def test_the_role_that_reaches_furthest_acts() -> None:
    office = POST_NEED.admit(holder("enterprise_admin", "alliance_office"))
    admin = allow("teacher", "enterprise_admin", scope=None).admit(holder("teacher", "enterprise_admin"))

    assert (office.acting_as, office.alliance_wide) == ("alliance_office", True)
    assert (admin.acting_as, admin.alliance_wide) == ("enterprise_admin", False)


def test_machine_clients_may_be_given_alliance_wide_reach() -> None:
    access = allow(scope="events:read", alliance_wide=("subscriber",))

    assert access.admit(holder(scopes=("events:read",))).alliance_wide


@pytest.mark.parametrize(
    "declare",
    [
        lambda: allow("headmaster", scope=None),
        lambda: allow("teacher", scope="partnership"),
        lambda: allow("teacher", scope="partnership:delete"),
        lambda: allow("teacher", scope=None, alliance_wide=("emperor",)),
        lambda: allow(scope=None),
        lambda: Access(roles=("teacher",), public=True),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused_when_it_is_written(declare) -> None:
    with pytest.raises(ValueError, match=r"role|scope"):
        declare()


@pytest.mark.parametrize("access", [POST_NEED, public(), allow(scope="events:read"), allow("ops", scope=None)])
def test_what_the_document_shows_is_what_was_declared(access: Access) -> None:
    assert from_document(access.document()) == access


def test_a_document_of_another_form_is_refused() -> None:
    with pytest.raises(TypeError, match="AccessRouter"):
        from_document({"roles": ["ops"]})
