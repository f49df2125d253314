"""Each rule of the architecture is broken in a copy of the code and seen to fail: a rule that cannot holds nothing."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINTER: dict[str, Any] = PROJECT["tool"]["importlinter"]

STRANGERS = "Services never import each other; shared never imports a service"
INWARDS = "Inside a service, imports point inwards"
EDGES = "Edges reach storage only through the work they are given"
CORE = "The core knows no framework, database or broker"
SHARED = "Shared code is layered too"


@dataclass(frozen=True)
class Breach:
    """One line added to one file, and the rules that it breaks."""

    file: str
    line: str
    broken: frozenset[str]


def breach(file: str, line: str, *broken: str) -> Breach:
    return Breach(file, line, frozenset(broken))


IN_PARTNERSHIP, IN_TRAINING, IN_TALENT = (f"services/{name}" for name in ("partnership", "training", "talent"))

BREACHES = {
    "a handler imports another service's domain": breach(
        f"{IN_TRAINING}/handlers/cohort.py", "import services.partnership.domain.need", STRANGERS
    ),
    "a main imports another service": breach(
        f"{IN_TRAINING}/main.py", "import services.partnership.domain.need", STRANGERS
    ),
    "an import in a function counts": breach(
        f"{IN_TALENT}/api/ranking.py", "def late():\n    import services.notify.domain.party", STRANGERS
    ),
    "shared imports a service": breach("shared/operations/topics.py", "import services.notify.domain.party", STRANGERS),
    "a domain imports sqlmodel": breach(f"{IN_PARTNERSHIP}/domain/need.py", "import sqlmodel", CORE),
    "a domain imports its ports": breach(
        f"{IN_PARTNERSHIP}/domain/need.py", "import services.partnership.ports", INWARDS
    ),
    "commands import their handlers": breach(
        f"{IN_TALENT}/commands.py", "import services.talent.handlers.demand", INWARDS
    ),
    "commands import a web framework": breach(f"{IN_TALENT}/commands.py", "import fastapi", CORE),
    "ports import an HTTP client": breach(f"{IN_TRAINING}/ports/__init__.py", "import httpx", CORE),
    "a handler imports storage": breach(
        f"{IN_PARTNERSHIP}/handlers/need.py", "import services.partnership.storage", INWARDS, CORE
    ),
    "a handler imports the unit of work": breach(
        f"{IN_TALENT}/handlers/match.py", "import shared.persistence.unit_of_work", CORE
    ),
    "storage imports queries": breach(f"{IN_TRAINING}/storage/work.py", "import services.training.queries", INWARDS),
    "an api imports storage": breach(f"{IN_TALENT}/api/ranking.py", "import services.talent.storage.work", EDGES),
    "subscribers import storage": breach(
        f"{IN_PARTNERSHIP}/subscribers.py", "import services.partnership.storage", EDGES
    ),
    "an api imports subscribers": breach(f"{IN_TALENT}/api/ranking.py", "import services.talent.subscribers", INWARDS),
    "contracts import messaging": breach("shared/contracts/event.py", "import shared.messaging.faults", CORE, SHARED),
    "a clock imports persistence": breach("shared/kernel/clock.py", "import shared.persistence.columns", CORE, SHARED),
    "messaging imports web": breach("shared/messaging/inbox.py", "import shared.web.pages", SHARED),
    "a stray file in a service": breach(f"{IN_PARTNERSHIP}/utils.py", "", INWARDS),
    "an unlisted module of shared": breach("shared/helpers.py", "", SHARED),
}
IMPURE = {
    f"{IN_TRAINING}/domain/cohort.py": "import random",
    f"{IN_TALENT}/commands.py": "import os",
    f"{IN_TALENT}/handlers/demand.py": "import asyncio",
    f"{IN_TRAINING}/ports/__init__.py": "import sqlalchemy",
    f"{IN_PARTNERSHIP}/domain/need.py": "today = date.today()",
    f"{IN_PARTNERSHIP}/domain/match.py": "import time",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as the linter sees it, and nothing else; what a test adds to it, it takes away again."""
    root = tmp_path_factory.mktemp("whole")
    for folder in ("shared", "services"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@contextmanager
def added(file: Path, line: str) -> Iterator[None]:
    """A line at the end of a file, or a file of that line, for as long as the block lasts."""
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        yield
    finally:
        file.unlink() if before is None else file.write_text(before)


def run(root: Path, *command: str) -> str:
    """What a tool of this environment says about the code in `root`."""
    told = subprocess.run(
        [sys.executable, *command], cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )
    return told.stdout + told.stderr


def linted(root: Path) -> dict[str, bool]:
    """Whether each contract is kept."""
    told = run(root, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    verdicts = {name: [line for line in told.splitlines() if line.startswith(f"{name} ")] for name in names()}
    assert all(len(lines) == 1 for lines in verdicts.values()), told
    return {name: lines[0].endswith(" KEPT") for name, lines in verdicts.items()}


def names() -> list[str]:
    return [contract["name"] for contract in LINTER["contracts"]]


def folders(root: Path) -> set[str]:
    """The services whose code is there."""
    return {file.parent.name for file in (root / "services").glob("*/*.py")}


def unlisted(root: Path) -> set[str]:
    """Services that the linter does not look into, or that are not there."""
    return folders(root) ^ {name.removeprefix("services.") for name in LINTER["root_packages"] if name != "shared"}


def test_every_contract_is_broken_by_one_of_these() -> None:
    assert set(names()) == {name for broken in BREACHES.values() for name in broken.broken}


def test_the_code_as_it_is_keeps_every_contract(whole: Path) -> None:
    assert linted(whole) == dict.fromkeys(names(), True)


@pytest.mark.parametrize("what", BREACHES)
def test_a_breach_is_seen_by_its_rules_and_by_no_other(what: str, whole: Path) -> None:
    with added(whole / BREACHES[what].file, BREACHES[what].line):
        verdicts = linted(whole)

    assert {name for name, kept in verdicts.items() if not kept} == BREACHES[what].broken


def test_what_no_contract_can_say_is_seen_by_the_purity_test(whole: Path) -> None:
    purity = Path("tests/architecture/test_purity.py")
    with ExitStack() as lines:
        lines.enter_context(added(whole / purity, (ROOT / purity).read_text()))
        for file, line in IMPURE.items():
            lines.enter_context(added(whole / file, line))
        told = run(whole, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib", str(purity))

    failed = re.findall(r"^FAILED .*::test_the_core_does_no_io_and_reads_no_clock\[(.*?)\]", told, re.MULTILINE)
    assert sorted(failed) == sorted(IMPURE), told


def test_a_service_that_no_list_names_is_invisible_to_the_linter_but_not_to_us(whole: Path) -> None:
    with added(whole / "services/market/domain.py", "import sqlmodel, services.talent.domain.skill"):
        verdicts, found = linted(whole), unlisted(whole)
    (whole / "services/market").rmdir()

    assert all(verdicts.values())
    assert found == {"market"}


def test_every_service_is_listed_for_the_linter() -> None:
    assert unlisted(ROOT) == set()


def test_every_service_is_announced_under_its_name() -> None:
    announced = PROJECT["project"]["entry-points"]["sunmao.services"]

    assert announced == {name: f"services.{name}.main:SERVICE" for name in folders(ROOT)}


def test_what_is_installed_here_announces_the_same() -> None:
    installed = {point.name: point.value for point in entry_points(group="sunmao.services")}

    assert installed == PROJECT["project"]["entry-points"]["sunmao.services"]


def test_every_service_has_packages_of_its_own_to_install() -> None:
    assert folders(ROOT) <= set(PROJECT["project"]["optional-dependencies"])


@pytest.mark.parametrize("contract", LINTER["contracts"], ids=names())
def test_a_contract_that_names_services_names_all_of_them(contract: dict[str, Any]) -> None:
    said = str(contract)

    named = {name for name in folders(ROOT) if f"services.{name}" in said}

    assert named in (set(), folders(ROOT))
