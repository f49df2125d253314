"""Who must take part before a training base is built (BAS-01)."""

import re
from collections.abc import Collection, Iterable
from typing import Annotated, Final

from shared.contracts.fields import Name, Text
from shared.rules import Facts, Finding, Rule, RuleShape, Trial, tried_alone, verdict_of
from shared.rules.fact_types import MANY
from shared.rules.verdict import Verdict, any_of

BAS_01: Final = RuleShape(
    "BAS-01", params={"division_digits": int}, cases=("nobody", "other_sector"), facts=("base_sector", "sector")
)


class SectorFacts(Facts):
    """What BAS-01 is judged by: the GB/T 4754 codes of the base, and the one of each enterprise that takes part.

    The enterprises stand by any name that tells them apart; the code of one that nobody knows is None.
    """

    base_codes: Annotated[tuple[Text, ...], MANY] = ()
    enterprise_codes: dict[Name, Text | None] = {}


def sector(industry_code: str, rule: Rule) -> str | None:
    """The division of a GB/T 4754 code, its first two digits (`C3824` and `3824` are both 38); None if it has none."""
    found, digits = re.fullmatch(r"[A-T]?([0-9]{2,4})", industry_code), rule.number("division_digits")
    return found[1][:digits] if found and len(found[1]) >= digits else None


def enterprise_of_the_sector(
    base_codes: Collection[str], enterprise_codes: Collection[str | None], rule: Rule
) -> Finding:
    """BAS-01: at least one enterprise that takes part shares a division of GB/T 4754 with the base. Source: the plan.

    `enterprise_codes` has one entry for each enterprise that takes part, None where its code is not known. "In
    principle": an approver may accept a base without one.
    """
    if not enterprise_codes:
        return rule.fails("nobody", actual=0)
    sectors = _sectors(base_codes, rule)
    if not sectors:
        return rule.unknown("base_sector")
    takes_part = any_of(_shares_one(code, sectors, rule) for code in enterprise_codes)
    if takes_part is Verdict.UNKNOWN:
        return rule.unknown("sector")
    if takes_part is Verdict.FAIL:
        others = _sectors((code for code in enterprise_codes if code), rule)
        return rule.fails("other_sector", actual=", ".join(sorted(others)), limit=", ".join(sorted(sectors)))
    return rule.passes(limit=", ".join(sorted(sectors)))


def base_has_its_sector(facts: SectorFacts, rule: Rule) -> Finding:
    """BAS-01, asked of stated facts."""
    return enterprise_of_the_sector(facts.base_codes, list(facts.enterprise_codes.values()), rule)


def _sectors(codes: Iterable[str], rule: Rule) -> frozenset[str]:
    return frozenset(division for code in codes if (division := sector(code, rule)))


def _shares_one(code: str | None, sectors: frozenset[str], rule: Rule) -> Verdict:
    division = sector(code, rule) if code else None
    return verdict_of(None if division is None else division in sectors)


TRIALS: Final[tuple[Trial, ...]] = (tried_alone(BAS_01, SectorFacts, base_has_its_sector),)
