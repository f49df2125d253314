"""One line of a need, so many of one kind, and how far it has come; and what the lines make of the need's status."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from shared.errors import Conflict, State


class LineTaken(Conflict):
    """A line is contracted by one agreement at a time."""

    en = "Another agreement was signed for this line of the need already."
    zh = "该需求明细已由另一份协议签约。"


class LineStatus(State):
    """How far a line has come, in this order."""

    OPEN = "open", "待匹配", "open"
    MATCHED = "matched", "已匹配", "matched"
    CONTRACTED = "contracted", "已签约", "contracted"
    FULFILLED = "fulfilled", "已满足", "fulfilled"


class NeedStatus(State):
    """What has become of a need; from `matched` to `fulfilled` it follows from its lines."""

    POSTED = "posted", "已发布", "posted"
    MATCHING = "matching", "匹配中", "matching"
    MATCHED = "matched", "已匹配", "matched"
    CONTRACTED = "contracted", "已签约", "contracted"
    FULFILLED = "fulfilled", "已满足", "fulfilled"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    EXPIRED = "expired", "已失效", "expired"


_BY_PROGRESS: Final = tuple(LineStatus)


@dataclass(frozen=True, slots=True)
class Filling:
    """What filled part of a line: a base, a cohort with its students, a verified practice."""

    source_id: str
    headcount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """So many of one kind. What fills it counts once per source, so that being told twice changes nothing."""

    line_no: int
    kind: str
    headcount: int
    status: LineStatus = LineStatus.OPEN
    agreement_id: str | None = None
    fillings: tuple[Filling, ...] = ()

    @property
    def headcount_filled(self) -> int:
        """How many of the headcount the line has got."""
        return sum(filling.headcount for filling in self.fillings)

    def match(self) -> Self:
        """The first confirmed match moves an open line on; a later one changes nothing."""
        return replace(self, status=LineStatus.MATCHED) if self.status is LineStatus.OPEN else self

    def unmatch(self) -> Self:
        """No confirmed match is left: a line that no agreement holds is open again."""
        return replace(self, status=LineStatus.OPEN) if self.status is LineStatus.MATCHED else self

    def contract(self, agreement_id: str) -> Self:
        """The agreement that names the line is signed."""
        self.require_free()
        return replace(self, status=LineStatus.CONTRACTED, agreement_id=agreement_id)

    def require_free(self) -> None:
        """Raise `LineTaken` for a line that an agreement holds."""
        if self.status in {LineStatus.CONTRACTED, LineStatus.FULFILLED}:
            raise LineTaken

    def reopen(self, agreement_id: str) -> Self:
        """The agreement ended before its start: what it held is open again."""
        if (self.status, self.agreement_id) != (LineStatus.CONTRACTED, agreement_id):
            return self
        return replace(self, status=LineStatus.OPEN, agreement_id=None)

    def fill(self, filling: Filling) -> Self:
        """Count what this source brought, in place of what it had brought before."""
        others = tuple(other for other in self.fillings if other.source_id != filling.source_id)
        filled = replace(self, fillings=(*others, filling))
        complete = filled.headcount_filled >= filled.headcount
        return replace(filled, status=LineStatus.FULFILLED) if complete else filled

    def told(self, *, progress: bool) -> dict[str, object]:
        """What events say of the line; states say also how far it has come."""
        asked: dict[str, object] = {"line_no": self.line_no, "kind": self.kind, "headcount": self.headcount}
        return asked | ({"status": self.status.value, "headcount_filled": self.headcount_filled} if progress else {})


def status_of(lines: Iterable[NeedLine], *, was: NeedStatus) -> NeedStatus:
    """The status of an open need: its furthest line's until all are contracted, from then on its slowest's.

    While every line is open the need is still `posted` if it `was`, else `matching`.
    """
    progress = [_BY_PROGRESS.index(line.status) for line in lines]
    all_contracted = min(progress) >= _BY_PROGRESS.index(LineStatus.CONTRACTED)
    status = _BY_PROGRESS[min(progress) if all_contracted else max(progress)]
    if status is LineStatus.OPEN:
        return NeedStatus.POSTED if was is NeedStatus.POSTED else NeedStatus.MATCHING
    return NeedStatus(status.value)
