"""A region in memory: organisations that notify knows, golden events, and works over one store."""

from typing import Any, TypeVar

from services.notify import handlers
from services.notify.domain.directory import Known, KnownSides, Side
from services.notify.domain.notification import Notification
from services.notify.domain.route import Route
from services.notify.storage import NotifyWork
from shared.contracts.event import Event, Message
from shared.contracts.ids import new_event_id
from tests.contracts.examples import as_bytes, payload_of
from tests.fakes import MemoryStore, memory_work

M = TypeVar("M", bound=Message)

UNIVERSITY = "org_01KM4C37M0M9AH7HZ0YVNAG2HK"
ENTERPRISE = "org_01KM4C37M0N7THASNXCW2ZFTKA"
BOTH = (Side(UNIVERSITY, "university"), Side(ENTERPRISE, "enterprise"))
OFFICE_U = f"role:university_coop_office@{UNIVERSITY}"
ADMIN_E = f"role:enterprise_admin@{ENTERPRISE}"


def golden(body: type[M], **changes: Any) -> M:
    """The golden example of a body, with some fields changed."""
    return body.read(as_bytes({**payload_of(body), **changes}))


def golden_of(route: Route) -> Any:
    """The golden example of a row's event, changed where the row is about another one."""
    changes = {
        "practice_reminder": {"ladder": "obligation_due", "obligation_kind": "five_year_180"},
        "practice_escalated": {"ladder": "obligation_overdue", "obligation_kind": "five_year_180"},
        "incident_to_supervise": {"severity": "grave"},
        "internship_amended": {"papers_voided": False},
        "agreement_paper_scanned": {"how": "scan"},
        "internship_paper_scanned": {"how": "scan"},
    }
    return golden(route.event, **changes.get(route.template, {}))


def region() -> MemoryStore:
    """A store whose directory knows a university and an enterprise."""
    store = MemoryStore()
    for known in (Known(UNIVERSITY, 1, "university", UNIVERSITY), Known(ENTERPRISE, 1, "enterprise", ENTERPRISE)):
        store.put(NotifyWork.directory.mapping, known)
    return store


def know_sides(store: MemoryStore, id: str, *sides: Side) -> None:
    """Let notify know who has a share in an agreement or a need."""
    store.put(NotifyWork.sides.mapping, KnownSides(id, 1, sides or BOTH))


async def tell(store: MemoryStore, event: Event, **context: Any) -> str:
    """Let notify hear of an event; its id."""
    event_id = context.pop("event_id", None) or new_event_id()
    work = memory_work(NotifyWork, store, actor="system:notify", causation_id=event_id, **context)
    await handlers.tell_parties(event, work)
    await work.flush()
    return event_id


def notifications(store: MemoryStore) -> list[Notification]:
    """Everything that anybody was told."""
    mapping = NotifyWork.mapping_of(Notification)
    return [mapping.thing(row) for row in store.rows.get("notification", {}).values()]


def recipients(store: MemoryStore) -> set[tuple[str, str]]:
    """Who was told by which template."""
    return {(each.recipient, each.template) for each in notifications(store)}
