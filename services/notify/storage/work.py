"""The unit of work of notify: which shape is kept in which table."""

from services.notify.domain.directory import Known, KnownSides
from services.notify.domain.escalation import Escalation, Term
from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.ladder import Ladders
from services.notify.domain.notification import Notification
from services.notify.domain.party import Party
from services.notify.storage.ladders import shipped_ladders
from services.notify.storage.tables import (
    DirectoryRow,
    EscalationRow,
    FeedRow,
    NotificationRow,
    PartyRow,
    SidesRow,
    TermRow,
)
from shared.persistence.unit_of_work import Projected, Stored, UnitOfWork


class NotifyWork(UnitOfWork):
    """One transaction of notify."""

    service = "notify"
    notifications = Stored(Notification, NotificationRow)
    parties = Stored(Party, PartyRow)
    choices = Projected(Party, PartyRow)
    directory = Projected(Known, DirectoryRow)
    sides = Projected(KnownSides, SidesRow)
    entries = Stored(FeedEntry, FeedRow)
    escalations = Stored(Escalation, EscalationRow)
    terms = Projected(Term, TermRow)

    @property
    def ladders(self) -> Ladders:
        """The ladders of reminders that the service ships with."""
        return shipped_ladders()
