"""What newcomers read is true: snippets run, links lead somewhere, and every name is one that the code knows."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from typer.main import get_command

from services.notify.settings import NotifySettings
from shared.observability.metrics import Metrics
from shared.operations.cli import cli
from shared.operations.exits import exits_table
from shared.operations.jobs import settings_table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted(DOCS.glob("decisions/[0-9]*.md"))
TRADE = sorted([*ROOT.glob("services/*/rules/*.yaml"), *ROOT.glob("services/*/templates/*.yaml")])
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def code() -> str:
    """Everything that the product consists of."""
    files = (file for folder in ("shared", "services") for file in (ROOT / folder).rglob("*"))
    return "\n".join(file.read_text() for file in files if file.suffix in {".py", ".yaml"})


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_quotes_the_examples_that_are_run(readme: str) -> None:
    quoted = blocks(ROOT / readme, "python")

    assert quoted == [(EXAMPLES / "feed.py").read_text(), (EXAMPLES / "kafka.py").read_text()]


def test_the_page_on_subscribing_quotes_the_example_that_is_run() -> None:
    assert blocks(DOCS / "subscribing.md", "python") == [(EXAMPLES / "open_needs.py").read_text()]


@pytest.mark.parametrize(("example", "most"), [("feed.py", 10), ("kafka.py", 20)])
def test_an_example_is_as_short_as_the_readme_says(example: str, most: int) -> None:
    lines = [line for line in (EXAMPLES / example).read_text().splitlines() if line.strip()]

    assert len(lines) - 1 <= most, "its docstring is not counted"


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", DOCS / "handbook.md"], ids=lambda page: page.name)
def test_code_that_is_shown_is_code_that_exists(page: Path) -> None:
    shown = blocks(page, "python")

    assert shown
    assert [block for block in shown if block.strip() not in code()] == []


def targets(page: Path) -> Iterator[tuple[str, str]]:
    """Path and anchor of every link of a page that leads to another file, or within its own."""
    for target in re.findall(r"\]\(([^()\s]+)\)", prose(page)):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield path, anchor


def anchors(page: Path) -> set[str]:
    """How the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for path, anchor in targets(page):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(f"{path}#{anchor}")

    assert lost == []


def test_the_table_of_settings_is_current() -> None:
    assert settings_table() in (DOCS / "operating.md").read_text(), "write in what `sunmao settings` prints"


def test_the_table_of_exit_codes_is_current() -> None:
    assert exits_table() in (DOCS / "operating.md").read_text(), "write in what `exits_table()` gives"


def test_the_settings_of_notify_are_current() -> None:
    wanted = [
        f"| `SUNMAO_NOTIFY_{name.upper()}` | `{field.default}` | {field.description} |"
        for name, field in NotifySettings.model_fields.items()
    ]

    assert re.findall(r"^\| `SUNMAO_NOTIFY_.*$", (DOCS / "operating.md").read_text(), re.MULTILINE) == wanted


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.name)
def test_a_decision_says_context_decision_and_consequences(decision: Path) -> None:
    headings = re.findall(r"^## (.*)$", decision.read_text(), re.MULTILINE)

    assert headings[:3] == ["Context", "Decision", "Consequences"]


def test_every_decision_is_in_the_list() -> None:
    listed = [path for path, _ in targets(DOCS / "decisions" / "README.md")]

    assert listed == [decision.name for decision in DECISIONS], "docs/decisions/README.md lists them in order"


def test_every_identifier_of_the_glossary_is_used_by_the_code() -> None:
    words = set(re.findall(r"\w+", code()))
    rows = re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|[^|]*\|$", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    identifiers = list(chain.from_iterable(re.findall(r"`([^`]*)`", row) for row in rows))

    assert len(identifiers) > 100
    assert [identifier for identifier in identifiers if identifier not in words] == []


@every_page
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text())

    lost = [(file, test) for file, test in named if not _is_there(ROOT / file, test)]

    assert lost == []


def _is_there(file: Path, test: str) -> bool:
    return file.exists() and (not test or f"def {test}(" in file.read_text())


@every_page
def test_every_series_that_is_named_is_told(page: Path) -> None:
    metrics = Metrics(CollectorRegistry())
    told = {name for family in metrics.registry.collect() for name in (family.name, f"{family.name}_total")}
    told |= {f"{family.name}_info" for family in metrics.registry.collect() if family.type == "info"}

    named = set(re.findall(r"`(sunmao_[a-z_]+|http_server_[a-z_]+)`", page.read_text()))

    assert named - told == set()


@every_page
def test_every_command_that_is_named_exists(page: Path) -> None:
    commands = set(getattr(get_command(cli), "commands", {}))

    named = re.findall(r"(?:^|`)sunmao ([a-z][a-z-]*)", page.read_text(), re.MULTILINE)

    assert set(named) - commands == set()


@every_page
def test_every_target_of_make_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()

    named = re.findall(r"(?:^|`)make ([a-z][a-z-]*)", page.read_text(), re.MULTILINE)

    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


STRANGE = re.compile(
    r"(?<![\w.])/work/"
    r"|\b(?:pypi|pythonhosted|npmjs|maven|ghcr|quay)\.[a-z.]+\b"
    r"|\[(?:[SVLMDX]|RUN|SRC|REC|ISSUE)\]"
)


@pytest.mark.parametrize("file", [*PAGES, *TRADE], ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_that_is_read_names_what_only_its_authors_had(file: Path) -> None:
    assert STRANGE.findall(file.read_text()) == []


@pytest.mark.parametrize("text", ["see /work/x.md", "from quay.example", "180 days [V]", "as measured [RUN]"])
def test_what_only_the_authors_had_is_recognised(text: str) -> None:
    assert STRANGE.search(text)
