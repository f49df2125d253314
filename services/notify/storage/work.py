"""The unit of work of notify: which shape is kept in which table."""

from services.notify.domain.delegation import Delegation
from services.notify.domain.directory import Known, KnownSides
from services.notify.domain.escalation import Erased, Escalation, Term
from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.ladder import Ladders
from services.notify.domain.notification import Notification
from services.notify.domain.party import Party
from services.notify.domain.task import Task
from services.notify.domain.task_table import TaskTable
from services.notify.personal import PERSONAL
from services.notify.storage.ladders import shipped_ladders
from services.notify.storage.tables import (
    DelegationRow,
    DirectoryRow,
    EscalationRow,
    FeedRow,
    NotificationRow,
    PartyRow,
    SidesRow,
    TaskRow,
    TermRow,
)
from services.notify.storage.task_table import shipped_tasks
from shared.persistence.spine import ErasedRow
from shared.persistence.unit_of_work import Logged, Projected, Stored
from shared.personal.forgetting import PersonalUnitOfWork


class NotifyWork(PersonalUnitOfWork):
    """One transaction of notify."""

    service = "notify"
    personal = PERSONAL
    notifications = Stored(Notification, NotificationRow)
    parties = Stored(Party, PartyRow)
    choices = Projected(Party, PartyRow)
    directory = Projected(Known, DirectoryRow)
    sides = Projected(KnownSides, SidesRow)
    entries = Logged(FeedEntry, FeedRow)
    escalations = Stored(Escalation, EscalationRow)
    terms = Projected(Term, TermRow)
    erased = Projected(Erased, ErasedRow)
    tasks = Stored(Task, TaskRow)
    delegations = Stored(Delegation, DelegationRow)

    @property
    def ladders(self) -> Ladders:
        """The ladders of reminders that the service ships with."""
        return shipped_ladders()

    @property
    def task_table(self) -> TaskTable:
        """The table of tasks that the service ships with."""
        return shipped_tasks()
