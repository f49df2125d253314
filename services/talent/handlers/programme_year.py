"""A university says what came of its programmes in a year."""

from services.talent.commands import CorrectProgrammeYear, EnterProgrammeYear
from services.talent.domain.programme_year import ProgrammeYear, YearEntered
from services.talent.ports import Work


async def enter_programme_year(command: EnterProgrammeYear, work: Work) -> ProgrammeYear:
    """Enter the numbers of a programme for a year of which none were entered."""
    programme = await work.programmes.get(command.programme_id)
    if await work.programme_years.where(programme_id=programme.id, year=command.year):
        raise YearEntered
    entered = ProgrammeYear.enter(command.year_id, programme, command.year, command.metrics, on=work.context.today)
    work.audit("enter_programme_year", entered.id, organization_id=entered.university_id)
    return work.programme_years.add(entered)


async def correct_programme_year(command: CorrectProgrammeYear, work: Work) -> ProgrammeYear:
    """State the numbers of a year anew."""
    entered = await work.programme_years.get(command.year_id)
    work.audit("correct_programme_year", entered.id, organization_id=entered.university_id)
    return work.programme_years.save(entered.correct(command.metrics))
