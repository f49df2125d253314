"""What handlers of training know of people: the register, and what changes or erases it."""

from typing import Protocol

from services.training.domain.faculty.person_link import PersonLink
from services.training.domain.privacy.correction import Correction
from services.training.domain.privacy.erasure import Erasure
from services.training.domain.privacy.processing_consent import ProcessingConsent
from services.training.domain.roster.roster import Roster, RosterChange
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from shared.kernel.work import Reader, Repository


class People(Protocol):
    """What is known of teachers and students, and what changes or erases it."""

    def forget(self, person_id: str) -> None:
        """Erase a person from every table, once everything else is written."""

    def let_go(self, roster_id: str, part: int | None) -> None:
        """Forget what a part of a roster (None: all of it) changes, once everything else is written."""

    @property
    def teachers(self) -> Repository[Teacher]:
        """Teachers."""

    @property
    def known_teachers(self) -> Reader[Teacher]:
        """Teachers as they were last committed, and never locked."""

    @property
    def students(self) -> Repository[Student]:
        """Students."""

    @property
    def rosters(self) -> Repository[Roster]:
        """Lists of people from universities' own systems."""

    @property
    def roster_changes(self) -> Repository[RosterChange]:
        """What such lists change, until it is done."""

    @property
    def person_links(self) -> Repository[PersonLink]:
        """Which entries are one person."""

    @property
    def erasures(self) -> Repository[Erasure]:
        """Erasures of persons, with the receipts of the other services."""

    @property
    def corrections(self) -> Repository[Correction]:
        """Requests for correction."""

    @property
    def processing_consents(self) -> Repository[ProcessingConsent]:
        """Consents to processing."""
