"""The rows of the table that tell people what became of what they asked about their own data."""

from typing import Final

from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Person, Recipients
from services.notify.domain.route import row
from shared.contracts.training import CorrectionDecided

PERSONAL_DATA: Final = EventClass.PERSONAL_DATA


def asker(event: CorrectionDecided) -> Recipients:
    """The person who asked."""
    return [Person(event.person_id)]


def is_granted(event: CorrectionDecided) -> bool:
    """Whether the entry is corrected."""
    return event.granted


def is_refused(event: CorrectionDecided) -> bool:
    """Whether the entry stays as it is."""
    return not event.granted


# fmt: off
PRIVACY_ROUTES: Final = (
    row(CorrectionDecided, asker, "correction_granted", PERSONAL_DATA, "correction_id", when=is_granted),
    row(CorrectionDecided, asker, "correction_refused", PERSONAL_DATA, "correction_id", when=is_refused),
)
# fmt: on
