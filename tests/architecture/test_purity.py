"""The core imports only what fits in one list, and reads no clock: what no import contract can say."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ("domain", "commands", "ports", "handlers")
# `_typeshed` exists for the type checker alone.
ALLOWED = {
    "_typeshed", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "enum", "fractions",
    "functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "string", "types", "typing",
    "unicodedata",
}  # fmt: skip
SHARED = (
    "shared.words",
    "shared.contracts",
    "shared.kernel",
    "shared.rules",
    "shared.errors",
    "shared.documents",
    "shared.approvals",
)
CLOCKS = {"now", "today", "utcnow"}


def core_files() -> list[Path]:
    """Every module of every service's core."""
    found = []
    for role in CORE:
        found += [*ROOT.glob(f"services/*/{role}.py"), *ROOT.glob(f"services/*/{role}/**/*.py")]
    return sorted(found)


def strangers(source: str, service: str) -> list[str]:
    """What a core module imports that it may not, and where it reads a clock."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if not _allowed(alias.name, service)]
        elif isinstance(node, ast.ImportFrom) and not _allowed(node.module or "", service):
            found.append(node.module or ".")
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS and _is_clock(node.value):
            found.append(f"{ast.unparse(node)} reads the clock")
    return found


def _allowed(module: str, service: str) -> bool:
    return module.partition(".")[0] in ALLOWED or module.startswith((*SHARED, f"services.{service}."))


def _is_clock(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in {"datetime", "date"}


@pytest.mark.parametrize("file", core_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_core_does_no_io_and_reads_no_clock(file: Path) -> None:
    service = file.relative_to(ROOT).parts[1]

    assert strangers(file.read_text(), service) == []


@pytest.mark.parametrize(
    "line",
    ["import httpx", "import random", "from time import time", "import os", "datetime.now()", "import pathlib"],
)
def test_the_purity_test_sees_a_violation(line: str) -> None:
    assert strangers(line, "training") != []
