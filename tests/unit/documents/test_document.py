"""What a service knows of a paper: kept once, voided with a reason, erased without a trace of what it said."""

from datetime import date
from typing import Any

import pytest

from services.partnership.domain.organization import Organization
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import DocumentErased, DocumentKept, DocumentState, DocumentVoided
from shared.documents.content import Content
from shared.documents.document import Document, DocumentNoLongerStands, NewDocument
from shared.documents.keeping import erase_document, keep_document, void_document
from tests.fakes import MemoryStore, memory_work
from tests.unit.partnership.alliance import entry

PAPER = Content(sha256="9f" * 32, size=1000, media_type="application/pdf")
PERSON = "per_01KM4C37M0Q2MR40ZCKNV9TX4B"


class Shelf:
    """Partnership's papers about one enterprise."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.about, _ = Organization.register(new_id("organization"), entry(), warnings=())

    def new(self, **fields: Any) -> NewDocument:
        usual = {
            "id": new_id("document"),
            "about": self.about,
            "document_kind": "licence",
            "content": PAPER,
            "title": "张三的营业执照",
            "number": "GX-77",
            "issuer": "达州市局",
            "valid_to": date(2027, 8, 31),
            "person_id": PERSON,
        }
        return NewDocument(**(usual | fields))

    async def do(self, handler: Any, *arguments: Any) -> Document:
        work = memory_work(PartnershipWork, self.store)
        document: Document = await handler(*arguments, work)
        await work.flush()
        return document


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_a_kept_document_is_told_of_without_its_words(shelf: Shelf) -> None:
    kept = await shelf.do(keep_document, shelf.new())

    state, fact = shelf.store.told
    assert isinstance(fact, DocumentKept)
    assert isinstance(state, DocumentState)
    assert (fact.document_id, fact.about_id, fact.sha256) == (kept.id, shelf.about.id, PAPER.sha256)
    assert "张三" not in str(shelf.store.records)
    assert kept.owners == shelf.about.owners


async def test_the_same_bytes_of_one_kind_about_one_object_are_one_document(shelf: Shelf) -> None:
    first = await shelf.do(keep_document, shelf.new())

    again = await shelf.do(keep_document, shelf.new())
    other_kind = await shelf.do(keep_document, shelf.new(document_kind="report"))

    assert (again, other_kind.id != first.id) == (first, True)


async def test_what_was_voided_counts_no_longer_and_is_not_voided_twice(shelf: Shelf) -> None:
    kept = await shelf.do(keep_document, shelf.new())

    voided = await shelf.do(void_document, kept.id, "signed by the wrong person")

    assert (voided.stands, voided.sha256) == (False, PAPER.sha256)
    assert isinstance(shelf.store.facts[-1], DocumentVoided)
    with pytest.raises(DocumentNoLongerStands):
        await shelf.do(void_document, kept.id, "once more")


async def test_of_an_erased_document_nothing_that_it_said_remains(shelf: Shelf) -> None:
    kept = await shelf.do(keep_document, shelf.new())

    erased = await shelf.do(erase_document, kept.id)
    again = await shelf.do(erase_document, kept.id)

    row = str(shelf.store.rows["document"])
    assert (erased.status, again) == ("erased", erased)
    assert not [word for word in ("张三", "GX-77", "达州市局", PERSON) if word in row]
    assert isinstance(shelf.store.facts[-1], DocumentErased)
    assert PAPER.sha256 not in str(shelf.store.records[-2:])


def test_a_document_expires_after_its_last_day() -> None:
    document, _ = Document.keep(Shelf().new(), service="partnership")

    assert [document.expired(on) for on in (date(2027, 8, 31), date(2027, 9, 1))] == [False, True]
