"""Empty tables: what is filled in below their headings is read again, and cells offer what is allowed."""

import io
import zipfile

import pytest

from services.partnership.main import SERVICE as PARTNERSHIP
from services.talent.main import SERVICE as TALENT
from services.training.main import SERVICE as TRAINING
from shared.tables import TableShape, check, template, template_book
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


@each_shape
def test_no_two_columns_have_a_heading_in_common(shape: TableShape) -> None:
    assert len(shape.by_heading) >= 2 * len(shape.columns)


@each_shape
def test_cells_offer_the_values_that_are_allowed(shape: TableShape) -> None:
    offered = [c for c in shape.columns if c.kind == "flag" or (c.values and c.kind != "list")]

    with zipfile.ZipFile(io.BytesIO(template_book(shape, "zh"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()

    assert sheet.count("<dataValidation ") == len(offered)
    assert all(words.zh in texts for column in offered for words in column.values.values())
