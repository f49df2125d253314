"""Region codes as callers send them: six digits that begin with a division of the country."""

from typing import Annotated

from pydantic import AfterValidator

from shared.contracts.fields import RegionCode
from shared.errors import Misfit
from shared.rules.jurisdiction import is_region


def _of_a_division(region_code: str) -> str:
    if not is_region(region_code):
        raise Misfit(
            en="A region code is one of GB/T 2260: its first two digits are those of a province, such as 50 in 500101.",
            zh="须为 GB/T 2260 行政区划代码，前两位为省级代码，如 500101 中的 50。",
        )
    return region_code


Region = Annotated[RegionCode, AfterValidator(_of_a_division)]
"""A region code that somebody states or narrows a list by. What events carry is read more leniently: `RegionCode`."""
