"""One thing of each kind that a service keeps, whose it is, and what is sent to the routes that act on it.

A new route with an id in its path needs an entry in `ids` of its service, and in `bodies` if it reads one;
`tests/integration/test_access.py` fails until it has them.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.talent.commands import EnterProgrammeYear, RegisterProgramme
from services.talent.domain.programme import ProgrammeEntry
from services.talent.domain.programme_year import YearMetrics
from services.talent.handlers.demand import weigh_need
from services.talent.handlers.programme import register_programme
from services.talent.handlers.programme_year import enter_programme_year
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedPosted
from tests.integration.access import (
    people,
    worklist,
)
from tests.integration.access.imported import imported, keep_import
from tests.integration.access.kept import Things
from tests.integration.access.partnership_things import of_partnership
from tests.integration.access.training_things import of_training
from tests.unit.notify import world as notify
from tests.unit.talent import town as talent
from tests.unit.talent import world


async def of_talent() -> Things:
    town = talent.Town()
    town.know(*talent.region())
    await town.hear(weigh_need, world.posted(visibility="named", named_organization_ids=[world.UNIVERSITY]))
    entry = ProgrammeEntry(
        code="460301", name="机电一体化技术", level="college", industry_codes=(), occupation_codes=(), skills=(),
        region_code="500101", students=40, total_half_credits=280,
    )  # fmt: skip
    command = RegisterProgramme(programme_id=new_id("programme"), university_id=world.UNIVERSITY, entry=entry)
    await town.hear(register_programme, command)
    body = {"code": "460301", "name": "机电", "level": "college", "region_code": "500101", "total_half_credits": 280}
    year = EnterProgrammeYear(
        year_id=new_id("programme_year"), programme_id=command.programme_id, year=2025, metrics=YearMetrics(students=40)
    )
    await town.hear(enter_programme_year, year)
    entered = imported("programme-years", world.UNIVERSITY)
    await town.hear(keep_import, entered)
    ids = {
        "programmes/{programme_id}": command.programme_id,
        "needs/{need_id}": world.NEED,
        "programme-years/{year_id}": year.year_id,
        "imports/{import_id}": entered.id,
    }
    bodies = {
        "PUT /v1/programmes/{programme_id}": body,
        "PUT /v1/programme-years/{year_id}": {"students": 41},
        "POST /v1/programmes/{programme_id}/years": {"year": 2024, "students": 39},
    }
    return Things(town.store, ids, (world.UNIVERSITY, world.ENTERPRISE), bodies=bodies)


async def of_notify() -> Things:
    store = notify.region()
    await notify.tell(store, notify.golden(NeedPosted, organization_id=notify.ENTERPRISE))
    told = next(each for each in notify.notifications(store) if each.recipient == notify.ADMIN_E)
    ids = {
        "inbox/{id}": told.id,
        "parties/{party}": notify.ADMIN_E,
        "delegations/{delegation_id}": await worklist.handed_on(store),
        "stories/{correlationid}": told.story,
        "tellings/{correlationid}": told.story,
    }
    bodies = {
        "PUT /v1/parties/{party}/addresses": {"addresses": []},
        "PUT /v1/parties/{party}/preferences": {"preferences": []},
        "PUT /v1/parties/{party}/locale": {"locale": "en"},
    }
    return Things(store, ids, (notify.ENTERPRISE, notify.UNIVERSITY), bodies=bodies)


OF: Mapping[str, Callable[[], Awaitable[Things]]] = {
    "partnership": of_partnership,
    "training": of_training,
    "talent": of_talent,
    "notify": of_notify,
}
EVERYWHERE: Mapping[str, str] = {
    "dead-letters/{id}": "1", "docs/{asset}": "swagger-ui.css", "calendar/{year}": "2027",
    "personal-data/{person_id}": people.SOMEBODY,
}  # fmt: skip
A_RULE_OF: Mapping[str, str] = {"partnership": "PTN-01", "training": "X-03", "talent": "MAT-01"}
ACTS_OF_EVERYBODY: Mapping[str, Any] = {"POST /v1/rules/{rule_id}/trials": {"facts": {}}}
ACTS_OF_OPERATORS: Mapping[str, Any] = {
    "PUT /v1/calendar/{year}": "no table",
    "POST /v1/operations/dead-letters/replays": {"dry_run": True},
    "POST /v1/operations/dead-letters/discards": {"ids": [1], "reason": "of no use"},
    "POST /v1/operations/rebuilds": {"consumer": "no such"},
    "POST /v1/operations/backfills": {"consumer": "no such", "since": "2026-09-01T00:00:00+08:00"},
}
