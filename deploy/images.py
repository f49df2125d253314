"""The public images that a site without internet has to mirror, read from what starts them; a table for its page."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parent.parent
_OURS: Final = "sunmao/"
_BASE: Final = re.compile(r"^ARG PYTHON=(\S+)$", re.MULTILINE)


def images() -> dict[str, list[str]]:
    """Every image that is not built from this checkout, with who uses it."""
    users: dict[str, list[str]] = {}
    [base] = _BASE.findall((ROOT / "deploy" / "Dockerfile").read_text())
    for image, user in [(base, "every image of ours"), *_of_compose(), *_of_kubernetes()]:
        if not image.startswith(_OURS) and user not in users.setdefault(image, []):
            users[image].append(user)
    return users


def images_table() -> str:
    """The same as a Markdown table."""
    rows = [f"| `{image}` | {', '.join(users)} |" for image, users in sorted(images().items())]
    return "\n".join(["| image | for |", "|---|---|", *rows])


def _of_compose() -> Iterator[tuple[str, str]]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name, service in compose["services"].items():
        profiles = f", profile `{service['profiles'][0]}`" if "profiles" in service else ""
        yield service["image"], f"`{name}` of the compose file{profiles}"


def _of_kubernetes() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "deploy" / "kubernetes").rglob("*.yaml")):
        for document in yaml.safe_load_all(file.read_text()):
            for image in _named(document):
                yield image, f"`{file.parent.relative_to(ROOT)}`"


def _named(thing: Any) -> Iterator[str]:
    """What stands under `image` at any depth."""
    if isinstance(thing, dict):
        if isinstance(image := thing.get("image"), str):
            yield image
        for part in thing.values():
            yield from _named(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from _named(part)


if __name__ == "__main__":
    sys.stdout.write(images_table() + "\n")
