"""What the environment says: the service's own word first, secrets by file, and an error that names the variable."""

from pathlib import Path

import pytest

from shared.messaging.clockwork import EVERY
from shared.operations.jobs import settings_table
from shared.operations.settings import Settings, SettingsError, read_settings

SECRET = "postgresql+asyncpg://talent:s3cr3t@db/talent"


def test_what_is_not_said_has_its_default() -> None:
    assert read_settings({}) == Settings()
    assert Settings().due_seconds == EVERY


def test_the_service_own_word_comes_before_the_one_for_all() -> None:
    environ = {"SUNMAO_LOG_LEVEL": "ERROR", "SUNMAO_TALENT_LOG_LEVEL": "DEBUG"}

    assert read_settings(environ, "talent").log_level == "DEBUG"
    assert read_settings(environ, "notify").log_level == "ERROR"
    assert read_settings(environ).log_level == "ERROR"


def test_a_service_own_file_comes_before_the_word_for_all(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text(f"{SECRET}\n")
    environ = {"SUNMAO_TALENT_DATABASE_URL_FILE": str(file), "SUNMAO_DATABASE_URL": "postgresql+asyncpg://other"}

    found = read_settings(environ, "talent").database_url

    assert found is not None
    assert found.get_secret_value() == SECRET


def test_a_word_comes_before_a_file(tmp_path: Path) -> None:
    environ = {"SUNMAO_LOG_LEVEL": "DEBUG", "SUNMAO_LOG_LEVEL_FILE": str(tmp_path / "none")}

    assert read_settings(environ).log_level == "DEBUG"


def test_an_empty_name_of_a_file_is_none() -> None:
    assert read_settings({"SUNMAO_DATABASE_URL_FILE": ""}).database_url is None


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({"SUNMAO_PORT": "http"}, "SUNMAO_PORT"),
        ({"SUNMAO_PORT": "0"}, "SUNMAO_PORT"),
        ({"SUNMAO_TALENT_PORT": "65536"}, "SUNMAO_TALENT_PORT"),
        ({"SUNMAO_ENVIRONMENT": "prod"}, "SUNMAO_ENVIRONMENT"),
        ({"SUNMAO_DATABASE_POOL": "1"}, "SUNMAO_DATABASE_POOL"),
        ({"SUNMAO_TRACE_RATIO": "1.1"}, "SUNMAO_TRACE_RATIO"),
        ({"SUNMAO_DUE_SECONDS": "0"}, "SUNMAO_DUE_SECONDS"),
        ({"SUNMAO_LOG_FORMAT": "xml", "SUNMAO_TALENT_LOG_LEVEL": "INFO"}, "SUNMAO_LOG_FORMAT"),
    ],
)
def test_a_value_that_cannot_be_names_its_variable(environ: dict[str, str], variable: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable}: Input should be "):
        read_settings(environ, "talent")


def test_a_value_from_a_file_names_the_variable_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "port"
    file.write_text("http")

    with pytest.raises(SettingsError, match=r"^SUNMAO_PORT_FILE: "):
        read_settings({"SUNMAO_PORT_FILE": str(file)})


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["not there", "no text"])
def test_a_file_that_cannot_be_read_is_named_with_its_variable(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "url"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SettingsError, match=rf"^SUNMAO_DATABASE_URL_FILE names {file}, which cannot be read"):
        read_settings({"SUNMAO_DATABASE_URL_FILE": str(file)})


def test_no_error_repeats_a_secret() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"SUNMAO_DATABASE_URL": SECRET, "SUNMAO_PORT": SECRET})

    assert "s3cr3t" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_secret_is_in_no_text_of_the_settings() -> None:
    settings = read_settings({"SUNMAO_DATABASE_URL": SECRET})

    assert "s3cr3t" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_the_table_has_a_line_for_every_setting() -> None:
    lines = settings_table().splitlines()[2:]

    assert [line.split("`")[1] for line in lines] == [f"SUNMAO_{name.upper()}" for name in Settings.model_fields]
    assert all(line.split("|")[3].strip() for line in lines)
