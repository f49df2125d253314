"""What notify's handlers need from outside."""

from typing import Protocol

from services.notify.domain.delegation import Delegation
from services.notify.domain.directory import Known, KnownSides
from services.notify.domain.escalation import Erased, Escalation, Term
from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.ladder import Ladders
from services.notify.domain.notification import Notification
from services.notify.domain.party import Party
from services.notify.domain.task import Task
from services.notify.domain.task_table import TaskTable
from shared.kernel import work
from shared.kernel.work import Log, Reader, Repository


class Work(work.Work, Protocol):
    """One transaction of notify."""

    @property
    def notifications(self) -> Repository[Notification]:
        """What parties are told."""

    @property
    def parties(self) -> Repository[Party]:
        """What was entered for parties."""

    @property
    def choices(self) -> Reader[Party]:
        """The same, to look at without holding it."""

    @property
    def directory(self) -> Reader[Known]:
        """Organisations and persons, and who answers for them."""

    @property
    def sides(self) -> Reader[KnownSides]:
        """Who has a share in agreements and needs."""

    @property
    def entries(self) -> Log[FeedEntry]:
        """The feed."""

    @property
    def escalations(self) -> Repository[Escalation]:
        """What is owed, on its way up the ladders of reminders."""

    @property
    def tasks(self) -> Repository[Task]:
        """What waits for whom."""

    @property
    def task_table(self) -> TaskTable:
        """Which states and events begin and end tasks."""

    @property
    def delegations(self) -> Repository[Delegation]:
        """Whose tasks are handed to whom."""

    @property
    def terms(self) -> Reader[Term]:
        """How long obligations and employments last."""

    @property
    def erased(self) -> Reader[Erased]:
        """What of them is gone for good."""

    @property
    def ladders(self) -> Ladders:
        """The ladders of reminders by name."""
