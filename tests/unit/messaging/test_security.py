"""How a client comes to the brokers is the same in every library's words, and no password is in any text of it."""

from pathlib import Path

import pytest
from faststream.kafka.security import parse_security

from shared.messaging.security import Brokers, Certificates, Credentials
from tests.certificates import Authority

PLACES = ("one:9092", "two:9092")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    authority = Authority(tmp_path_factory.mktemp("authority"))
    own = authority.issue("training")
    return Certificates(authority.ca, own.certificate, own.key)


def test_brokers_that_ask_nobody() -> None:
    brokers = Brokers.open_to_all("one:9092,two:9092")

    assert brokers == Brokers.open_to_all(["one:9092", "two:9092"])
    assert brokers.for_aiokafka() == {"bootstrap_servers": list(PLACES), "security_protocol": "PLAINTEXT"}
    assert brokers.for_librdkafka() == {"bootstrap.servers": "one:9092,two:9092", "security.protocol": "PLAINTEXT"}
    assert parse_security(brokers.for_faststream())["security_protocol"] == "PLAINTEXT"


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"])
def test_a_password_is_said_in_every_library_s_words(mechanism) -> None:
    brokers = Brokers(PLACES, Credentials("training", "s3cr3t", mechanism))
    signed_in = {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": mechanism,
        "sasl_plain_username": "training",
        "sasl_plain_password": "s3cr3t",
    }

    told = brokers.for_librdkafka()

    assert brokers.introduction() == signed_in
    assert parse_security(brokers.for_faststream()) == {**signed_in, "ssl_context": None}
    assert (told["security.protocol"], told["sasl.mechanism"]) == ("SASL_PLAINTEXT", mechanism)
    assert (told["sasl.username"], told["sasl.password"]) == ("training", "s3cr3t")


@pytest.mark.parametrize(
    ("credentials", "protocol"), [(None, "SSL"), (Credentials("training", "s3cr3t"), "SASL_SSL")], ids=["SSL", "SASL"]
)
def test_over_tls_the_brokers_are_looked_at(certificates: Certificates, credentials, protocol: str) -> None:
    brokers = Brokers(PLACES, credentials, certificates)

    told, ours = brokers.for_librdkafka(), brokers.introduction()
    theirs = parse_security(brokers.for_faststream())

    assert {told["security.protocol"], ours["security_protocol"], theirs["security_protocol"]} == {protocol}
    for context in (ours["ssl_context"], theirs["ssl_context"]):
        assert context.check_hostname
        assert [one["subject"] for one in context.get_ca_certs()] == [((("commonName", "the authority"),),)]
    assert told["ssl.ca.location"] == str(certificates.ca)
    assert (told["ssl.certificate.location"], told["ssl.key.location"]) == (
        str(certificates.certificate),
        str(certificates.key),
    )


def test_a_certificate_and_its_key_may_lie_in_one_file(tmp_path: Path) -> None:
    both = Authority(tmp_path).issue("training").together()

    brokers = Brokers(PLACES, None, Certificates(None, both))

    assert brokers.introduction()["ssl_context"]
    assert brokers.for_librdkafka()["ssl.key.location"] == str(both)


def test_a_password_is_in_no_text() -> None:
    brokers = Brokers(PLACES, Credentials("training", "s3cr3t"))

    assert "s3cr3t" not in f"{brokers!r} {brokers} {brokers.credentials}"
