"""Papers over HTTP: drawn up from what a service knows, printed beside the event loop, kept as documents."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.resources.abc import Traversable
from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from shared.contracts.ids import new_id
from shared.documents.document import Document, NewDocument
from shared.documents.keeping import keep_document
from shared.documents.store import stored
from shared.errors import LostRace
from shared.identity.principal import Principal
from shared.identity.scope import within
from shared.kernel.aggregate import Aggregate
from shared.papers.paper import Language, Paper, PaperData
from shared.web.documents.views import DocumentView
from shared.web.edge import Edge, EdgeIn
from shared.web.operations import RuntimeIn
from shared.web.runtime import Runtime
from shared.web.service import Service

VERIFICATION_PAGE: Final = "/v1/documents/verification"
"""Where anybody finds out, for a file, whether it is ours."""
_PDF: Final = "application/pdf"


class PrintBody(BaseModel):
    """In which language a paper is printed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Printer:
    """What a route that prints is given."""

    edge: Edge
    runtime: Runtime
    templates: Traversable

    async def print(
        self, data: PaperData, language: Language, *, about: Aggregate, person_id: str | None = None
    ) -> DocumentView:
        """Print a paper and keep it with the object that it is about; one that is kept already is not kept again.

        `person_id` says whose personal data it is. Raises the refusals of papers, and `LostRace` where the object was
        changed while its paper was printed.
        """
        paper = Paper(data, language)
        address = self.runtime.address + VERIFICATION_PAGE
        pdf = await self.runtime.press.printed(paper, self.templates, address=address)
        async with stored(self.runtime.documents, pdf, _PDF) as content:
            new = NewDocument(
                id=new_id("document"),
                about=about,
                document_kind=data.kind,
                content=content,
                title=paper.title,
                number=paper.number,
                issued_on=self.edge.today,
                origin="generated",
                person_id=person_id,
            )
            return await self.edge.act(
                keep_document,
                new,
                on=(type(about), about.id),
                check=partial(_as_printed, about.version),
                answer=self._shown,
                location="/v1/documents/{id}",
            )

    @property
    def _shown(self) -> Callable[[Document], DocumentView]:
        return partial(DocumentView.of, on=self.edge.today)


def _as_printed(version: int, who: Principal, thing: Aggregate) -> None:
    if within(who, thing).version != version:
        raise LostRace


async def printer_of(request: Request, edge: EdgeIn, runtime: RuntimeIn) -> Printer:
    """The printer of this request, with the service's own templates."""
    service: Service = request.app.state.service
    return Printer(edge, runtime, service.folder / "papers")


PrinterIn = Annotated[Printer, Depends(printer_of)]
