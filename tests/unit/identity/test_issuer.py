"""The local issuer: anybody's role in development, nobody's in production."""

import base64
import stat

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from shared.identity.issuer import KeyFolder, LocalIssuer, NotInProduction, application, register
from shared.identity.issuer.local import NotIssuable
from shared.identity.keys import RememberedKeys, readable
from shared.identity.tokens import TokenVerifier

URL = "http://issuer.test"
ROLE = {"grant_type": "urn:sunmao:grant:role"}
CLIENT = {"grant_type": "client_credentials"}


@pytest.fixture
def clients(tmp_path):
    return tmp_path / "clients.json"


@pytest.mark.parametrize("environment", ["production", "Production "])
def test_it_does_not_start_in_production(folder, environment: str) -> None:
    with pytest.raises(NotInProduction, match="OpenID provider"):
        LocalIssuer(URL, folder, environment=environment)


async def test_the_discovery_document_leads_to_the_keys(http) -> None:
    document = (await http.get("/.well-known/openid-configuration")).json()

    keys = (await http.get(document["jwks_uri"])).json()["keys"]
    assert document["issuer"] == URL
    assert document["token_endpoint"] == f"{URL}/token"
    assert [key["alg"] for key in keys] == ["ES256"]
    assert not any("d" in key for key in keys)


async def test_a_role_is_given_to_whoever_asks(http, verifier) -> None:
    form = ROLE | {"role": "teacher university_hr", "organization": "org_u", "person": ["tch_1", "per_1"]}

    granted = await http.post("/token", data=form | {"test": "true"})

    who = await verifier.verify(granted.json()["access_token"])
    assert (granted.json()["token_type"], granted.json()["expires_in"]) == ("Bearer", 3600)
    assert granted.headers["cache-control"] == "no-store"
    assert (who.roles, who.organization_id) == ({"teacher", "university_hr"}, "org_u")
    assert (who.persons, who.test, who.subject) == ({"tch_1", "per_1"}, True, "per_1")


async def test_without_a_person_the_subject_is_the_role_in_its_organisation(http, verifier) -> None:
    granted = await http.post("/token", data=ROLE | {"role": "government", "organization": "org_g"})

    who = await verifier.verify(granted.json()["access_token"])
    assert (who.subject, who.test) == ("local.government.org_g", False)


async def test_a_token_lives_for_an_hour(http, verifier, clock) -> None:
    token = (await http.post("/token", data=ROLE | {"role": "ops"})).json()["access_token"]

    clock.now += 3600 + 59
    assert (await verifier.verify(token)).roles == {"ops"}
    clock.now += 1
    with pytest.raises(Exception, match="expired"):
        await verifier.verify(token)


@pytest.mark.parametrize("how", ["post", "basic"])
async def test_a_machine_client_gets_its_scopes_for_its_secret(http, verifier, clients, how: str) -> None:
    secret = register(clients, "feed", ("events:read", "partnership:read"), organization_id="org_s", test=True)
    sent = {"client_id": "feed", "client_secret": secret} if how == "post" else {}
    basic = httpx.BasicAuth("feed", secret) if how == "basic" else None

    granted = await http.post("/token", data=CLIENT | sent | {"scope": "events:read"}, auth=basic)

    who = await verifier.verify(granted.json()["access_token"])
    assert granted.json()["scope"] == "events:read"
    assert (who.subject, who.roles, who.scopes) == ("feed", set(), {"events:read"})
    assert (who.organization_id, who.test) == ("org_s", True)


