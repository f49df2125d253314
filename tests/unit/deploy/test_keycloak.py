"""The realm that the compose file's profile `identity` imports, beside what the services read of a token."""

import json
from pathlib import Path
from typing import Any, Final

from shared.identity.principal import ROLES

REALM: Final[dict[str, Any]] = json.loads(Path("deploy/keycloak/sunmao-realm.json").read_text(encoding="utf-8"))
SCOPES: Final = {scope["name"]: scope for scope in REALM["clientScopes"]}


def mapped() -> dict[str, dict[str, Any]]:
    """What the scope `sunmao` puts into a token, by claim."""
    mappers = SCOPES["sunmao"]["protocolMappers"]
    return {mapper["config"].get("claim.name", "aud"): mapper["config"] for mapper in mappers}


def test_the_roles_are_those_that_the_services_know() -> None:
    assert {role["name"] for role in REALM["roles"]["realm"]} == ROLES


def test_a_token_holds_the_claims_that_the_services_read() -> None:
    claims = mapped()

    assert claims["aud"]["included.custom.audience"] == "sunmao"
    assert set(claims) == {"aud", "roles", "org", "person"}
    assert all(config["access.token.claim"] == "true" for config in claims.values())
    assert (claims["roles"]["multivalued"], claims["org"]["multivalued"]) == ("true", "false")


def test_only_administrators_say_whose_organisation_and_which_persons_somebody_is() -> None:
    [profile] = REALM["components"]["org.keycloak.userprofile.UserProfileProvider"]
    attributes = json.loads(profile["config"]["kc.user.profile.config"][0])["attributes"]

    edited_by = {attribute["name"]: attribute["permissions"]["edit"] for attribute in attributes}
    assert edited_by["organization"] == edited_by["person"] == ["admin"]


def test_machine_clients_have_scopes_and_no_roles() -> None:
    machines = [client for client in REALM["clients"] if client["serviceAccountsEnabled"]]

    assert {client["clientId"] for client in machines} >= {"alertmanager", "example-subscriber"}
    for client in machines:
        assert client["fullScopeAllowed"] is False
        assert set(client["defaultClientScopes"]) <= {"basic", *SCOPES}
        assert not client["publicClient"]
        assert "secret" not in client


def test_every_client_gets_the_claims() -> None:
    assert all("sunmao" in client["defaultClientScopes"] for client in REALM["clients"])
