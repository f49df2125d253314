"""The quota calendar of a unit: its posts, its people, and whom it has already, read as they are kept."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.training import queries
from services.training.domain.directory import Employees, KnownOrganization, OrganizationUnknown
from services.training.domain.internship.post import Post
from services.training.domain.internship.quota_board import Present, QuotaBoard, QuotaRange, require_plannable
from services.training.domain.internship.rules.quota_calendar import PostKind, QuotaCalendar
from services.training.domain.internship.unit import ExternalInterns, InternshipUnit
from services.training.storage import Table, TrainingWork
from shared.contracts.ids import new_id
from shared.persistence import sets
from shared.persistence.database import Database
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.college import TODAY
from tests.unit.training.internship.workshop import FITTER, TERMS

HALL = PostKind(FITTER, "万州一厂")
YARD = PostKind(FITTER, "万州二厂")
JULY = date(2027, 7, 1), date(2027, 7, 31)
ENTERPRISE = new_id("organization")


def enterprise(total: int | None = 100, fitters: int | None = 10) -> KnownOrganization:
    posts = None if fitters is None else (Employees(occupation_code=FITTER, employees=fitters),)
    return KnownOrganization(
        id=ENTERPRISE, version=1, kind="enterprise", name_zh="达州某公司", region_code="511700", industry_code=None,
        employees_total=total, posts=posts,
    )  # fmt: skip


def with_sites(**fitters: int) -> KnownOrganization:
    """The enterprise, which states its fitters at single sites too."""
    posts = (Employees(occupation_code=FITTER, employees=count, site=site) for site, count in fitters.items())
    return replace(enterprise(), posts=(*(enterprise().posts or ()), *posts))


def unit(*external: ExternalInterns, declared: bool = True) -> InternshipUnit:
    return replace(InternshipUnit.of(ENTERPRISE), external_interns=external if declared else None)


def post(kind: PostKind = HALL) -> Post:
    terms = replace(TERMS, occupation_code=kind.occupation_code, site=kind.site)
    created, _ = Post.create(new_id("post"), enterprise_id=ENTERPRISE, agreement=None, terms=terms)
    return created


def board(of: InternshipUnit, *there: Present, known: KnownOrganization | None = None) -> QuotaBoard:
    organization = known or enterprise()
    return QuotaBoard(unit=of, organization=organization, home=organization, posts=(post(),), interns=there)


def drawn(of: QuotaBoard) -> QuotaCalendar:
    rules = {"unit_rule": shipped_rule("training", "INT-03"), "post_rule": shipped_rule("training", "INT-04")}
    return of.calendar(*JULY, **rules)


def there(first: int, last: int, count: int = 1, kind: PostKind = HALL) -> Present:
    return Present(date(2027, 7, first), date(2027, 7, last), *kind, count)


def test_free_places_are_shown_by_stretches_with_the_cap_that_says_so() -> None:
    (before, between, after) = drawn(board(unit(), there(10, 20))).posts[HALL]

    assert [(s.starts_on.day, s.ends_on.day, s.free) for s in (before, between, after)] == [
        (1, 9, 2), (10, 20, 1), (21, 31, 2),
    ]  # fmt: skip
    assert between.bound_by == ("INT-04", 1, 2)


def test_interns_of_other_schools_take_places_too() -> None:
    declared = ExternalInterns(occupation_code=FITTER, site=HALL.site, starts_on=JULY[0], ends_on=JULY[1], interns=2)

    (july,) = drawn(board(unit(declared))).posts[HALL]

    assert (july.free, july.bound_by.taken) == (0, 2)


def test_a_unit_that_declared_nothing_leaves_it_open() -> None:
    calendar = drawn(board(unit(declared=False), there(1, 5, count=2)))

    full, unknown = calendar.posts[HALL]
    assert (calendar.declared, full.free, unknown.free) == (False, 0, None)


@pytest.mark.parametrize("known", [enterprise(fitters=None), enterprise(total=None)])
def test_a_headcount_that_is_not_known_leaves_it_open(known: KnownOrganization) -> None:
    (july,) = drawn(board(unit(), known=known)).posts[HALL]

    assert (july.free, july.bound_by.cap) == (None, None)


def test_a_site_without_an_open_post_is_shown_while_it_has_interns() -> None:
    calendar = drawn(board(unit(), there(1, 31, kind=YARD)))

    assert list(calendar.posts) == sorted([HALL, YARD])
    assert [places.free for places in calendar.posts[YARD]] == [1]


def test_the_rules_are_asked_at_a_home_that_is_known() -> None:
    with pytest.raises(OrganizationUnknown):
        _ = replace(board(unit()), home=None).jurisdiction


@pytest.mark.parametrize("days", [-1, 1100])
def test_a_calendar_runs_forward_and_not_for_ever(days: int) -> None:
    require_plannable(TODAY, TODAY + timedelta(days=1099), days=1100)
    with pytest.raises(QuotaRange):
        require_plannable(TODAY, TODAY + timedelta(days=days), days=1100)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/training.db")
    async with made.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield made
    await made.close()


async def keep(database: Database, *, interns: int) -> None:
    """A unit with two open posts, a closed one, and interns of two segments, half of whom are no more there."""
    closed, _ = post().close(by=ENTERPRISE)
    kept = (
        (TrainingWork.units.mapping, [unit()]),
        (TrainingWork.posts.mapping, [post(), post(YARD), closed]),
        (TrainingWork.organizations.mapping, [enterprise()]),
    )
    async with database.writing() as connection:
        for mapping, things in kept:
            await sets.insert(connection, mapping.table, [mapping.row(thing) for thing in things])  # type: ignore[attr-defined]
        rows = [placed(status) for status in ("ongoing", "completed") for _ in range(interns)]
        await sets.insert(connection, TrainingWork.placements.mapping.table, [*rows, placed("ongoing", "cognition")])


def placed(status: str, kind: str = "post") -> sets.Row:
    """A placement on two stretches of July, as its row is."""
    segments = [{"starts_on": f"2027-07-{a:02}", "ends_on": f"2027-07-{b:02}"} for a, b in ((1, 5), (20, 25))]
    table = TrainingWork.placements.mapping.table
    empty = {column.name: "" for column in table.c if not column.nullable}
    days = {"starts_on": date(2027, 7, 1), "ends_on": date(2027, 7, 25), "segments": segments}
    numbers = {"test": False, "version": 1}
    told = {"enterprise_id": ENTERPRISE, "occupation_code": FITTER, "site": HALL.site, "status": status}
    return {**empty, **days, **numbers, **told, "id": new_id("placement"), "internship_kind": kind}


async def test_a_board_is_read_with_open_posts_and_those_who_take_a_place(database: Database) -> None:
    await keep(database, interns=3)

    async with database.reading() as connection:
        found = await queries.quota_board(connection, unit().id, *JULY, None)
        later = await queries.quota_board(connection, unit().id, date(2028, 1, 1), date(2028, 2, 1), None)

    assert found is not None
    assert later is not None
    assert {(each.occupation_code, each.site) for each in found.posts} == {HALL, YARD}
    assert sorted(found.interns) == [there(1, 5, count=3), there(20, 25, count=3)]
    assert (later.interns, found.employees_total, found.home) == ((), 100, enterprise())


async def test_a_stranger_s_home_is_not_known_and_a_stranger_has_no_board(database: Database) -> None:
    await keep(database, interns=1)

    async with database.reading() as connection:
        found = await queries.quota_board(connection, unit().id, *JULY, new_id("organization"))
        nothing = await queries.quota_board(connection, new_id("internship_unit"), *JULY, None)

    assert (found is not None and found.home, nothing) == (None, None)


def test_a_site_has_the_places_that_its_own_headcount_gives_where_it_is_stated() -> None:
    known = with_sites(万州二厂=25)

    calendar = drawn(board(unit(), there(1, 31, kind=YARD), known=known))

    assert [(calendar.posts[kind][0].free, calendar.posts[kind][0].bound_by.cap) for kind in (HALL, YARD)] == [
        (2, 2),
        (4, 5),
    ]
