"""What handlers of training know of internships."""

from typing import Protocol

from services.training.domain.internship.absence import Absence
from services.training.domain.internship.consent import Consent
from services.training.domain.internship.consent_link import ConsentLink
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.incident import Incident
from services.training.domain.internship.log_book import LogBook
from services.training.domain.internship.payment import Payment
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.post import Post
from services.training.domain.internship.site import SiteInspection, SiteListing
from services.training.domain.internship.unit import InternshipUnit
from shared.kernel.work import Reader, Repository


class Internship(Protocol):
    """Internships: posts, units, placements, consents and what is logged of them."""

    @property
    def posts(self) -> Repository[Post]:
        """Posts for interns."""

    @property
    def placements(self) -> Repository[Placement]:
        """Internships of students."""

    @property
    def known_placements(self) -> Reader[Placement]:
        """The same as they were last committed, and never locked."""

    @property
    def units(self) -> Repository[InternshipUnit]:
        """Units that offer posts, one per enterprise; the lock under which quotas are judged."""

    @property
    def site_inspections(self) -> Repository[SiteInspection]:
        """Reports on visits to units."""

    @property
    def site_listings(self) -> Repository[SiteListing]:
        """Units on the lists of universities."""

    @property
    def consent_texts(self) -> Repository[ConsentText]:
        """Editions of the texts to which students and guardians consent."""

    @property
    def consents(self) -> Repository[Consent]:
        """What students and guardians answered, only ever added."""

    @property
    def consent_links(self) -> Repository[ConsentLink]:
        """One-time links for guardians."""

    @property
    def placement_logs(self) -> Repository[PlacementLog]:
        """Weekly logs of internships."""

    @property
    def log_books(self) -> Repository[LogBook]:
        """The clocks of weekly logs, one per placement."""

    @property
    def incidents(self) -> Repository[Incident]:
        """Incidents of internships."""

    @property
    def payments(self) -> Repository[Payment]:
        """What interns were paid."""

    @property
    def absences(self) -> Repository[Absence]:
        """Interns' leave."""
