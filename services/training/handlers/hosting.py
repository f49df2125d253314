"""What happens when an enterprise wants a year proven."""

from services.training.commands.hosting import OpenHostingYear
from services.training.domain.hosting import HostingYear
from services.training.ports import Work


async def open_hosting_year(command: OpenHostingYear, work: Work) -> HostingYear:
    """Open a year of an enterprise; one that is open already is given again."""
    year = HostingYear.open(command.enterprise_id, command.year, on=work.context.today)
    return await work.hosting_years.find(year.id) or work.hosting_years.add(year)
