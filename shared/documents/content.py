"""What bytes are, by the bytes alone and whatever a file is called; what could act by itself is refused."""

from dataclasses import dataclass
from typing import Final

from shared.documents.office import DOCX, XLSX, require_inert_office
from shared.documents.pdf import require_inert_pdf
from shared.documents.refusals import EmptyDocument, NoDocument, TooLargeDocument

MAX_DOCUMENT_BYTES: Final = 20 * 1024 * 1024
PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
_ENDINGS: Final = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", DOCX: ".docx", XLSX: ".xlsx"}
_PNG_BEGINS: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_PNG_ENDS: Final = b"IEND\xaeB`\x82"
_JPEG_BEGINS: Final = b"\xff\xd8\xff"
_JPEG_ENDS: Final = b"\xff\xd9"
_ZIP_BEGINS: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes in the store, as a document names them. Equal bytes have an equal hash and are kept once."""

    sha256: str
    size: int
    media_type: str


def file_name(id: str, media_type: str) -> str:
    """What a document is called where it is saved: its id, and the ending by which a computer knows what opens it."""
    return f"{id}{_ENDINGS[media_type]}"


def media_type_of(content: bytes) -> str:
    """The media type of a PDF, PNG, JPEG, DOCX or XLSX that does nothing when it is opened.

    Raises a refusal for everything else. Takes a second for the largest and worst: run it beside the event loop.
    """
    if not content:
        raise EmptyDocument
    if len(content) > MAX_DOCUMENT_BYTES:
        raise TooLargeDocument(megabytes=MAX_DOCUMENT_BYTES // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        require_inert_pdf(content)
        return PDF
    if content.startswith(_ZIP_BEGINS):
        return require_inert_office(content)
    return _picture(content)


def _picture(content: bytes) -> str:
    if content.startswith(_PNG_BEGINS) and content.endswith(_PNG_ENDS):
        return PNG
    if content.startswith(_JPEG_BEGINS) and content.rstrip(b"\x00").endswith(_JPEG_ENDS):
        return JPEG
    raise NoDocument
