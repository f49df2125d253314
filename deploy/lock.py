"""Resolves the dependencies of every set of packages into `requirements/*.txt`, with hashes, for all platforms."""

import subprocess
import sys
from pathlib import Path
from typing import Final

REQUIREMENTS: Final = Path(__file__).parent.parent / "requirements"
SETS: Final = {
    "core": [],
    "embedded": ["embedded"],
    "partnership": ["partnership"],
    "training": ["training"],
    "talent": ["talent"],
    "notify": ["notify"],
    "operations": ["operations"],
    "local": ["local"],
    "develop": ["develop"],
    "bench": ["bench"],
}


def resolve(name: str, extras: list[str]) -> None:
    """Write one list. Versions that the list has already are kept where they still fit."""
    asked = [argument for extra in extras for argument in ("--extra", extra)]
    _compile(["pyproject.toml", *asked], name)


def _compile(arguments: list[str], name: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    target = ["--generate-hashes", "--output-file", f"requirements/{name}.txt"]
    subprocess.run([*command, *target, *arguments], cwd=REQUIREMENTS.parent, check=True)  # noqa: S603


def main() -> None:
    """Resolve all sets."""
    _compile(["requirements/build.in"], "build")
    for name, extras in SETS.items():
        resolve(name, extras)


if __name__ == "__main__":
    main()
