"""One telling of the story: its id and base date, kept in a file from its first moment, so that it can be continued."""

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from ulid import ULID

from shared.contracts.fields import REGION_TIME

_CONTINUED_FOR: Final = timedelta(hours=20)
"""The services keep the keys under which a run is continued for 24 hours; what is older is begun anew."""


class Run(BaseModel):
    """What has to be remembered of a run: everything else follows from repeating its requests.

    `base_date` is the day to which all dates of the story are relative. `after` is the feed's position before the need
    was posted, `story` the need's id once it was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    base_date: date
    begun_at: AwareDatetime
    after: int | None = None
    story: str | None = None
    finished: bool = False

    @classmethod
    def begin(cls, now: datetime) -> "Run":
        """A new run, told relative to today."""
        here = now.astimezone(REGION_TIME)
        return cls(id=str(ULID()), base_date=here.date(), begun_at=here)

    def day(self, days: int) -> str:
        """So many days after the base date, or before it, as the services take dates."""
        return (self.base_date + timedelta(days=days)).isoformat()

    def goes_on(self, now: datetime) -> bool:
        """Whether it is to be continued instead of followed by a new one."""
        return not self.finished and now - self.begun_at < _CONTINUED_FOR


class RunFile:
    """Where the run is kept. A reader sees the old run or the new one, never half of one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Run | None:
        """The run that was begun last, if there is one that can be read."""
        try:
            return Run.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, run: Run) -> Run:
        """Keep this run, also when the machine stops in this moment."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_suffix(".draft")
        with draft.open("wb") as file:
            file.write(run.model_dump_json(indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        return run


class Diary:
    """The run that is being told, with its file: what is noted here survives a kill."""

    def __init__(self, file: RunFile, run: Run) -> None:
        self._file = file
        self.run = run

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime]) -> "Diary":
        """Continue the run of the file, or take a new one, which is not in the file before something is noted."""
        file, now = RunFile(path), clock()
        last = file.read()
        return cls(file, last if last is not None and last.goes_on(now) else Run.begin(now))

    @property
    def is_new(self) -> bool:
        """Whether the run is still to be begun."""
        kept = self._file.read()
        return kept is None or kept.id != self.run.id

    def note(self, **changes: Any) -> None:
        """Remember something of the run."""
        self.run = self._file.write(self.run.model_copy(update=changes))
