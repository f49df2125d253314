"""Files that other systems put into a folder: each is claimed under an id, taken once, and answered for beside it."""

import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from shared.contracts.ids import new_id, pattern
from shared.errors import Invalid

TAKING: Final = ".taking"
DONE: Final = "done"
ASIDE: Final = "set-aside"
TABLE_ENDINGS: Final = (".csv", ".xlsx")
"""How files with tables are called."""
KEPT_SECONDS: Final = 30 * 86400.0
"""So long it is said what became of a file, and one is kept that could not be taken."""
_SETTLED_SECONDS: Final = 60.0
"""Who forgets to rename a file into place is not taken at their word while they still write to it."""
_LONGEST_NAME: Final = 60


class NoFile(Invalid):
    """What is delivered is a file of its own, and no link to another."""

    en = "This is no regular file; put the file itself there, not a link to it."
    zh = "此处应放置普通文件，不能是链接、目录或管道。"


class FileTooLarge(Invalid):
    """A file that is delivered is no larger than one that is sent."""

    en = "The file has more than {megabytes} MiB; leave out what is not asked for, or send a workbook (.xlsx)."
    zh = "文件超过 {megabytes} MiB，请去掉不需要的内容，或改用 .xlsx 工作簿。"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that was claimed, and under which id."""

    id: str
    path: Path

    @property
    def name(self) -> str:
        """What it was called, as far as that can be shown."""
        return os.fsencode(self.path.name).decode(errors="replace").partition("-")[2]

    def read(self, most: int) -> bytes:
        """What is in it. Raises `NoFile` and `FileTooLarge`."""
        if not stat.S_ISREG(self.path.lstat().st_mode):
            raise NoFile
        with os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise FileTooLarge(megabytes=most // 1024**2)
        return content


@dataclass(frozen=True, slots=True)
class Lying:
    """How many files lie in a folder: delivered and not taken yet, since when the oldest; and set aside."""

    waiting: int
    oldest: float | None
    aside: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One folder into which a system puts its files, each renamed into place once it is whole, to become a `kind`.

    A file is claimed by a new name that holds the id of what becomes of it: whoever is killed in between finds it
    again, and can ask whether that was done. Only then is it let go of.
    """

    folder: Path
    kind: str
    endings: tuple[str, ...]

    def claim(self) -> list[Delivered]:
        """Claim all that is complete, in the order of its writing; with it comes what was claimed before."""
        for file in self._complete():
            file.rename(self._place(TAKING) / f"{new_id(self.kind)}-{file.name[-_LONGEST_NAME:]}")
        claimed = sorted(_in(self.folder / TAKING), key=lambda file: file.lstat().st_mtime_ns)
        named = [Delivered(file.name.partition("-")[0], file) for file in claimed]
        return [file for file in named if re.fullmatch(pattern(self.kind), file.id)]

    def finish(self, file: Delivered, outcome: Mapping[str, object]) -> None:
        """Say in `done` what came of a file, and remove it."""
        self._say(DONE, file, outcome)
        file.path.unlink(missing_ok=True)

    def set_aside(self, file: Delivered, reason: Mapping[str, object]) -> None:
        """Keep a file that cannot be taken in `set-aside`, and beside it say why."""
        self._say(ASIDE, file, reason)
        file.path.rename(self._place(ASIDE) / file.path.name)

    def forget(self) -> None:
        """Remove what has been kept for its time."""
        before = time.time() - KEPT_SECONDS
        for told in [*_in(self.folder / DONE), *_in(self.folder / ASIDE)]:
            if told.suffix == ".json" and told.lstat().st_mtime < before:
                told.with_suffix("").unlink(missing_ok=True)
                told.unlink(missing_ok=True)

    def lying(self) -> Lying:
        """What lies there now; nothing is claimed, and nothing changed."""
        waiting = [file.lstat().st_mtime for file in [*self._delivered(), *_in(self.folder / TAKING)]]
        aside = [file for file in _in(self.folder / ASIDE) if file.suffix != ".json" and not file.name.startswith(".")]
        return Lying(len(waiting), min(waiting, default=None), len(aside))

    def _delivered(self) -> Iterable[Path]:
        for file in _in(self.folder):
            fits = file.name.lower().endswith(self.endings) and not file.name.startswith(".")
            if fits and not stat.S_ISDIR(file.lstat().st_mode):
                yield file

    def _complete(self) -> Iterable[Path]:
        # What was written in the future was so by another clock, and its age says nothing.
        return (file for file in self._delivered() if abs(time.time() - file.lstat().st_mtime) >= _SETTLED_SECONDS)

    def _place(self, name: str) -> Path:
        place = self.folder / name
        place.mkdir(mode=0o700, exist_ok=True)
        # Whoever may write here could lead elsewhere, into the folder of another institution.
        if place.is_symlink():
            raise NotADirectoryError(f"{place} is a link; remove it")
        return place

    def _say(self, place: str, file: Delivered, said: Mapping[str, object]) -> None:
        folder = self._place(place)
        written = folder / f".{file.id}"
        written.write_bytes(orjson.dumps({"file": file.name, **said}, option=orjson.OPT_INDENT_2))
        written.rename(folder / f"{file.path.name}.json")


def _in(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing where it is not there, or only a link to it."""
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
