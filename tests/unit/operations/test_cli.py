"""What the command line makes of its words, without running what they ask for."""

import os

import pytest
from typer.testing import CliRunner

from shared.operations import running
from shared.operations.cli import cli
from shared.operations.settings import read_settings


@pytest.mark.parametrize("words", [[], ["talent"], ["identity"]])
def test_the_format_of_the_log_comes_before_what_the_settings_say(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    seen: list[str] = []

    def run(*_how: object) -> None:
        seen.append(read_settings(os.environ, next(iter(words), None)).log_format)

    for variable in ("SUNMAO_LOG_FORMAT", "SUNMAO_TALENT_LOG_FORMAT", "SUNMAO_IDENTITY_LOG_FORMAT"):
        monkeypatch.setenv(variable, "json")
    monkeypatch.setattr(running, "run_town", run)
    monkeypatch.setattr(running, "run_issuer", run)
    monkeypatch.setattr("shared.operations.running_service.run_service", run)

    done = CliRunner().invoke(cli, ["serve", *words, "--log-format", "console"])

    assert (done.exit_code, seen) == (0, ["console"])


def test_a_format_that_is_none_is_refused_with_those_that_are() -> None:
    done = CliRunner().invoke(cli, ["serve", "--log-format", "xml"])

    assert done.exit_code == 2
    assert "json" in done.output
    assert "console" in done.output
