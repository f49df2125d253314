"""Every declared route of every service: who is let in, in which role, to whose things. None is left out.

The order of refusals is that of the door: nobody known (401), not in this role or scope (403), not theirs (404).
"""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry

from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.identity.issuer.app import application
from shared.identity.principal import PERSONAL_ROLES
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.embedded import Town
from shared.operations.folder import Folder
from shared.web.batches.marking import address_of
from shared.web.service import installed_services
from tests.fakes import NOON
from tests.integration.access.declared import (
    AMONG_COLLEAGUES,
    BEYOND_ONE_S_OWN,
    BY_SCOPE,
    IN_BATCHES,
    NAMED_IN_THE_BODY,
    NEW,
    NOT_LISTED,
    OF_EVERYBODY,
    OF_OPERATORS,
    OF_THE_ALLIANCE,
    OF_THE_MONITORING,
    PUBLIC,
    PUBLIC_IN,
)
from tests.integration.access.town import ADDRESS, SCOPES, Caller, Route, filled, furnish

pytestmark = pytest.mark.asyncio(loop_scope="module")

SERVICES = sorted(installed_services())
each_service = pytest.mark.parametrize("service", SERVICES)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def caller(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Caller]:
    """The embedded edition on files of this test, with one thing of each kind, and whoever calls on it."""
    town = Town(
        installed_services(),
        Folder(tmp_path_factory.mktemp("town")),
        address=ADDRESS,
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings("test")),
        clock=lambda: NOON,
        environment="test",
    )
    made = Caller(town, await furnish(town))
    yield made
    await made.client.aclose()
    for parts in town.parts.values():
        await parts.runtime.database.close()


def guarded(caller: Caller, service: str) -> list[Route]:
    return [route for route in caller.routes if route.service == service and not route.access.public]


def owned(caller: Caller, service: str) -> list[Route]:
    """The routes about one thing that belongs to somebody."""
    shared = BY_SCOPE.get(service, set()) | OF_THE_ALLIANCE.get(service, set()) | OF_EVERYBODY
    about = [r for r in guarded(caller, service) if r.is_about_one or r.name in NAMED_IN_THE_BODY.get(service, set())]
    return [route for route in about if route.bound_roles and route.name not in shared]


def everywhere(routes: list[Route], status: int) -> dict[str, int]:
    return {route.name: status for route in routes}


@each_service
async def test_public_is_what_the_architecture_names_and_nothing_else(caller: Caller, service: str) -> None:
    public = [route for route in caller.routes if route.service == service and route.access.public]

    assert {route.name for route in public} == PUBLIC | PUBLIC_IN.get(service, set())
    assert await caller.statuses(public) == everywhere(public, 200)


async def test_beside_the_services_there_are_probes_one_page_and_the_issuer(caller: Caller) -> None:
    paths = {str(getattr(route, "path", "")) for route in caller.town.app.routes}
    issuer = {str(getattr(route, "path", "")) for route in application(caller.town.issuer).routes}

    assert paths == {"/", "/livez", "/readyz", "/metrics", "/identity", *(f"/{name}" for name in SERVICES)}
    assert issuer == {"/.well-known/openid-configuration", "/jwks", "/token"}


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("10.0.0.7", 404)])
async def test_the_page_is_shown_on_this_machine_alone(caller: Caller, host: str, status: int) -> None:
    transport = httpx.ASGITransport(caller.town.app, client=(host, 4711))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        assert (await client.get("/")).status_code == status


@each_service
@pytest.mark.parametrize("token", [None, "not-a-token"])
async def test_who_is_not_known_is_asked_who_they_are(caller: Caller, service: str, token: str | None) -> None:
    routes = guarded(caller, service)

    assert await caller.statuses(routes, token) == everywhere(routes, 401)


@each_service
async def test_nobody_comes_in_in_a_role_that_is_not_named(caller: Caller, service: str) -> None:
    home = caller.things[service].organizations[0]
    asked = [(route, role) for route in guarded(caller, service) for role in route.other_roles]

    answers = {(r.name, role): (await caller.ask(r, caller.token(role, home))).status_code for r, role in asked}

    assert {route.name for route, _ in asked} == {route.name for route in guarded(caller, service)}
    assert {what: status for what, status in answers.items() if status != 403} == {}


@each_service
async def test_a_machine_with_every_scope_but_the_right_one_is_refused(caller: Caller, service: str) -> None:
    routes = guarded(caller, service)
    home = caller.things[service].organizations[0]

    answers = {}
    for route in routes:
        token = caller.token(None, home, scopes=SCOPES - {route.access.scope})
        answers[route.name] = (await caller.ask(route, token)).status_code

    assert answers == everywhere(routes, 403)


