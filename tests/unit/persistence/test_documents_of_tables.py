"""Documents within tables: what reads and writes them is made late, so that it can be made is tried here."""

import pytest

from shared.persistence.mapping import Mapping, _Document
from shared.persistence.unit_of_work import Stored
from shared.web.service import installed_services

SERVICES = installed_services()


def documents_of(mapping: Mapping) -> list[_Document]:
    made_by = (getattr(convert, "__self__", None) for _, convert in (*mapping._to_row, *mapping._to_thing))
    return [each for each in made_by if isinstance(each, _Document)]


@pytest.mark.parametrize("service", SERVICES)
def test_every_document_can_be_written_and_read(service: str) -> None:
    kept = [each.mapping for each in vars(SERVICES[service].work).values() if isinstance(each, Stored)]
    documents = [document for mapping in kept for document in documents_of(mapping)]

    assert documents
    assert all(document._adapter.validator and document._adapter.serializer for document in documents)
