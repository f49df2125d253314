"""What training's handlers work with: its aggregates, and what it knows of others' organisations and programmes."""

from typing import Protocol

from services.training.domain.agreement import Agreement
from services.training.domain.calendar_year import CalendarYear
from services.training.domain.directory import KnownOrganization, KnownProgramme
from services.training.domain.hosting import HostingYear
from services.training.domain.training_base import TrainingBase
from services.training.ports.credit import Credit
from services.training.ports.faculty import Faculty
from services.training.ports.internship import Internship
from services.training.ports.people import People
from shared.approvals.guard import ApprovalWork
from shared.documents.document import Document
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.kernel.work import Reader, Repository


class Work(People, Credit, Faculty, Internship, ApprovalWork, Protocol):
    """One transaction of training."""

    @property
    def calendar_years(self) -> Repository[CalendarYear]:
        """Years of the calendar that were entered here."""

    @property
    def hosting_years(self) -> Repository[HostingYear]:
        """Years of enterprises that are to be proven."""

    @property
    def known_calendar_years(self) -> Reader[CalendarYear]:
        """The same as they were last committed, and never locked."""

    @property
    def organizations(self) -> Reader[KnownOrganization]:
        """Organisations, as partnership publishes them."""

    @property
    def programmes(self) -> Reader[KnownProgramme]:
        """Programmes, as talent publishes them."""

    @property
    def agreements(self) -> Repository[Agreement]:
        """Signed agreements that plan something here."""

    @property
    def bases(self) -> Repository[TrainingBase]:
        """Training bases."""

    @property
    def documents(self) -> Repository[Document]:
        """Papers about people, placements and units."""

    @property
    def signings(self) -> Repository[SigningRound]:
        """Rounds of signatures on papers."""

    @property
    def signing_links(self) -> Repository[SigningLink]:
        """Who may sign such a round without an account."""
