"""What notify listens to: states that say who answers for what, events that somebody is told of, and all events.

The inbox keeps by itself whose an agreement or a need is: a consumer's projections run before its reactions, so an
event rarely has to wait for the state that it came with.
"""

import re
from collections.abc import Mapping
from typing import Final

from services.notify import handlers
from services.notify.commands import KeepEvent
from services.notify.domain.owed import BEGINNINGS, ENDS
from services.notify.domain.routes import ROUTED
from services.notify.domain.task_words import listened_to
from services.notify.ports import Work
from services.notify.queries.task_table import task_table
from shared.contracts.event import Event, State
from shared.contracts.partnership import AgreementState, NeedState, OrganizationState
from shared.contracts.training import ObligationState, StudentState, TeacherState
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import RawEvent
from shared.personal.forgetting import forgetting

PARTIES: Final = Consumer("notify.parties")
INBOX: Final = Consumer("notify.inbox")
LADDERS: Final = Consumer("notify.ladders")
TASKS: Final = Consumer("notify.tasks")
FEED: Final = Consumer("notify.feed")
PRIVACY: Final = forgetting("notify", documents=False)

_DIRECTORY: Final = "directory"
_SIDES: Final = "sides"
_TERM: Final = "term"
_ATTRIBUTE: Final = re.compile(r"ce_([a-z0-9]+)")
_RESERVED: Final = frozenset({"data", "datacontenttype", "feedposition", "test"})

Columns = Mapping[str, object]


@PARTIES.projection(OrganizationState, table=_DIRECTORY)
def organization(state: OrganizationState) -> Columns:
    """An organisation answers for itself; its kind says by which office."""
    return {"kind": state.kind, "organization_id": state.organization_id, "region_code": state.region_code}


@PARTIES.projection(StudentState, table=_DIRECTORY)
def student(state: StudentState) -> Columns:
    """A student's university answers for them."""
    return {"kind": "student", "organization_id": state.university_id, "region_code": None}


@PARTIES.projection(TeacherState, table=_DIRECTORY)
def teacher(state: TeacherState) -> Columns:
    """A teacher's university answers for them."""
    return {"kind": "teacher", "organization_id": state.university_id, "region_code": None}


@INBOX.projection(NeedState, table=_SIDES)
def need(state: NeedState) -> Columns:
    """A need is its owner's."""
    return {"sides": [{"organization_id": state.organization_id, "role": None}]}


@INBOX.projection(AgreementState, table=_SIDES)
def agreement(state: AgreementState) -> Columns:
    """An agreement is its parties'."""
    return {"sides": [party.model_dump() for party in state.parties]}


@INBOX.reaction(*ROUTED, foresee=handlers.foresee_parties)
async def on_news(event: Event, work: Work) -> None:
    """Something happened of which somebody is told."""
    await handlers.tell_parties(event, work)


@LADDERS.projection(ObligationState, table=_TERM)
def obligation(state: ObligationState) -> Columns:
    """An obligation lasts until it is met; the day on which it is due may move."""
    return {"lasts": state.status != "fulfilled", "due_on": state.due_on}


@LADDERS.projection(TeacherState, table=_TERM)
def employment(state: TeacherState) -> Columns:
    """Who has left owes nothing here."""
    return {"lasts": state.status != "left", "due_on": None}


@LADDERS.reaction(*BEGINNINGS, *ENDS, order="ordered")
async def on_owed(event: Event, work: Work) -> None:
    """Something is owed from now on, or no longer."""
    await handlers.keep_ladders(event, work)


_BODIES: Final = listened_to(task_table())


@TASKS.reaction(*_BODIES.states, order="latest", foresee=handlers.foresee_tasks, forget=handlers.forget_tasks)
async def on_state(state: State, work: Work) -> None:
    """Something is now as it is: what waits for somebody follows from that."""
    await handlers.keep_tasks(state, work)


@TASKS.reaction(*_BODIES.events, foresee=handlers.foresee_tasks)
async def on_work(event: Event, work: Work) -> None:
    """Something waits for somebody from now on, or no longer."""
    await handlers.keep_tasks(event, work)


@FEED.raw("sunmao.")
async def keep(event: RawEvent, work: Work) -> None:
    """Whatever happened, of whatever type and version."""
    envelope = event.envelope
    texts = {name: (value or b"").decode("utf-8", "replace") for name, value in event.headers}
    command = KeepEvent(
        event_id=envelope.id,
        source=envelope.source,
        type=envelope.type,
        subject=envelope.subject,
        sequence=envelope.sequence,
        correlation_id=envelope.correlationid,
        causation_id=envelope.causationid,
        time=envelope.time,
        test=envelope.test,
        attributes=_attributes(texts),
        content_type=texts.get("content-type"),
        payload=event.payload,
    )
    await handlers.keep_event(command, work)


def _attributes(texts: Mapping[str, str]) -> dict[str, str]:
    """The CloudEvents attributes among the headers, also those that nobody here knows."""
    named = ((match[1], text) for name, text in texts.items() if (match := _ATTRIBUTE.fullmatch(name)))
    return {name: text for name, text in named if name not in _RESERVED}
