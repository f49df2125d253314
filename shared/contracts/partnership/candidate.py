"""Who or what can meet a line of a need."""

from typing import Annotated

from shared.contracts.event import Body
from shared.contracts.fields import Code, Known
from shared.contracts.ids import OrganizationId

CandidateKind = Annotated[str, Known("programme", "base", "teacher", "student", "technician")]


class Candidate(Body):
    """Who or what could meet a line, and the organisation that answers for it."""

    kind: CandidateKind
    id: Code
    organization_id: OrganizationId