@each_service
async def test_a_person_does_not_come_in_by_a_scope(caller: Caller, service: str) -> None:
    routes = [route for route in guarded(caller, service) if route.access.roles and route.other_roles]

    answers = {}
    for route in routes:
        token = caller.token(route.other_roles[0], caller.stranger, scopes=SCOPES)
        answers[route.name] = (await caller.ask(route, token)).status_code

    assert answers == everywhere(routes, 403)


@each_service
async def test_a_stranger_in_an_allowed_role_finds_nothing(caller: Caller, service: str) -> None:
    asked = [(route, role) for route in owned(caller, service) for role in route.bound_roles]
    person = new_id("teacher")

    found = {
        (route.name, role): (await caller.ask(route, caller.token(role, caller.stranger, [person]))).status_code
        for route, role in asked
    }

    assert {what: status for what, status in found.items() if status != 404} == {}


@each_service
async def test_a_stranger_s_machine_finds_nothing(caller: Caller, service: str) -> None:
    routes = [route for route in owned(caller, service) if route.access.scope]

    found = {}
    for route in routes:
        token = caller.token(None, caller.stranger, scopes=[str(route.access.scope)])
        found[route.name] = (await caller.ask(route, token)).status_code

    assert found == everywhere(routes, 404)


@each_service
async def test_who_acts_for_themselves_finds_nothing_of_a_colleague(caller: Caller, service: str) -> None:
    asked = [
        (route, role, organization)
        for route in owned(caller, service)
        for role in PERSONAL_ROLES.intersection(route.bound_roles)
        for organization in caller.things[service].organizations
    ]

    found = {
        (route.name, role, home): (await caller.ask(route, caller.token(role, home, [new_id("teacher")]))).status_code
        for route, role, home in asked
    }

    assert {what: s for what, s in found.items() if s != AMONG_COLLEAGUES.get(what[0], 404)} == {}


@each_service
async def test_whoever_a_thing_belongs_to_finds_it(caller: Caller, service: str) -> None:
    lost = [route.name for route in owned(caller, service) if not await is_found(caller, route)]

    assert lost == []


async def is_found(caller: Caller, route: Route) -> bool:
    """Whether somebody to whom the thing belongs is let through to it, whatever then comes of it."""
    for token in (token for role in route.bound_roles for token in caller.insiders(route.service, role)):
        if (await caller.ask(route, token)).status_code not in {401, 403, 404}:
            return True
    return False


@each_service
async def test_what_the_alliance_shares_is_seen_by_its_members_alone(caller: Caller, service: str) -> None:
    routes = [route for route in guarded(caller, service) if route.name in OF_THE_ALLIANCE.get(service, set())]

    asked = [(route, role) for route in routes for role in route.bound_roles if role not in PERSONAL_ROLES]
    members = {(await caller.ask(r, caller.token(role, caller.stranger))).status_code for r, role in asked}
    others = {(await caller.ask(route, caller.token(role))).status_code for route, role in asked}

    assert (members, others) == (({200}, {404}) if asked else (set(), set()))


@each_service
async def test_the_rules_are_read_by_everybody_who_is_signed_in(caller: Caller, service: str) -> None:
    routes = [route for route in guarded(caller, service) if route.name in OF_EVERYBODY]

    answers = {(await caller.ask(r, caller.token(role))).status_code for r in routes for role in r.access.roles}

    assert {route.name for route in routes} == (OF_EVERYBODY if installed_services()[service].rule_shapes else set())
    assert {401, 403, 404}.isdisjoint(answers)


@each_service
async def test_what_reaches_every_organisation_s_things_is_known_by_name(caller: Caller, service: str) -> None:
    wide = [route for route in guarded(caller, service) if route.is_about_one and not route.bound_roles]

    answers = {route.name: (await caller.ask(route, caller.token(route.access.roles[0]))).status_code for route in wide}

    assert answers.keys() == OF_OPERATORS | BEYOND_ONE_S_OWN.get(service, set())
    assert {401, 403, 404}.isdisjoint(answers.values())


@each_service
async def test_every_other_act_makes_a_thing_of_one_s_own(caller: Caller, service: str) -> None:
    acts = [route for route in guarded(caller, service) if route.method != "GET" and not route.is_about_one]
    known = NEW.get(service, set()) | NAMED_IN_THE_BODY.get(service, set()) | OF_THE_MONITORING.get(service, set())
    batches = {f"POST {address_of(name.partition(' ')[2])}" for name in IN_BATCHES.get(service, set())}

    assert {route.name for route in acts if "/operations/" not in route.path} == known | batches