async def test_a_machine_client_that_asks_for_no_scope_gets_all_of_its_own(http, clients) -> None:
    secret = register(clients, "feed", ("events:read", "partnership:read"))

    granted = await http.post("/token", data=CLIENT | {"client_id": "feed", "client_secret": secret})

    assert granted.json()["scope"] == "events:read partnership:read"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"role": "ops"}, 400, "unsupported_grant_type"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        (CLIENT, 401, "invalid_client"),
        (CLIENT | {"client_id": "feed", "client_secret": "wrong"}, 401, "invalid_client"),
        (CLIENT | {"client_id": "nobody", "client_secret": "known"}, 401, "invalid_client"),
        (CLIENT | {"client_id": ["feed", "feed"], "client_secret": "known"}, 400, "invalid_request"),
        (CLIENT | {"client_id": "feed", "client_secret": "known", "scope": "training:write"}, 400, "invalid_scope"),
        (ROLE, 400, "invalid_request"),
        (ROLE | {"role": "emperor"}, 400, "invalid_request"),
        (ROLE | {"role": "ops", "organization": "org 1"}, 400, "invalid_request"),
        (ROLE | {"role": "ops", "person": "per/1"}, 400, "invalid_request"),
        (ROLE | {"role": "ops", "subject": "a b"}, 400, "invalid_request"),
        (ROLE | {f"f{number}": "x" for number in range(60)}, 400, "invalid_request"),
        (ROLE | {"role": "x" * 20_000}, 413, "invalid_request"),
    ],
)
async def test_a_request_that_cannot_be_granted_says_why(http, clients, form, status: int, error: str) -> None:
    register(clients, "feed", ("events:read",), secret="known")

    answer = await http.post("/token", data=form)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert "known" not in answer.text


@pytest.mark.parametrize("credentials", ["!!!", base64.b64encode(b"\xff").decode()])
async def test_an_unreadable_client_header_is_refused(http, credentials: str) -> None:
    answer = await http.post("/token", data=CLIENT, headers={"Authorization": f"Basic {credentials}"})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Basic realm="sunmao"')


async def test_json_is_not_a_form(http) -> None:
    answer = await http.post("/token", json=ROLE | {"role": "ops"})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_the_file_of_clients_keeps_no_secret_and_is_its_owners(clients) -> None:
    secret = register(clients, "feed", ("events:read",))
    register(clients, "other", ("partnership:read",))

    assert secret not in clients.read_text()
    assert stat.S_IMODE(clients.stat().st_mode) == 0o600
    assert {"feed", "other"} <= set(clients.read_text().split('"'))


def test_registering_again_replaces_the_secret(issuer, clients) -> None:
    old, new = register(clients, "feed", ("events:read",)), register(clients, "feed", ("events:read",))

    client = issuer.client("feed")
    assert (client.proves(old), client.proves(new)) == (False, True)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path) -> None:
    first = KeyFolder(tmp_path / "keys").signing()

    again = KeyFolder(tmp_path / "keys").signing()

    (file,) = (tmp_path / "keys").iterdir()
    assert first.kid == again.kid
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_rotated_key_stays_published_until_its_tokens_are_dead(folder, clock) -> None:
    first = folder.signing().kid
    clock.now += 10
    second = folder.rotate()

    clock.now += 7200
    third = folder.rotate()
    kept = [key["kid"] for key in folder.public()]
    clock.now += 1
    fourth = folder.rotate()

    assert folder.signing().kid == fourth
    assert kept == [first, second, third]
    assert [key["kid"] for key in folder.public()] == [second, third, fourth]


async def test_a_process_that_holds_the_folder_verifies_without_http(issuer, folder, clock) -> None:
    verifier = TokenVerifier(RememberedKeys(folder.fetch, monotonic=clock), issuer=URL, now=clock)

    who = await verifier.verify(issuer.issue(roles=["ops"], subject="cli"))

    assert who.subject == "cli"


def test_no_token_is_issued_that_no_verifier_would_take(issuer) -> None:
    with pytest.raises(NotIssuable, match="emperor"):
        issuer.issue(roles=["emperor"])


async def test_mounted_under_a_path_it_still_answers(folder, clock) -> None:
    issuer = LocalIssuer("http://town.test/identity", folder, environment="development", now=clock)
    town = Starlette(routes=[Mount("/identity", app=application(issuer))])
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=town))

    document = (await http.get("http://town.test/identity/.well-known/openid-configuration")).json()

    keys = readable((await http.get(document["jwks_uri"])).json()["keys"])
    assert set(keys) == {folder.signing().kid}
