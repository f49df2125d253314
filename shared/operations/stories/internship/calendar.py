"""The calendar of the story's dates: a year of which no notice is known here is entered as the law names its days."""

from datetime import date
from typing import Final

from shared.operations.stories.cast import OPERATIONS
from shared.operations.stories.internship.workshop import Holidays
from shared.operations.stories.teller import Teller

_NOTE: Final = "演示，以国务院办公厅通知为准"


async def know_years(teller: Teller, holidays: Holidays, first: date, last: date) -> None:
    """Enter each year from one day to another that nobody has entered and no notice is known of."""
    for year in range(first.year, last.year + 1):
        path = f"/v1/calendar/{year}"
        if not (await teller.get(OPERATIONS, "training", path))["known"]:
            teller.say(f"the calendar of {year}")
            await teller.put_table(f"seed/calendar/{year}", OPERATIONS, "training", path, table_of(holidays, year))


def table_of(holidays: Holidays, year: int) -> str:
    """A year as operators import it; nobody who looks at it takes it for the notice."""
    rows = (f"{day.isoformat()},holiday,{name}（{_NOTE}）" for day, name in holidays.of(year))
    return "\n".join(("date,kind,note", *rows, ""))
