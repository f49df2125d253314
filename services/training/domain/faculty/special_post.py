"""Posts that a university keeps for people from industry: special posts and mobile posts, each with so many seats."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from shared.errors import Conflict, Duplicate, Invalid, State
from shared.kernel.aggregate import Aggregate


class SpecialPostFull(Conflict):
    """A post has so many seats and no more."""

    en = "All {seats} seats of the post are taken; end another engagement first, or offer more seats."
    zh = "该岗位的 {seats} 个名额已满，请先结束其他聘任或增设名额。"


class SpecialPostClosed(Conflict):
    """A closed post takes nobody any more."""

    en = "The post is closed; choose an open one."
    zh = "该岗位已关闭，请选择开放的岗位。"


class SeatsBelowTaken(Conflict):
    """Seats that are taken stay."""

    en = "{taken} seats are taken; the post needs at least as many."
    zh = "已占用 {taken} 个名额，名额数不得少于已占用数。"


class PostOfAnotherKind(Invalid):
    """A special post is for special engagements, a mobile post for mobile ones."""

    en = "The post is of another kind than the engagement; choose a post of its kind."
    zh = "岗位类型与聘任类型不一致，请选择相同类型的岗位。"


class PostNoTaken(Duplicate):
    """A university gives each number to one of its posts."""

    en = "The university has a special or mobile post with this number already; change that one instead."
    zh = "本校已有使用该编号的特聘岗或流动岗，请修改原有记录。"


class PostKind(StrEnum):
    """Which of the two."""

    SPECIAL = "industry_teacher_special_post"
    MOBILE = "mobile_post"


class SpecialPostStatus(State):
    """Whether it may still take somebody."""

    OPEN = "open", "开放中", "open"
    CLOSED = "closed", "已关闭", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialPostEntry:
    """What a university enters of a post."""

    post_no: str | None = None
    post_kind: PostKind
    title: str
    programme_ids: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialPostChange:
    """What may change of a post; of which kind it is stays."""

    title: str
    programme_ids: tuple[str, ...]
    seats: int
    status: SpecialPostStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialPost(Aggregate):
    """A post of one university. `holder_ids` are the engagements that hold its seats.

    `post_no` is the university's own number of it; a list from its own system knows a post by that alone.
    """

    kind: ClassVar[str] = "special_post"
    university_id: str
    post_no: str | None = None
    post_kind: PostKind
    title: str
    programme_ids: tuple[str, ...]
    seats: int
    holder_ids: tuple[str, ...] = ()
    taken: int = 0
    status: SpecialPostStatus = SpecialPostStatus.OPEN

    @classmethod
    def create(cls, id: str, university_id: str, entry: SpecialPostEntry) -> Self:
        """Set up a post."""
        return cls(
            id=id,
            story=id,
            university_id=university_id,
            post_no=entry.post_no,
            post_kind=entry.post_kind,
            title=entry.title,
            programme_ids=entry.programme_ids,
            seats=entry.seats,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    def take(self, engagement_id: str) -> Self:
        """Give the engagement a seat, or leave it the one it has. Raises `SpecialPostFull`, `SpecialPostClosed`."""
        if engagement_id in self.holder_ids:
            return self
        if self.status is not SpecialPostStatus.OPEN:
            raise SpecialPostClosed
        if self.taken >= self.seats:
            raise SpecialPostFull(seats=self.seats)
        return replace(self, holder_ids=(*self.holder_ids, engagement_id), taken=self.taken + 1)

    def leave(self, engagement_id: str) -> Self:
        """Free the seat of an engagement that has ended."""
        staying = tuple(holder for holder in self.holder_ids if holder != engagement_id)
        return replace(self, holder_ids=staying, taken=len(staying))

    def resize(self, seats: int) -> Self:
        """Offer more seats or fewer. Raises `SeatsBelowTaken`."""
        if seats < self.taken:
            raise SeatsBelowTaken(taken=self.taken)
        return replace(self, seats=seats)

    def numbered(self, post_no: str) -> Self:
        """Give it the number by which its university knows it."""
        return replace(self, post_no=post_no)

    def update(self, change: SpecialPostChange) -> Self:
        """Bring it up to date; a closed post that is open again takes people again. Raises `SeatsBelowTaken`."""
        resized = self.resize(change.seats)
        return replace(resized, title=change.title, programme_ids=tuple(change.programme_ids), status=change.status)

    def close(self) -> Self:
        """Take nobody any more; who holds a seat keeps it."""
        if self.status is SpecialPostStatus.CLOSED:
            raise SpecialPostClosed
        return replace(self, status=SpecialPostStatus.CLOSED)
