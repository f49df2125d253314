"""Reminders of signatures: steps that follow each other, taken by the clockwork of every service that signs."""

import pytest

from shared.documents.signing.reminding import require_rising
from shared.web.service import installed_services
from shared.web.signing import SIGNING_CHORES
from shared.web.signing.clock import reminder_days


def test_the_steps_that_are_shipped_follow_each_other() -> None:
    assert reminder_days() == tuple(sorted(set(reminder_days())))
    assert reminder_days()[0] >= 1


@pytest.mark.parametrize("days", [(0, 3), (3, 3), (7, 3)])
def test_steps_that_do_not_follow_each_other_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="follow each other"):
        require_rising(days)


def test_every_service_that_signs_reminds() -> None:
    signing = {name for name, service in installed_services().items() if service.signed}
    reminding = {name for name, service in installed_services().items() if set(SIGNING_CHORES) <= set(service.chores)}

    assert signing == {"partnership", "training"}
    assert reminding == signing
