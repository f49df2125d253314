"""Nothing grows past what a reader can hold: no function over 40 lines, no module over 300."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FUNCTION, MODULE = 40, 300
FILES = sorted(file for folder in ("shared", "services", "deploy") for file in (ROOT / folder).rglob("*.py"))


def too_long(source: str) -> list[str]:
    """What is longer than it may be, by name and number of lines."""
    found = [f"the module: {lines}"] if (lines := len(source.splitlines())) > MODULE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            found += [f"{node.name}: {lines}"] if lines > FUNCTION else []
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_modules_and_functions_stay_readable(file: Path) -> None:
    assert too_long(file.read_text()) == []


def test_a_function_that_is_too_long_is_seen() -> None:
    inner = "\n".join(["class Thing:", "    async def act(self):", *["        pass"] * FUNCTION])

    assert too_long(inner) == [f"act: {FUNCTION + 1}"]


def test_a_module_that_is_too_long_is_seen() -> None:
    assert too_long("pass\n" * (MODULE + 1)) == [f"the module: {MODULE + 1}"]
