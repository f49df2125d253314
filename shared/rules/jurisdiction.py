"""Where a decision is taken: the levels whose packs apply to it, from the country down to one institution.

Written as a path, `CN/CN-CQ/alliance/org_…`, so that one string stored with a decision finds the same rules again.
"""

import re
from collections.abc import Mapping
from typing import Final

COUNTRY: Final = "CN"
ALLIANCE: Final = "alliance"
PROVINCES: Final = {"50": "CN-CQ", "51": "CN-SC", "42": "CN-HB", "61": "CN-SN"}
"""Provinces of the alliance's members, by the first two digits of a GB/T 2260 region code."""
RETIRED: Final[Mapping[str, str]] = {"500234": "500154"}
"""Codes no longer in use and what they became: Kaizhou was the county 500234 until 2016."""
DIVISION: Final = r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])"
"""What a region code begins with: the provinces, autonomous regions, municipalities and SARs of GB/T 2260."""
INSTITUTION: Final = r"org_[0-9A-HJKMNP-TV-Z]{26}"
LEVEL: Final = rf"^(CN|{'|'.join(PROVINCES.values())}|alliance|{INSTITUTION})$"
_PATH: Final = re.compile(rf"CN(/({'|'.join(PROVINCES.values())}))?(/alliance)?(/{INSTITUTION})?")


def is_region(written: str) -> bool:
    """Whether this can be a region code: six digits, of which the first two name a division of the country."""
    return re.fullmatch(rf"{DIVISION}[0-9]{{4}}", written) is not None


def lies_in(region_code: str, wider: str) -> bool:
    """Whether a region is this one or part of it: 511723 lies in 511700 and in 510000, 500234 in what it became."""
    return current(region_code).startswith(_stem(current(wider)))


def span_of(region_code: str) -> tuple[str, str]:
    """The first code of a region, and the first one beyond it: of 511700 these are 511700 and 511800."""
    stem = _stem(current(region_code))
    return stem.ljust(6, "0"), str(int(stem) + 1).ljust(6, "0")


def retired_in(region_code: str) -> tuple[str, ...]:
    """The codes no longer in use of what lies in a region."""
    return tuple(old for old in RETIRED if lies_in(old, region_code))


def current(region_code: str) -> str:
    """The code in use today for the region that this one names or named."""
    return RETIRED.get(region_code, region_code)


def _stem(region_code: str) -> str:
    return region_code[:2] if region_code.endswith("0000") else region_code.removesuffix("00")


def jurisdiction_of(region_code: str, institution: str | None = None) -> str:
    """The path for something in this region (six digits) and, where given, of this institution."""
    if not re.fullmatch(r"[0-9]{6}", region_code):
        raise ValueError("A region code has six digits, such as 500101.")
    province = PROVINCES.get(region_code[:2])
    return "/".join(level for level in (COUNTRY, province, ALLIANCE, institution) if level)


def levels(jurisdiction: str) -> tuple[str, ...]:
    """The levels of a path, the most general first."""
    if not _PATH.fullmatch(jurisdiction):
        raise ValueError(f"{jurisdiction!r} is no jurisdiction; one reads CN, CN/CN-CQ/alliance or CN/alliance/org_….")
    return tuple(jurisdiction.split("/"))


def path_of(written: str) -> str:
    """The path that a person means: a path, one level of it alone (`CN-CQ`, `alliance`, `org_…`), or a region code.

    A level below the country stands for where the alliance decides there: `CN-CQ` is `CN/CN-CQ/alliance`.
    """
    if is_region(written):
        return jurisdiction_of(written)
    if re.fullmatch(INSTITUTION, written):
        return f"{COUNTRY}/{ALLIANCE}/{written}"
    if written == ALLIANCE:
        return f"{COUNTRY}/{ALLIANCE}"
    if written in PROVINCES.values():
        return f"{COUNTRY}/{written}/{ALLIANCE}"
    return "/".join(levels(written))
