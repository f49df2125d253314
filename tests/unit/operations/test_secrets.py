"""Production does not start with a password that everybody knows."""

import pytest

from shared.operations.secrets import refuse_known
from shared.operations.settings import SettingsError, read_settings

GOOD = "n0body-gue55es"


def start(environ: dict[str, str], environment: str = "production") -> None:
    refuse_known(read_settings({**environ, "SUNMAO_ENVIRONMENT": environment}, "training"), "training")


def of_database(password: str) -> dict[str, str]:
    return {"SUNMAO_TRAINING_DATABASE_URL": f"postgresql+asyncpg://training:{password}@db/training"}


@pytest.mark.parametrize("password", ["postgres", "Password", "changeme", "training", ""])
def test_a_known_password_of_a_database_is_refused(password: str) -> None:
    with pytest.raises(SettingsError, match=r"^SUNMAO_DATABASE_URL: everybody knows this password"):
        start(of_database(password))


@pytest.mark.parametrize("password", ["kafka", "admin-secret", "sunmao-training"])
def test_a_known_password_of_kafka_is_refused(password: str) -> None:
    with pytest.raises(SettingsError, match=r"^SUNMAO_KAFKA_PASSWORD: everybody knows this password"):
        start({"SUNMAO_KAFKA_PASSWORD": password})


@pytest.mark.parametrize(
    "environ",
    [
        {},
        of_database(GOOD),
        {"SUNMAO_KAFKA_PASSWORD": GOOD},
        {"SUNMAO_DATABASE_URL": "postgresql+asyncpg://training@db/training"},
        {"SUNMAO_DATABASE_URL": "no address"},
    ],
    ids=["none", "of the database", "of Kafka", "an address without one", "no address"],
)
def test_any_other_is_let_through(environ: dict[str, str]) -> None:
    start(environ)


def test_elsewhere_a_known_password_is_nobody_s_business() -> None:
    start(of_database("postgres"), "development")
