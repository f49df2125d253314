"""In what the numbers of rules are counted, and how a number is said with it: packs write the unit, people read it."""

from enum import StrEnum
from fractions import Fraction
from typing import Final

from shared.rules.verdict import Bilingual

_WHOLE_BP: Final = 10_000


class Unit(StrEnum):
    """What a number of a rule counts, as packs write it."""

    BASIS_POINTS = "basis points"
    CHARACTERS = "characters"
    CONVERSIONS = "conversions"
    DAYS = "days"
    DAYS_A_WEEK = "days a week"
    DAYS_AFTER_SUNDAY = "days after the Sunday"
    DAYS_IN_WEEK = "days in the week"
    DIGITS = "digits"
    GRADE = "grade"
    HOUR = "hour"
    HOURS = "hours"
    HOURS_A_DAY = "hours a day"
    HOURS_A_WEEK = "hours a week"
    KILOMETRES = "kilometres"
    LOGS = "logs"
    MATCHES = "matches"
    MONTHS = "months"
    OFFERS = "offers"
    PERSONS_A_YEAR = "persons a year"
    PIECES = "pieces"
    POINTS = "points"
    PROPOSALS = "proposals"
    SHARE = "share"
    YEAR_OF_STUDIES = "year of studies"
    YEARS_OF_AGE = "years of age"

    @property
    def told(self) -> Bilingual:
        """What it is called."""
        return _UNITS[self]


_UNITS: Final = {
    Unit.BASIS_POINTS: Bilingual("万分之一", "hundredths of a per cent"),
    Unit.CHARACTERS: Bilingual("位", "characters"),
    Unit.CONVERSIONS: Bilingual("次", "conversions"),
    Unit.DAYS: Bilingual("天", "days"),
    Unit.DAYS_A_WEEK: Bilingual("天/周", "days a week"),
    Unit.DAYS_AFTER_SUNDAY: Bilingual("天（自周日起）", "days after the Sunday"),
    Unit.DAYS_IN_WEEK: Bilingual("天（当周）", "days in the week"),
    Unit.DIGITS: Bilingual("位", "digits"),
    Unit.GRADE: Bilingual("级", "grade"),
    Unit.HOUR: Bilingual("时", "o'clock"),
    Unit.HOURS: Bilingual("小时", "hours"),
    Unit.HOURS_A_DAY: Bilingual("小时/天", "hours a day"),
    Unit.HOURS_A_WEEK: Bilingual("小时/周", "hours a week"),
    Unit.KILOMETRES: Bilingual("公里", "kilometres"),
    Unit.LOGS: Bilingual("篇", "logs"),
    Unit.MATCHES: Bilingual("次", "matches"),
    Unit.MONTHS: Bilingual("个月", "months"),
    Unit.OFFERS: Bilingual("份", "offers"),
    Unit.PERSONS_A_YEAR: Bilingual("人/年", "persons a year"),
    Unit.PIECES: Bilingual("项", "pieces"),
    Unit.POINTS: Bilingual("分", "points"),
    Unit.PROPOSALS: Bilingual("条", "proposals"),
    Unit.SHARE: Bilingual("比例", "share"),
    Unit.YEAR_OF_STUDIES: Bilingual("年级", "year of studies"),
    Unit.YEARS_OF_AGE: Bilingual("周岁", "years of age"),
}


def percent(basis_points: int) -> str:
    """A share in per cent, exact: 9050 is `90.5%`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%"


def said(number: int | Fraction, unit: Unit | None, language: str) -> str:
    """A number with its unit, as people say it; a share in per cent wherever that is exact."""
    if unit in {Unit.BASIS_POINTS, Unit.SHARE}:
        points = Fraction(number) * (1 if unit is Unit.BASIS_POINTS else _WHOLE_BP)
        return percent(points.numerator) if points.denominator == 1 else str(number)
    return str(number) if unit is None else f"{number} {unit.told.say(language)}"
