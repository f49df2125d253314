"""Empty tables: what is filled in below their headings is read again, and cells offer what is allowed."""

import io
import zipfile

import pytest

from services.partnership.main import SERVICE as PARTNERSHIP
from services.talent.main import SERVICE as TALENT
from services.training.main import SERVICE as TRAINING
from shared.tables import TableShape, check, template, template_book
from shared.tables.checking import _coded
from shared.tables.refusals import EmptyTable

SHAPES = [table.shape for service in (PARTNERSHIP, TRAINING, TALENT) for table in service.imports]
each_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)


@each_shape
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_template_is_known_as_the_table_that_it_is(shape: TableShape, language: str) -> None:
    for file in (template(shape, language), template_book(shape, language)):
        with pytest.raises(EmptyTable):
            check(shape, file, lambda row: row)


@each_shape
def test_every_column_is_a_field_of_the_row_and_every_field_that_must_be_there_a_column(shape: TableShape) -> None:
    fields = shape.row.model_fields

    assert {column.name for column in shape.columns} <= fields.keys()
    assert {name for name, field in fields.items() if field.is_required()} <= {
        column.name for column in shape.columns if column.required
    }


def test_what_stands_in_several_tables_is_called_and_explained_alike() -> None:
    said = [(column.name, column.heading) for shape in SHAPES for column in shape.columns]
    shared = {"region_code", "programme_id", "staff_no"}

    assert {name for name, _ in said} >= shared
    assert [name for name in shared if len({heading for each, heading in said if each == name}) > 1] == []


@each_shape
def test_no_two_columns_have_a_heading_in_common(shape: TableShape) -> None:
    assert len(shape.by_heading) >= 2 * len(shape.columns)


@each_shape
def test_a_value_is_shown_by_its_name_and_its_code(shape: TableShape) -> None:
    columns = [column for column in shape.columns if column.values]

    shown = template(shape, "zh").decode() + template(shape, "en").decode()

    assert all(
        said in shown
        for column in columns
        for code, words in column.values.items()
        for said in (code, words.zh, words.en)
    )


@each_shape
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_list_calls_a_value_is_taken_again(shape: TableShape, language: str) -> None:
    for column in (column for column in shape.columns if column.values):
        called = [column.called(code, language) for code in column.values]

        assert [_coded(column, str(name)) for name in called] == list(column.values)
        assert column.called([*column.values], language) == called
        assert [column.called(said, language) for said in (None, 3, "unknown")] == [None, 3, "unknown"]


@each_shape
def test_cells_offer_the_values_that_are_allowed(shape: TableShape) -> None:
    offered = [c for c in shape.columns if c.kind == "flag" or (c.values and c.kind != "list")]

    with zipfile.ZipFile(io.BytesIO(template_book(shape, "zh"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()

    assert sheet.count("<dataValidation ") == len(offered)
    assert all(words.zh in texts for column in offered for words in column.values.values())
