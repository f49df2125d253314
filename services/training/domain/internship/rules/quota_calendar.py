"""How many more interns a unit may take, from when to when, on which kind of post, and which cap says so.

What an enterprise reads before it asks: the two caps of INT-03 and INT-04, beside whom it has already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from services.training.domain.internship.rules.occupancy import Level, Stay, changes, levels_of
from services.training.domain.internship.rules.quota import cap_of
from shared.rules import Rule


class PostKind(NamedTuple):
    """What interns are counted together by: an occupation at a site of the unit."""

    occupation_code: str
    site: str


class StayOnPost(Stay, Protocol):
    """So many interns on a kind of post, on all of these days."""

    @property
    def occupation_code(self) -> str:
        """Their occupation."""

    @property
    def site(self) -> str:
        """Where they are."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The unit's employees: all of them, and those on a kind of post. None: not known."""

    total: int | None
    on_post: Callable[[PostKind], int | None]


class Use(NamedTuple):
    """How far one cap is used; `cap` is None while the head count is not known."""

    rule: str
    taken: int
    cap: int | None

    @property
    def left(self) -> int | None:
        """How many more it lets in, None while that is not known; a cap that was lowered lets nobody in."""
        return None if self.cap is None else max(self.cap - self.taken, 0)


class FreePlaces(NamedTuple):
    """On every day from `starts_on` to `ends_on`: how many more may come, None where that is not known.

    `bound_by` is the cap that says so: the tighter one, or the one that is not known.
    """

    starts_on: date
    ends_on: date
    free: int | None
    bound_by: Use


@dataclass(frozen=True, slots=True)
class QuotaCalendar:
    """Free places from a first day to a last one: of the unit as a whole, and on each kind of post.

    While the unit has not declared its interns of other schools, nothing is known but that it is full.
    """

    unit: tuple[FreePlaces, ...]
    posts: Mapping[PostKind, tuple[FreePlaces, ...]]
    declared: bool


def quota_calendar(
    staff: Staff,
    offered: Iterable[PostKind],
    interns: Iterable[StayOnPost],
    external_interns: Iterable[StayOnPost] | None,
    *,
    first: date,
    last: date,
    unit_rule: Rule,
    post_rule: Rule,
) -> QuotaCalendar:
    """The calendar of a unit from `first` to `last`, both included, by INT-03 (`unit_rule`) and INT-04 (`post_rule`).

    It has every kind of post that is `offered`, and those that have interns on any of these days.
    """
    declared = external_interns is not None
    by_post = _by_post((*interns, *(external_interns or ())), first, last)
    # Stays are gone through once: the whole unit changes by what its posts do.
    moves = {post: changes(stays, first, last) for post, stays in by_post.items()}
    unit_cap = None if staff.total is None else cap_of(staff.total, unit_rule)
    unit = _steps(levels_of(moves.values(), first, last), unit_rule.id, unit_cap)
    posts = {}
    for post in sorted({*offered, *moves}):
        employees = staff.on_post(post)
        cap = None if employees is None else cap_of(employees, post_rule)
        on_post = _steps(levels_of((moves.get(post, {}),), first, last), post_rule.id, cap)
        posts[post] = tuple(_places(first, _tighter(on_post, unit), declared=declared))
    return QuotaCalendar(tuple(_places(first, unit, declared=declared)), posts, declared)


class _Step(NamedTuple):
    """To the last of some days one cap is used like this; the tighter of two steps has the smaller `tightness`."""

    ends_on: date
    tightness: tuple[bool, bool, int]
    use: Use


def _by_post(stays: Iterable[StayOnPost], first: date, last: date) -> dict[PostKind, list[StayOnPost]]:
    """Those who are there on any of these days."""
    found: defaultdict[tuple[str, str], list[StayOnPost]] = defaultdict(list)
    for stay in stays:
        if stay.starts_on <= last and first <= stay.ends_on:
            found[stay.occupation_code, stay.site].append(stay)
    return {PostKind(*post): there for post, there in found.items()}


def _steps(counted: Iterable[Level], rule: str, cap: int | None) -> list[_Step]:
    uses = ((level.ends_on, Use(rule, level.count, cap)) for level in counted)
    return [_Step(ends_on, _tightness(use.left), use) for ends_on, use in uses]


def _tightness(left: int | None) -> tuple[bool, bool, int]:
    """What is full comes first, whatever else is unknown; then what is unknown; then where least is left."""
    return left != 0, left is not None, left or 0


def _tighter(some: Sequence[_Step], others: Sequence[_Step]) -> Iterator[_Step]:
    """Both cover the same days without gaps: walked side by side, the tighter of the two at every time."""
    ours, theirs = iter(some), iter(others)
    one, other = next(ours), next(theirs)
    last, bound = some[-1].ends_on, min(one, other, key=_by_tightness)
    while (until := min(one.ends_on, other.ends_on)) < last:
        if one.ends_on == until:
            one = next(ours)
        if other.ends_on == until:
            other = next(theirs)
        tighter = one if one.tightness <= other.tightness else other
        if tighter is not bound:
            yield _Step(until, bound.tightness, bound.use)
            bound = tighter
    yield _Step(last, bound.tightness, bound.use)


def _by_tightness(step: _Step) -> tuple[bool, bool, int]:
    return step.tightness


def _places(first: date, steps: Iterable[_Step], *, declared: bool) -> Iterator[FreePlaces]:
    since = first
    for step in steps:
        left = step.use.left
        yield FreePlaces(since, step.ends_on, left if declared or left == 0 else None, step.use)
        since = step.ends_on + timedelta(days=1)
