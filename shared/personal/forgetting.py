"""How a service forgets: its unit of work erases by its map, and it hears of persons who were erased elsewhere."""

from functools import partial
from typing import ClassVar, Final, Protocol

from shared.contracts.event import Event
from shared.contracts.registry import REGISTRY
from shared.contracts.training import PersonErased
from shared.documents.keeping import DocumentWork, erase_document
from shared.messaging.consumer import Consumer
from shared.persistence.unit_of_work import UnitOfWork
from shared.personal.data_map import DataMap
from shared.personal.erasing import erase

_RECEIPT: Final = "erasure.receipted"


class ForgetfulWork(DocumentWork, Protocol):
    """One transaction of a service that can forget a person."""

    def forget(self, person_id: str) -> None:
        """Erase a person from every table, once everything else is written."""


class PersonalUnitOfWork(UnitOfWork):
    """The work of a service that says what personal data it holds."""

    personal: ClassVar[DataMap]

    def forget(self, person_id: str) -> None:
        """Erase a person from every table, once everything else is written."""
        metadata = next(iter(self.mappings().values())).table.metadata
        self.afterwards(partial(erase, held=self.personal, metadata=metadata, person_id=person_id))


def forgetting(service: str, *, documents: bool) -> Consumer:
    """The consumer by which a service forgets whoever was erased, and says so; `documents`: it keeps papers."""
    consumer = Consumer(f"{service}.privacy")
    receipt = receipt_of(service)

    @consumer.reaction(PersonErased)
    async def on_person_erased(event: PersonErased, work: ForgetfulWork) -> None:
        """Forget them too. It is told again until all have answered; then this answers again."""
        if documents:
            await forget_documents(event.person_id, work)
        work.forget(event.person_id)
        told = {"erasure_id": event.erasure_id, "person_id": event.person_id}
        work.tell(receipt.model_validate(told), story=event.person_id)

    return consumer


async def forget_documents(person_id: str, work: ForgetfulWork) -> None:
    """Erase the papers that are a person's."""
    for document in await work.documents.where(person_id=person_id):
        await erase_document(document.id, work)


def receipt_of(service: str) -> type[Event]:
    """The type by which a service says that it has forgotten somebody. Raises `LookupError` where it has none."""
    body = REGISTRY.get(f"sunmao.{service}.{_RECEIPT}.v1")
    if body is None or not issubclass(body, Event):
        raise LookupError(f"{service} gives no receipts; give it its type in shared.contracts")
    return body
