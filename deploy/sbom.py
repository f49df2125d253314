"""`python -m deploy.sbom FOLDER`: what is in each image besides our own code, as a CycloneDX document per image.

Read from the same lists with hashes from which the images are built, so that both say the same.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.operations.addresses import PORTS

ROOT: Final = Path(__file__).parent.parent
LISTS: Final = {**{service: service for service in PORTS}, "identity": "core", "operations": "operations"}
"""The list of packages of each image."""


def write(folder: Path, image: str) -> Path:
    """The document of one image; the same bytes for the same list."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{image}.cdx.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", f"requirements/{LISTS[image]}.txt"]
    how = ["--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON", "-o", str(out)]
    subprocess.run([*command, *how], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    return out


def write_all(folder: Path) -> Iterator[Path]:
    """The documents of all images."""
    for image in LISTS:
        yield write(folder, image)


if __name__ == "__main__":
    for path in write_all(Path(sys.argv[1])):
        sys.stdout.write(f"{path}\n")
