"""What notify's handlers need from outside."""

from typing import Protocol

from services.notify.domain.directory import Known, KnownSides
from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.notification import Notification
from services.notify.domain.party import Party
from shared.kernel import work
from shared.kernel.work import Reader, Repository


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
    def entries(self) -> Repository[FeedEntry]:
        """The feed."""
