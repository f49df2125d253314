"""The runbooks: a section for each alert in both languages, and nothing in them that does not exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from deploy.monitoring.alerts import ALERTS
from deploy.monitoring.documents import table
from shared.operations.cli import cli
from tests.unit.deploy.promql import Known, ours, selected

ROOT = Path(__file__).parents[3]
ENGLISH, CHINESE = ROOT / "docs/runbooks.md", ROOT / "docs/runbooks.zh-CN.md"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
KNOWN = ours() | {name: Known(False, None) for name in ("up", "ALERTS", "kafka_consumergroup_lag")}
# In a container's command, what stands before it.
OURS = re.compile(r"^sunmao |^docker compose run (?:--[\w-]+ )*(?:sunmao|migrate-\w+) (?=\S)")
both = pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])


def fenced(page: Path, language: str = r"\w+") -> list[str]:
    """The lines of the fenced blocks of a language."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def commands(page: Path) -> list[list[str]]:
    """Every command of ours, in a block or in a sentence, without the word `sunmao`."""
    lines = [*fenced(page, "sh"), *re.findall(r"`(sunmao [^`]+)`", page.read_text())]
    return [shlex.split(OURS.sub("", line), comments=True) for line in lines if OURS.match(line)]


def sections(page: Path) -> list[str]:
    return re.findall(r"^### (\w+)$", page.read_text(), re.MULTILINE)


@both
def test_every_alert_has_a_section_and_every_section_an_alert(page: Path) -> None:
    assert sorted(sections(page)) == sorted({alert.name for alert in ALERTS})


@pytest.mark.parametrize(("page", "words"), [(ENGLISH, ("Means", "Look", "end")), (CHINESE, ("含义", "查看", "处理"))])
def test_a_section_says_what_it_means_where_to_look_and_what_to_do(page: Path, words: tuple[str, ...]) -> None:
    parts = re.split(r"^##+ ", page.read_text(), flags=re.MULTILINE)
    lacking = [part.split()[0] for part in parts if part.split()[0] in sections(page) and not _says(part, words)]

    assert lacking == []


def _says(part: str, words: tuple[str, ...]) -> bool:
    bold = " ".join(re.findall(r"\*\*(.*?)\*\*", part))
    return all(word in bold for word in words)


def test_both_languages_have_the_same_sections_and_the_same_commands() -> None:
    assert sections(ENGLISH) == sections(CHINESE)
    assert fenced(ENGLISH) == fenced(CHINESE)


@pytest.mark.parametrize(("page", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_the_promises_are_those_of_the_data(page: Path, language: str) -> None:
    assert table(language) in page.read_text(), f"write in:\n{table(language)}"


class NoSuchCommand(TyperException):
    """The command line has nothing of this name."""


def understand(words: list[str]) -> None:
    """Read as the command line reads it, and run nothing. Raises what it would say of a mistake."""
    command = get_command(cli)
    while isinstance(command, TyperGroup):
        name, *words = words or [""]
        if name not in command.commands:
            raise NoSuchCommand(name)
        command = command.commands[name]
    command.make_context("sunmao", list(words))


@both
def test_every_command_and_option_exists(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = commands(page)
    # Where a page says FILE, the command line wants one that is there.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FILE").touch()

    assert len(found) > 15
    for words in found:
        understand(words)


@pytest.mark.parametrize("line", ["outbox", "outbocks training", "topics --chek", "dead-letters show training x"])
def test_a_command_that_does_not_exist_is_seen(line: str) -> None:
    with pytest.raises(TyperException):
        understand(line.split())


@both
def test_every_query_asks_for_series_that_there_are(page: Path) -> None:
    queries = fenced(page, "promql")

    assert len(queries) > 20
    assert [series.name for query in queries for series in selected(query) if series.name not in KNOWN] == []


@both
def test_every_container_that_is_named_is_one_of_the_compose_file(page: Path) -> None:
    assert set(_containers(page)) <= set(COMPOSE)


def _containers(page: Path) -> Iterator[str]:
    for line in fenced(page, "sh"):
        for verb, rest in re.findall(r"docker compose (\w+) ([^|<>)]*)", line.partition(" #")[0]):
            words = re.sub(r"--(?:since|tail) \S+|(?<=\s)-\S+|^-\S+", "", rest).split()
            yield from words[:1] if verb in {"run", "exec"} else words


@both
def test_every_deployment_that_is_named_is_one_of_the_manifests(page: Path) -> None:
    manifests = "\n".join(file.read_text() for file in (ROOT / "deploy/kubernetes/base").glob("*.yaml"))
    named = set(re.findall(r"deployment/([\w-]+)", page.read_text()))

    assert {name for name in named if not re.search(rf"^  name: {name}$", manifests, re.MULTILINE)} == set()
