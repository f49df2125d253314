"""From settings to brokers: what is given is used, what contradicts itself is one line that names the variable."""

from pathlib import Path

import pytest

from shared.messaging.security import Brokers, Certificates, Credentials
from shared.operations.brokers import brokers_of, lies_open
from shared.operations.settings import SettingsError, read_settings
from tests.certificates import Authority, Issued

SIGNED = {"SUNMAO_KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT", "SUNMAO_KAFKA_PASSWORD": "s3cr3t"}
TLS = {"SUNMAO_KAFKA_SECURITY_PROTOCOL": "SSL"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def own(authority: Authority) -> Issued:
    return authority.issue("training")


def brokers(environ: dict[str, str], service: str | None = "training") -> Brokers:
    return brokers_of(read_settings(environ, service), service)


def test_what_is_not_said_is_open_to_all() -> None:
    assert brokers({"SUNMAO_KAFKA_BOOTSTRAP": "one:9092,two:9092"}) == Brokers.open_to_all("one:9092,two:9092")


def test_a_user_is_named_after_its_service_unless_another_name_is_given() -> None:
    assert brokers(SIGNED).credentials == Credentials("sunmao-training", "s3cr3t")
    assert brokers(SIGNED, None).credentials == Credentials("sunmao-operations", "s3cr3t")
    assert brokers({**SIGNED, "SUNMAO_TRAINING_KAFKA_USERNAME": "it"}).credentials == Credentials("it", "s3cr3t")


def test_each_service_has_a_password_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("own\n")

    found = brokers({**SIGNED, "SUNMAO_TRAINING_KAFKA_PASSWORD_FILE": str(file)}).credentials

    assert found == Credentials("sunmao-training", "own")


def test_the_mechanism_is_what_is_said() -> None:
    found = brokers({**SIGNED, "SUNMAO_KAFKA_SASL_MECHANISM": "SCRAM-SHA-256"}).credentials

    assert found is not None
    assert found.mechanism == "SCRAM-SHA-256"


def test_files_are_taken_as_they_are_named_and_not_read_as_secrets(authority: Authority, own: Issued) -> None:
    environ = {
        **TLS,
        "SUNMAO_KAFKA_CA_FILE": str(authority.ca),
        "SUNMAO_TRAINING_KAFKA_CERTIFICATE_FILE": str(own.certificate),
        "SUNMAO_KAFKA_KEY_FILE": str(own.key),
    }

    assert brokers(environ).certificates == Certificates(authority.ca, own.certificate, own.key)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        (
            {"SUNMAO_KAFKA_SECURITY_PROTOCOL": "SASL_SSL"},
            "SUNMAO_KAFKA_PASSWORD is not set, and SASL_SSL signs in with one",
        ),
        ({**SIGNED, "SUNMAO_KAFKA_PASSWORD": ""}, "SUNMAO_KAFKA_PASSWORD is not set"),
        ({"SUNMAO_KAFKA_PASSWORD": "s3cr3t"}, "SUNMAO_KAFKA_PASSWORD is set, but nobody signs in over PLAINTEXT"),
        ({**TLS, "SUNMAO_KAFKA_USERNAME": "me"}, "SUNMAO_KAFKA_USERNAME is set, but nobody signs in over SSL"),
        ({"SUNMAO_KAFKA_CA_FILE": "/ca.pem"}, "SUNMAO_KAFKA_CA_FILE is set, but PLAINTEXT is without TLS"),
        ({**TLS, "SUNMAO_KAFKA_KEY_FILE": "/key"}, "SUNMAO_KAFKA_KEY_FILE is set without SUNMAO_KAFKA_CERTIFICATE"),
        (
            {**TLS, "SUNMAO_KAFKA_CA_FILE": "/nowhere/ca.pem"},
            "SUNMAO_KAFKA_CA_FILE names /nowhere/ca.pem, which cannot be read: No such file or directory",
        ),
    ],
)
def test_what_contradicts_itself_names_the_variable(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as error:
        brokers(environ)

    assert str(error.value).startswith(said)
    assert "s3cr3t" not in str(error.value)


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")

    with pytest.raises(SettingsError, match=r"^SUNMAO_KAFKA_CA_FILE holds no PEM that fits: "):
        brokers({**TLS, "SUNMAO_KAFKA_CA_FILE": str(file)})


def test_a_key_of_another_certificate_is_found_out(authority: Authority, own: Issued) -> None:
    environ = {**TLS, "SUNMAO_KAFKA_CERTIFICATE_FILE": str(own.certificate)}

    with pytest.raises(SettingsError, match=r"KEY_FILE holds no PEM that fits: .*mismatch"):
        brokers({**environ, "SUNMAO_KAFKA_KEY_FILE": str(authority.issue("talent").key)})


def test_production_hears_of_a_way_without_tls() -> None:
    assert "without TLS (SASL_PLAINTEXT)" in (lies_open(brokers(SIGNED)) or "")
    assert lies_open(brokers(TLS)) is None
