"""The packs that ship, asked of recognitions on the day on which a batch opens."""

from datetime import date, timedelta

from shared.rules import Asked, Rule, Rulebook
from tests.unit.rules.packs import WANZHOU, shipped
from tests.unit.training.faculty.asking import NoHolidays

OPENED = date(2026, 9, 1)
DAY = timedelta(days=1)


def asked(on: date = OPENED, rulebook: Rulebook | None = None) -> Asked:
    """A rule of the shipped packs, or of these, asked in Wanzhou on a day without holidays."""

    def rule(id: str) -> Rule:
        return (rulebook or shipped("training")).rule(id, on, WANZHOU)

    return Asked(on, WANZHOU, rule, NoHolidays())