def in_batches(caller: Caller, service: str) -> list[Route]:
    """The acts that may be done in batches."""
    return [route for route in guarded(caller, service) if route.name in IN_BATCHES.get(service, set())]


@each_service
async def test_acts_are_done_in_batches_by_whom_they_are_done_alone(caller: Caller, service: str) -> None:
    open_to = {route.name: route.access for route in guarded(caller, service)}

    acts = {route.name: route.access for route in in_batches(caller, service)}

    assert acts == {name: open_to[f"POST {address_of(name.partition(' ')[2])}"] for name in acts}


@each_service
async def test_a_stranger_s_row_finds_nothing_either(caller: Caller, service: str) -> None:
    asked = [(route, role) for route in in_batches(caller, service) for role in route.bound_roles]

    found = {
        (route.name, role): (await caller.rows(route, caller.token(role, caller.stranger)))[0]["status"]
        for route, role in asked
    }

    assert {what: status for what, status in found.items() if status != 404} == {}


@each_service
async def test_whoever_a_thing_belongs_to_finds_it_in_a_row(caller: Caller, service: str) -> None:
    found: dict[str, set[int]] = {}
    for route in in_batches(caller, service):
        tokens = [token for role in route.bound_roles for token in caller.insiders(service, role)]
        found[route.name] = {(await caller.rows(route, token))[0]["status"] for token in tokens}

    assert [name for name, statuses in found.items() if statuses <= {401, 403, 404}] == []
    assert not any(500 in statuses for statuses in found.values())


@each_service
async def test_an_empty_body_is_refused_once_its_sender_is_let_in(caller: Caller, service: str) -> None:
    routes = [route for route in guarded(caller, service) if route.name in NEW.get(service, set())]
    home = caller.things[service].organizations[0]

    answers = {r.name: (await caller.ask(r, caller.token(r.access.roles[0], home))).status_code for r in routes}

    assert answers == everywhere(routes, 422)


def hidden(caller: Caller, service: str) -> dict[str, str]:
    """The ids of the service's things that are not the whole alliance's."""
    shared = {name.partition(" /v1/")[2] for name in OF_THE_ALLIANCE.get(service, set())}
    return {name: id for name, id in caller.things[service].ids.items() if name not in shared}


def lists(caller: Caller, service: str) -> list[Route]:
    """The routes that list things which belong to somebody."""
    return [
        route
        for route in guarded(caller, service)
        if route.method == "GET"
        and not route.is_about_one
        and route.bound_roles
        and route.access.scope != "events:read"
    ]


@each_service
async def test_a_list_shows_a_stranger_nothing_that_is_hidden_one_by_one(caller: Caller, service: str) -> None:
    asked = [(route, role) for route in lists(caller, service) for role in route.bound_roles]

    told = {(r.name, role): (await caller.ask(r, caller.token(role, caller.stranger))).text for r, role in asked}

    ids = hidden(caller, service).values()
    assert {what: text for what, text in told.items() if any(id in text for id in ids)} == {}


@each_service
async def test_a_list_shows_what_is_one_s_own(caller: Caller, service: str) -> None:
    asked = [
        (route, token)
        for route in lists(caller, service)
        for role in route.bound_roles
        for token in caller.insiders(service, role)
    ]

    told = " ".join([(await caller.ask(route, token)).text for route, token in asked])

    unlisted = {name for name, id in hidden(caller, service).items() if id not in told}
    assert unlisted == NOT_LISTED.get(service, set())


@pytest.mark.parametrize("path", ["/v1/inventions/{invention_id}", "/v1/needs/{need_id}/offers/{offer_id}"])
async def test_a_route_that_nobody_has_filled_fails_these_tests(caller: Caller, path: str) -> None:
    route = Route("partnership", "GET", path, allow("ops", scope=None))

    with pytest.raises(LookupError, match=r"things\.py what (inventions|offers)/"):
        filled(route, caller.things["partnership"].ids)


async def test_a_body_that_nobody_has_written_fails_these_tests(caller: Caller) -> None:
    (route,) = (r for r in caller.routes if r.name == "POST /v1/bases/{base_id}/closure")
    things = {name: replace(of, bodies={}) for name, of in caller.things.items()}

    with pytest.raises(LookupError, match="what POST /v1/bases/"):
        Caller(caller.town, things).body(route)
