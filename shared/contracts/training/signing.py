"""Signings of training: asked for, given, complete, void; and reminders of them."""

from shared.contracts.event import Event, named
from shared.contracts.signing import (
    SigningCompletedBody,
    SigningGivenBody,
    SigningRemindedBody,
    SigningRequestedBody,
    SigningStateBody,
    SigningVoidedBody,
)


@named("training.signing.requested", key="signing_id")
class SigningRequested(SigningRequestedBody, Event):
    """Parties are asked to sign a document."""


@named("training.signing.given", key="signing_id")
class SigningGiven(SigningGivenBody, Event):
    """One party has signed."""


@named("training.signing.completed", key="signing_id")
class SigningCompleted(SigningCompletedBody, Event):
    """All have signed."""


@named("training.signing.voided", key="signing_id")
class SigningVoided(SigningVoidedBody, Event):
    """The signatures count no more, or are asked for no more."""


@named("training.signing.reminded", key="signing_id")
class SigningReminded(SigningRemindedBody, Event):
    """Those whose turn it is to sign were reminded."""


@named("training.signing.state", key="signing_id")
class SigningState(SigningStateBody):
    """A signing as it is now."""
