"""Personal data: that a person was erased, and that an entry was to be corrected. By reference, as everything."""

from typing import Annotated

from shared.contracts.event import Body, Event, named
from shared.contracts.fields import Code, Known
from shared.contracts.ids import CorrectionId, ErasureId, OrganizationId

PersonKind = Annotated[str, Known("student", "teacher", "technician")]


class ErasureBody(Body):
    """The erasure of a person. Who reads it forgets them, and answers with a receipt of the same `erasure_id`."""

    erasure_id: ErasureId
    person_id: Code
    person_kind: PersonKind


@named("training.person.erased", key="person_id")
class PersonErased(ErasureBody, Event):
    """A person's data are gone here. It is told again until every service has answered."""


@named("training.erasure.completed", key="erasure_id")
class ErasureCompleted(ErasureBody, Event):
    """Every service has confirmed that it has forgotten the person."""


class CorrectionBody(Body):
    """That a person asks to have an entry of theirs put right; never what it says, nor what it should say."""

    correction_id: CorrectionId
    person_id: Code
    institution_id: OrganizationId
    fields: list[Annotated[str, Known("name", "number", "birth_date", "sex")]]


@named("training.correction.requested", key="correction_id")
class CorrectionRequested(CorrectionBody, Event):
    """A person asks their institution to correct an entry."""


@named("training.correction.decided", key="correction_id")
class CorrectionDecided(CorrectionBody, Event):
    """The institution has decided; where it granted it, the entry is corrected."""

    granted: bool
