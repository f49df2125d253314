"""A row of the table of routes: this event, to these parties, in the words of this template."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from services.notify.domain.notification import Notice
from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Recipient, Recipients
from services.notify.domain.variables import variables_of
from shared.contracts.event import Event

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row: this event, to these, by this template, which is told these variables.

    The dedupe key is the event's id, or for a digest the value of its field `digest_by`. With `when`, only events of
    which it holds are told.
    """

    event: type[Event]
    to: Callable[..., Iterable[Recipient]]
    template: str
    event_class: EventClass
    says: tuple[str, ...]
    digest_by: str | None = None
    when: Callable[..., bool] | None = None

    def tells(self, event: Event) -> bool:
        """Whether this row is about such an event."""
        return self.event is type(event) and (self.when is None or self.when(event))

    def notice(self, event: Event, event_id: str) -> Notice:
        """What this row makes of an event."""
        digest_key = None if self.digest_by is None else str(getattr(event, self.digest_by))
        return Notice(
            template=self.template,
            event_class=self.event_class,
            recipients=tuple(self.to(event)),
            dedupe_key=digest_key or event_id,
            subject=digest_key or event.subject,
            source_event_id=event_id,
            variables=variables_of(event, self.says),
            item=digest_key and event.subject,
        )


def row(
    event: type[E],
    to: Callable[[E], Recipients],
    template: str,
    event_class: EventClass,
    says: str,
    *,
    digest_by: str | None = None,
    when: Callable[[E], bool] | None = None,
) -> Route:
    """A row whose recipients are a function of this very event; `says` are the names of its variables."""
    names = tuple(says.split())
    return Route(
        event=event,
        to=to,
        template=template,
        event_class=event_class,
        says=names,
        digest_by=digest_by,
        when=when,
    )
