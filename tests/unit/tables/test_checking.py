"""A table held against its shape: each cell that does not fit is told of by row and column, in both languages."""

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from shared.rules import Bilingual
from shared.tables import Checked, Column, TableShape, check, template
from shared.tables.checked import MAX_FAULTS
from shared.tables.refusals import EmptyTable, MissingHeadings, TooManyRows, UnknownHeadings


class Pupil(BaseModel):
    number: Annotated[str, Field(pattern=r"^[0-9]+$")]
    born_on: date | None = None
    year: Annotated[int, Field(ge=1, le=8)]
    sex: Literal["female", "male"] | None = None
    new: bool = False
    skills: tuple[str, ...] = ()


def column(name: str, zh: str, **more: object) -> Column:
    return Column(name=name, heading=Bilingual(zh=zh, en=name.title()), note=Bilingual(zh="说明", en="note"), **more)  # type: ignore[arg-type]


PUPILS = TableShape(
    "pupils",
    (
        column("number", "学号", unique=True),
        column("born_on", "出生日期", kind="day", required=False),
        column("year", "年级"),
        column(
            "sex",
            "性别",
            required=False,
            values={"female": Bilingual(zh="女", en="Woman"), "male": Bilingual(zh="男", en="Man")},
        ),
        column("new", "新生", kind="flag", required=False),
        column("skills", "技能", kind="list", required=False),
    ),
    Pupil,
)


def checked(text: str, **more: int) -> Checked[Pupil]:
    return check(PUPILS, text.encode(), lambda pupil: pupil, **more)


def faults(text: str) -> list[tuple[int, str | None]]:
    return [(fault.row, fault.column and fault.column.name) for fault in checked(text).faults]


@pytest.mark.parametrize("heading", ["学号,年级", "Number,Year", "number,year", " NUMBER* , 年级*"])
def test_headings_are_read_in_either_language(heading: str) -> None:
    (row,) = checked(f"{heading}\n7,3\n").rows

    assert (row.number, row.said) == (2, Pupil(number="7", year=3))


@pytest.mark.parametrize("day", ["2008-09-01", "2008/9/1", "2008.9.1", "2008年9月1日", "20080901", "2008-9-1"])
def test_days_are_read_as_people_write_them(day: str) -> None:
    (row,) = checked(f"学号,年级,出生日期\n7,3,{day}\n").rows

    assert row.said.born_on == date(2008, 9, 1)


@pytest.mark.parametrize("word", ["女", "female", "Woman", " FEMALE "])
def test_a_value_is_called_by_its_code_or_by_either_name(word: str) -> None:
    (row,) = checked(f"学号,年级,性别\n7,3,{word}\n").rows

    assert row.said.sex == "female"


def test_flags_and_lists_are_read() -> None:
    (row,) = checked("学号,年级,新生,技能\n7,3,是,焊接；钳工;\n").rows

    assert (row.said.new, row.said.skills) == (True, ("焊接", "钳工"))


def test_each_cell_that_does_not_fit_is_told_of_and_the_others_are_kept() -> None:
    text = "学号,年级,出生日期,性别\n7,3,,\nx,9,2008-02-30,其他\n,3,,\n7,1,,\n8,1,,\n"

    told = checked(text)

    assert faults(text) == [(3, "number"), (3, "born_on"), (3, "year"), (3, "sex"), (4, "number"), (5, "number")]
    assert [row.number for row in told.rows] == [2, 6]
    assert (told.count, told.faulty) == (5, 6)


def test_a_fault_says_what_would_pass_and_never_what_was_written() -> None:
    (fault,) = checked("学号,年级\n7,secret\n").faults

    assert (fault.message.zh, fault.message.en) == ("内容不符合要求：说明", "This does not fit: note")


def test_a_fault_names_the_values_where_only_these_are_allowed() -> None:
    (fault,) = checked("学号,年级,性别\n7,3,其他\n").faults

    assert fault.message.zh.endswith(" 女（female） / 男（male）")
    assert fault.message.en.endswith(" Woman (female) / Man (male)")


def test_what_stands_below_no_heading_is_told_of() -> None:
    assert faults("学号,,年级\n7,x,3\n8,,3,,x\n9,,3,,\n") == [(2, None), (3, None)]


def test_remarks_are_passed_over() -> None:
    assert [row.number for row in checked("学号,年级\n# 说明,1\n7,3\n").rows] == [3]


@pytest.mark.parametrize(("text", "refusal"), [
    ("", EmptyTable), ("学号,年级\n", EmptyTable), ("学号,年级\n#,\n", EmptyTable),
    ("学号\n7\n", MissingHeadings), ("学号,班级,年级\n", UnknownHeadings), ("学号,学号,年级\n7,7,3\n", UnknownHeadings),
])  # fmt: skip
def test_what_is_no_such_table_is_refused_whole(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        checked(text)


def test_the_number_of_rows_is_bounded() -> None:
    with pytest.raises(TooManyRows):
        checked("学号,年级\n7,3\n8,3\n", most=1)


def test_so_many_faults_are_told_of_and_the_rest_counted() -> None:
    told = checked("学号,年级\n" + "x,3\n" * (MAX_FAULTS + 5))

    assert (len(told.faults), told.faulty) == (MAX_FAULTS, MAX_FAULTS + 5)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_a_table_without_rows(language: str) -> None:
    empty = template(PUPILS, language)

    assert empty.startswith(b"\xef\xbb\xbf")
    with pytest.raises(EmptyTable):
        check(PUPILS, empty, lambda pupil: pupil)
    row = check(PUPILS, empty + b"7,,3,,,\r\n", lambda pupil: pupil).rows[0]
    assert row.said.year == 3
