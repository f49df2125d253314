"""Files of every kind that people send, read as cells; what cannot be read is refused with what would pass."""

import io
import struct
import zipfile

import pytest

from shared.errors import Invalid
from shared.tables.refusals import (
    BrokenText,
    BrokenWorkbook,
    OldWorkbook,
    OtherCharacters,
    SwollenWorkbook,
)
from shared.tables.sheet import MAX_CELL, encoding_of, lines
from tests.unit.tables.books import book, book_of

TEXT = "学号,姓名\r\n0001,张三\r\n"
READ = [(1, ["学号", "姓名"]), (2, ["0001", "张三"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_text_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    assert list(lines(TEXT.encode(encoding))) == READ


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_that_of_the_headings(separator: str) -> None:
    assert list(lines(TEXT.replace(",", separator).encode())) == READ


def test_a_rare_character_survives() -> None:
    text = "姓名\n㐀𠮷\n"

    assert list(lines(text.encode("gb18030")))[1] == (2, ["㐀𠮷"])


@pytest.mark.parametrize("file", [TEXT.encode("utf-16"), b"name\n\xff\xfe\xfd\n", b"name\ncaf\xe9\n", b"a\x00b"])
def test_nothing_is_guessed_from_other_encodings(file: bytes) -> None:
    with pytest.raises(OtherCharacters):
        list(lines(file))


def test_what_means_nothing_to_everybody_is_another_encoding() -> None:
    with pytest.raises(OtherCharacters):
        encoding_of(b"name\n\xaa\xa1\xaa\xa2\n")


def test_empty_lines_count_and_are_passed_over() -> None:
    assert list(lines(b"a,b\n\n,\n1,2\n")) == [(1, ["a", "b"]), (4, ["1", "2"])]


@pytest.mark.parametrize(
    "text", ['a\n"open', 'a\n"x"y\n', f"a\n{'x' * (MAX_CELL + 1)}\n", "a\n" + '"' + "x" * 200_000 + '"']
)
def test_a_broken_line_is_named(text: str) -> None:
    with pytest.raises(BrokenText) as refused:
        list(lines(text.encode()))

    assert refused.value.facts["line"] == 2


def test_a_workbook_is_read_as_its_cells_look() -> None:
    file = book(["学号", "年级", "公式"], ["0001", 3, "=1+1"], [], ["0002", 2.5, ""])

    assert list(lines(file)) == [
        (1, ["学号", "年级", "公式"]),
        (2, ["0001", "3", "=1+1"]),
        (4, ["0002", "2.5", ""]),
    ]


def test_a_formula_is_what_the_spreadsheet_last_made_of_it() -> None:
    file = book_of('<row r="1"><c r="A1" t="str"><f>HYPERLINK("http://x")</f><v>here</v></c></row>')

    assert list(lines(file)) == [(1, ["here"])]


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "BM2"])
def test_a_cell_far_out_is_refused_before_its_sheet_is_laid_out(place: str) -> None:
    row = "".join(letter for letter in place if letter.isdigit())

    with pytest.raises(SwollenWorkbook):
        list(lines(book_of(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')))


def test_a_bomb_is_refused_whatever_it_says_of_its_size() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (257 * 1024 * 1024))
    lied = bytearray(file.getvalue())
    entry = lied.index(b"PK\x01\x02")
    lied[entry + 24 : entry + 28] = struct.pack("<I", 100)

    with pytest.raises(SwollenWorkbook):
        list(lines(bytes(lied)))


@pytest.mark.parametrize("file", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, book(["a"])[:-40], book(["a"])[:300]])
def test_a_broken_workbook_is_refused(file: bytes) -> None:
    with pytest.raises(BrokenWorkbook):
        list(lines(file))


def test_an_archive_of_something_else_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(BrokenWorkbook):
        list(lines(file.getvalue()))


def test_an_old_workbook_is_named_as_such() -> None:
    with pytest.raises(OldWorkbook):
        lines(b"\xd0\xcf\x11\xe0\xa1\xb1")


@pytest.mark.parametrize("refusal", Invalid.__subclasses__())
def test_every_refusal_speaks_both_languages(refusal: type[Invalid]) -> None:
    assert refusal.en != Invalid.en or refusal is Invalid
    assert any("一" <= letter <= "鿿" for letter in refusal.zh)
