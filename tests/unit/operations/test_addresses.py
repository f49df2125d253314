"""Where the services are, by edition and environment."""

import pytest

from shared.contracts.registry import SERVICES
from shared.operations.addresses import PORTS, Addresses


def test_every_service_has_a_port_of_its_own() -> None:
    assert sorted(PORTS) == sorted(SERVICES)
    assert len(set(PORTS.values())) == len(PORTS)


def test_embedded_all_are_under_one_address() -> None:
    found = Addresses.read({})

    assert found.services["talent"] == "http://127.0.0.1:8000/talent"
    assert found.issuer == "http://127.0.0.1:8000/identity"


@pytest.mark.parametrize("url", ["https://town.example", "https://town.example/"])
def test_embedded_that_address_can_be_named(url: str) -> None:
    found = Addresses.read({"SUNMAO_URL": url})

    assert found.services["notify"] == "https://town.example/notify"
    assert found.issuer == "https://town.example/identity"


def test_distributed_each_is_at_its_own() -> None:
    found = Addresses.read({"SUNMAO_EDITION": "distributed"})

    assert found.services == {name: f"http://127.0.0.1:{port}" for name, port in PORTS.items()}
    assert found.issuer == "http://127.0.0.1:8010"


def test_distributed_each_can_be_named() -> None:
    environ = {
        "SUNMAO_EDITION": "distributed",
        "SUNMAO_URL": "https://not.this",
        "SUNMAO_TALENT_URL": "https://talent.example/",
        "SUNMAO_ISSUER_URL": "https://login.example/realms/alliance",
    }

    found = Addresses.read(environ)

    assert found.services["talent"] == "https://talent.example"
    assert found.services["notify"] == "http://127.0.0.1:8004"
    assert found.issuer == "https://login.example/realms/alliance"
