"""What a key figure comes to: counted exactly, with what nobody can say yet, and never zero for want of anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was counted, and what it comes to; `value` is None where there is nothing to count.

    `unknown` are the things of which nobody can say yet on which side they belong. They are in no denominator, but in
    `least` and `most`, which the value lies between once everything is known. `lacks` are the facts that are missing.
    """

    numerator: int | None
    denominator: int | None
    value: Fraction | None
    unknown: int = 0
    lacks: tuple[str, ...] = ()
    least: Fraction | None = None
    most: Fraction | None = None

    @classmethod
    def ratio(
        cls, numerator: int, denominator: int, *, unknown: int = 0, lacks: str = "", nothing_lacks: str = ""
    ) -> Self:
        """So many of so many. `lacks` is the fact that the unknown miss, `nothing_lacks` the one missing of nothing."""
        whole = denominator + unknown
        missing = (lacks if unknown else "", nothing_lacks if not whole else "")
        return cls(
            numerator=numerator,
            denominator=denominator,
            value=Fraction(numerator, denominator) if denominator else None,
            unknown=unknown,
            lacks=tuple(fact for fact in missing if fact),
            least=Fraction(numerator, whole) if whole else None,
            most=Fraction(numerator + unknown, whole) if whole else None,
        )

    @classmethod
    def count(cls, number: int) -> Self:
        """So many."""
        value = Fraction(number)
        return cls(numerator=number, denominator=None, value=value, least=value, most=value)

    @classmethod
    def median(cls, times: Mapping[int, int], *, unknown: int, lacks: str) -> Self:
        """The middle of values, each of which came so many times, or halfway between the two in the middle."""
        number = sum(times.values())
        value = _middle(times, number) if number else None
        return cls(numerator=None, denominator=number, value=value, unknown=unknown, lacks=(lacks,) if unknown else ())


def _middle(times: Mapping[int, int], number: int) -> Fraction:
    values = sorted(times)
    up_to = list(accumulate(times[value] for value in values))
    lower, upper = (
        next(value for value, reached in zip(values, up_to, strict=True) if reached > place)
        for place in ((number - 1) // 2, number // 2)
    )
    return Fraction(lower + upper, 2)
