"""Nothing about a person is kept without a word: of which kind it is, how long it stays, why, and what erasing does."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from shared.operations.privacy import map_table
from shared.personal.data_map import NAME, Age, DataMap, Erasing, held, not_personal
from shared.personal.erasing import blank
from shared.personal.retention import retentions
from shared.web.service import Service, installed_services

ROOT = Path(__file__).parents[2]
SERVICES = installed_services()
each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
_OF_AGGREGATES = {"id", "story", "test", "version"}


def unsaid(personal: DataMap, metadata: MetaData) -> dict[str, set[str]]:
    """The columns of which a map says nothing, and those of which it speaks though they are not there."""
    wrong = {}
    for table in metadata.sorted_tables:
        known = {each.table: each.columns for each in personal.tables}.get(table.name, frozenset())
        there = set(table.c.keys())
        if odd := (there - known) | (known - there - _OF_AGGREGATES):
            wrong[table.name] = odd
    gone = {each.table for each in personal.tables} - set(metadata.tables)
    return {**wrong, **{name: {"no such table"} for name in gone}}


def map_of(service: Service) -> DataMap:
    assert service.personal is not None, f"{service.name} says nothing of what it holds: Service(personal=...)"
    return service.personal


@each_service
def test_of_every_column_it_is_said_whether_it_tells_of_a_person(service: Service) -> None:
    assert unsaid(map_of(service), service.metadata) == {}, f"say it in services/{service.name}/personal.py"


def test_a_new_column_without_a_word_is_seen() -> None:
    metadata = MetaData()
    Table("pupil", metadata, Column("id", String, primary_key=True), Column("nickname", String))
    Table("unknown", metadata, Column("id", String, primary_key=True))
    personal = DataMap("test", (held("pupil", "register", person="id"), not_personal("long_gone", "")))

    assert unsaid(personal, metadata) == {
        "pupil": {"nickname"},
        "unknown": {"id"},
        "long_gone": {"no such table"},
    }


@each_service
def test_what_an_erasure_blanks_can_be_blank(service: Service) -> None:
    for each in map_of(service).tables:
        table = service.metadata.tables[each.table]
        for name, field in each.fields.items():
            if field.erasing in {Erasing.BLANKED, Erasing.OWN_ID} and not each.removed:
                blank(field, table.c[name])


def test_what_cannot_be_blank_is_seen() -> None:
    table = Table("pupil", MetaData(), Column("minor", Integer, nullable=False))

    with pytest.raises(TypeError, match=r"pupil\.minor cannot be blank"):
        blank(NAME, table.c["minor"])


@each_service
def test_a_name_is_erased_unless_it_is_somebody_else_s(service: Service) -> None:
    kept = [
        f"{each.table}.{name}"
        for each in map_of(service).tables
        for name, field in each.fields.items()
        if field.kind.value in {"name", "number", "birth", "sex", "contact"}
        and field.erasing is Erasing.KEPT
        and field.of is None
    ]

    assert kept == []


@each_service
def test_who_is_found_by_a_column_is_found(service: Service) -> None:
    for each in map_of(service).tables:
        columns = service.metadata.tables[each.table].c.keys()
        named = {*each.person, *each.party, each.object, each.mentions, each.institution} - {None}
        assert named <= set(columns), each.table


@each_service
def test_what_goes_with_time_goes_after_a_number(service: Service) -> None:
    for each in map_of(service).ageing:
        retention = retentions()[each.kept]
        assert retention.months or retention.days, f"{each.table}: {each.kept} has no number"
        age = each.age or Age(column="id")
        of = service.metadata.tables[age.parent or each.table]
        assert age.column in of.c, each.table


@each_service
def test_where_a_class_has_a_number_something_lets_go(service: Service) -> None:
    numbered = {name for name, each in retentions().items() if each.months or each.days}
    forever = [
        each.table for each in map_of(service).tables if each.kept in numbered and not (each.age or each.elsewhere)
    ]

    assert forever == [], "say by which column its rows age, or who lets them go"


def test_every_class_of_retention_is_used_and_the_law_s_least_is_kept() -> None:
    used = {each.kept for service in SERVICES.values() for each in map_of(service).tables}

    assert used == set(retentions())
    assert (retentions()["audit"].months or 0) >= 36, "PIPL art. 56: three years"


def test_the_page_on_personal_data_shows_the_map_as_it_is() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text()

    for service in SERVICES.values():
        assert map_table(map_of(service)) in page, f"write in what `sunmao privacy map {service.name}` prints"


def test_the_page_on_personal_data_shows_every_class_of_retention() -> None:
    named = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "privacy.md").read_text(), re.MULTILINE)

    assert set(retentions()) <= set(named)
