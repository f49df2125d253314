"""Rosters: whole lists of a university's people or posts from its own system, in numbers, never of whom."""

from typing import Annotated, Final

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Count, Known
from shared.contracts.ids import OrganizationId, RosterId

ROSTER_KINDS: Final = ("students", "teachers", "special_posts")
"""Of what there are lists; folders and paths write them with hyphens."""


class RosterBody(Body):
    """A list of a university's people or posts: how many rows it has, and what it changes."""

    roster_id: RosterId
    university_id: OrganizationId
    kind: Annotated[str, Known(*ROSTER_KINDS)]
    rows: Count
    unreadable: Count
    added: Count
    changed: Count
    returned: Count
    left: Count


@named("training.roster.received", key="roster_id")
class RosterReceived(RosterBody, Event):
    """A list was compared with the register. Where it `waits`, an office has to confirm it before it acts."""

    waits: bool


@named("training.roster.applied", key="roster_id")
class RosterApplied(RosterBody, Event):
    """What a list changes was done; some of it may have been refused."""

    applied: Count
    refused: Count


@named("training.roster.state", key="roster_id")
class RosterState(RosterBody, State):
    """A list as it is now."""

    status: Annotated[str, Known("waiting", "confirmed", "applied", "dismissed", "superseded")]
