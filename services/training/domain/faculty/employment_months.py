"""How many months of work employments come to, exactly, and rounded down once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from math import floor
from typing import Final

from services.training.domain.faculty.career import Employment
from services.training.domain.faculty.practice_window import end_of_months

_DAY: Final = timedelta(days=1)
_WHOLE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with the same share of full-time work; `end` is the day after the last."""

    start: date
    end: date
    share: Fraction

    @property
    def months(self) -> Fraction:
        """Its calendar months, the last one by its days."""
        whole = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        if end_of_months(self.start, whole) > self.end:
            whole -= 1
        begun, full = end_of_months(self.start, whole), end_of_months(self.start, whole + 1)
        return whole + Fraction((self.end - begun).days, (full - begun).days)


def completed_months(
    employments: Iterable[Employment], *, until: date, full_time_hours: int, unstated: Fraction
) -> int:
    """Whole completed months up to and with `until` of the union of these employments.

    Full-time work counts each day once, whatever lies beside it; on other days part-time work counts its share of
    `full_time_hours` a week, together at most a whole day. `unstated` is the share of part-time work whose hours
    nobody has stated.
    """
    shares = [(work, _share(work, full_time_hours, unstated)) for work in employments if work.starts_on <= until]
    stretches = _merged(_pieces(shares, until))
    return floor(sum((stretch.months * stretch.share for stretch in stretches), Fraction(0)))


def _share(work: Employment, full_time_hours: int, unstated: Fraction) -> Fraction:
    if work.full_time:
        return _WHOLE
    return unstated if work.weekly_hours is None else min(_WHOLE, Fraction(work.weekly_hours, full_time_hours))


def _pieces(shares: list[tuple[Employment, Fraction]], until: date) -> Iterator[Stretch]:
    spans = [(work.starts_on, min(work.ends_on or until, until) + _DAY, share) for work, share in shares]
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    for start, end in pairwise(edges):
        together = sum((share for first, after, share in spans if first <= start and end <= after), Fraction(0))
        yield Stretch(start, end, min(_WHOLE, together))


def _merged(pieces: Iterator[Stretch]) -> Iterator[Stretch]:
    for share, alike in groupby(pieces, key=lambda piece: piece.share):
        run = list(alike)
        yield Stretch(run[0].start, run[-1].end, share)
