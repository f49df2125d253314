"""A look at the folder into which universities put their lists: what lies there, and whether it can be used."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.contracts.ids import pattern
from shared.contracts.training.roster import ROSTER_KINDS
from shared.imports.delivery import TABLE_ENDINGS, Delivery, Lying
from shared.operations.doctoring.finding import Finding, bad, good, look

_ABOUT: Final = "rosters"
_FOLDER: Final = "folder"
_ORGANIZATION: Final = re.compile(pattern("organization"))
_KINDS: Final = frozenset(kind.replace("_", "-") for kind in ROSTER_KINDS)
_LONG_SECONDS: Final = 3600.0
"""Files are taken within a minute or two, unless a list before is still being applied."""
_TAKES: Final = "one that takes lists needs <organisation id>/<students|teachers|special-posts>"


def rosters(folder: Path, *, named: bool) -> Iterator[Finding]:
    """How the folder is, and each of those in it with which something is the matter. `named`: a setting names it."""
    if not folder.is_dir():
        yield _missing(folder, named)
        return
    if not _may(folder, os.R_OK | os.X_OK):
        yield bad(_ABOUT, _FOLDER, f"{folder} cannot be read", "let the user of training read it")
        return
    places, strays = _places(folder)
    lying = {place: _lying(place) for place in places}
    waiting, aside = (sum(getattr(each, name) for each in lying.values() if each) for name in ("waiting", "aside"))
    yield good(_ABOUT, _FOLDER, f"{folder}: {len(places)} to look into; {waiting} files wait, {aside} lie aside")
    for stray in strays:
        yield look(_ABOUT, _name(stray, folder), "nobody looks into it", f"rename it: {_TAKES}")
    for place, found in lying.items():
        yield from _of_place(_name(place, folder), found)


def _missing(folder: Path, named: bool) -> Finding:
    if not named and not folder.exists():
        return good(_ABOUT, _FOLDER, f"{folder} is not there; lists come over HTTP only")
    remedy = "make it, or name the right one with SUNMAO_ROSTER_FOLDER"
    return bad(_ABOUT, _FOLDER, f"{folder} is no folder", remedy)


def _of_place(name: str, lying: Lying | None) -> Iterator[Finding]:
    if lying is None:
        remedy = "let the user of training read and write there; a link is not followed"
        yield bad(_ABOUT, name, "cannot be read and written", remedy)
        return
    if lying.aside:
        remedy = "read the reason beside each in set-aside, and have it delivered anew"
        yield look(_ABOUT, name, f"{lying.aside} files lie aside, {lying.waiting} wait", remedy)
    if lying.oldest is not None and (hours := (time.time() - lying.oldest) / _LONG_SECONDS) >= 1:
        remedy = "see whether training runs and leads, and whether the list before is confirmed and applied"
        yield look(_ABOUT, name, f"a file waits for {hours:.0f} hours", remedy)


def _places(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders that are looked into, and those that somebody may have meant to be."""
    homes = [home for home in sorted(folder.iterdir()) if home.is_dir()]
    known = [home for home in homes if _ORGANIZATION.fullmatch(home.name)]
    inside = [place for home in known if _may(home, os.R_OK | os.X_OK) for place in sorted(home.iterdir())]
    wanted = [place for place in inside if place.name in _KINDS]
    others = [place for place in inside if place.is_dir() and place.name not in _KINDS]
    return wanted, [*(home for home in homes if home not in known), *others]


def _lying(place: Path) -> Lying | None:
    """What lies in a folder; None where it cannot be read and written."""
    if not place.is_dir() or place.is_symlink() or not _may(place, os.R_OK | os.W_OK | os.X_OK):
        return None
    try:
        return Delivery(place, "roster", TABLE_ENDINGS).lying()
    except OSError:
        return None


def _may(path: Path, rights: int) -> bool:
    return os.access(path, rights)


def _name(place: Path, folder: Path) -> str:
    return str(place.relative_to(folder))
