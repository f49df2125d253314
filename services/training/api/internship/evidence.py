"""Evidence over HTTP: what a caller states of a paper. Its kind follows from where it is stated."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from services.training.api.view import Body, Day, View
from services.training.domain.internship.evidence import Evidence, EvidenceKind
from shared.contracts.fields import Name
from shared.contracts.ids import DocumentId

PaperNo = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class EvidenceBody(Body):
    """A paper. `document` is the id under which it is kept; without `valid_to` it holds until something replaces it."""

    number: PaperNo
    issuer: Name
    issued_on: Day
    valid_to: Day | None = None
    document: DocumentId | None = None

    def evidence(self, kind: EvidenceKind) -> Evidence:
        """The paper as the domain has it."""
        return Evidence(kind=kind, **dict(self))


class EvidenceView(View):
    """A paper as those see it who may."""

    kind: str
    number: str
    issuer: str
    issued_on: date
    valid_to: date | None
    document: str | None
