"""A university enters its programmes."""

from typing import Any

from services.talent.commands import RegisterProgramme, UpdateProgramme
from services.talent.domain.programme import ProgrammeEntry
from services.talent.handlers.programme import register_programme, update_programme
from shared.contracts.talent import ProgrammeState
from tests.unit.talent.town import Town
from tests.unit.talent.world import HELD, UNIVERSITY, named

PROGRAMME = named("prog", 1)


def entry(**other: Any) -> ProgrammeEntry:
    values: dict[str, Any] = {
        "code": "460301",
        "name": "机电一体化技术",
        "level": "college",
        "industry_codes": ("C34",),
        "occupation_codes": ("6-31-01-03",),
        "skills": HELD,
        "region_code": "500101",
        "students": 120,
        "total_half_credits": 280,
        **other,
    }
    return ProgrammeEntry(**values)


async def test_a_registered_programme_is_told_with_its_state() -> None:
    town = Town()
    command = RegisterProgramme(programme_id=PROGRAMME, university_id=UNIVERSITY, entry=entry())

    [fact] = await town.hear(register_programme, command)

    state = next(body for body in town.store.told if isinstance(body, ProgrammeState))
    assert (state.status, state.version, state.skills) == ("active", 1, fact.skills)
    assert fact.total_half_credits == 280


async def test_an_updated_programme_tells_the_whole_of_it_as_it_is_now() -> None:
    town = Town()
    await town.hear(
        register_programme, RegisterProgramme(programme_id=PROGRAMME, university_id=UNIVERSITY, entry=entry())
    )

    [fact] = await town.hear(
        update_programme, UpdateProgramme(programme_id=PROGRAMME, entry=entry(students=90, skills=()))
    )

    assert (fact.students, fact.skills, fact.name) == (90, [], "机电一体化技术")
    assert (await town.work().programmes.get(PROGRAMME)).version == 2


async def test_who_entered_a_programme_is_written_into_the_audit_trail() -> None:
    town = Town()

    await town.hear(
        register_programme, RegisterProgramme(programme_id=PROGRAMME, university_id=UNIVERSITY, entry=entry())
    )

    [audit] = town.store.changes[-1].audits
    assert (audit["act"], audit["subject"], audit["organization_id"]) == ("register_programme", PROGRAMME, UNIVERSITY)
