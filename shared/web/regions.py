"""Region codes as callers send them: six digits that begin with a division of the country, and filters by them."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator
from sqlalchemy import ColumnElement, and_, or_

from shared.contracts.fields import RegionCode
from shared.errors import Misfit
from shared.rules.jurisdiction import is_region, retired_in, span_of


def _of_a_division(region_code: str) -> str:
    if not is_region(region_code):
        raise Misfit(
            en="A region code is one of GB/T 2260: its first two digits are those of a province, such as 50 in 500101.",
            zh="须为 GB/T 2260 行政区划代码，前两位为省级代码，如 500101 中的 50。",
        )
    return region_code


Region = Annotated[RegionCode, AfterValidator(_of_a_division)]
"""A region code that somebody states or narrows a list by. What events carry is read more leniently: `RegionCode`."""


@dataclass(frozen=True, slots=True)
class Within:
    """What a list is narrowed by: a region and what lies in it, as the codes of GB/T 2260 nest."""

    region_code: str

    def narrows(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition on a column of region codes: a range, which an index in their order answers."""
        first, beyond = span_of(self.region_code)
        inside = and_(column >= first, column < beyond)
        retired = retired_in(self.region_code)
        return or_(inside, column.in_(retired)) if retired else inside


def within(region_code: str | None) -> Within | None:
    """The filter for a region that somebody names, if they name one."""
    return None if region_code is None else Within(region_code)
