"""One event of any service, kept as it was published, for readers who follow the feed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry(Aggregate):
    """A raw event. `story` is its correlation id; `position` is its place in the feed, given once it is committed."""

    kind: ClassVar[str] = "feed_entry"
    event_id: str
    source: str
    type: str
    subject: str
    sequence: int
    causation_id: str | None
    time: datetime
    attributes: dict[str, str]
    content_type: str | None
    payload: bytes | None
    received_at: datetime
    position: int | None = None


def entry_id(source: str, event_id: str, type: str) -> str:
    """The id that follows from (source, id, type): two majors of one fact share their id, and both are kept."""
    return hashlib.sha256(f"{source}\n{event_id}\n{type}".encode()).hexdigest()
