"""What a running service works with: database, documents, clock, numbers. Made in one place, handed to everybody."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shared.documents.store import DocumentStore
from shared.kernel.clock import Clock
from shared.observability.metrics import Metrics
from shared.observability.tracing import Tracing
from shared.papers.press import Press
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.attempts import DEFAULT_TRIES, TriesAllowed


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts of one running service. `address` is where people reach it from outside; it stands on papers.

    `rosters` is the folder into which universities' systems put their lists.
    """

    service: str
    database: Database
    works: Works[Any]
    documents: DocumentStore
    clock: Clock
    metrics: Metrics
    tracing: Tracing
    tries: TriesAllowed = DEFAULT_TRIES
    address: str = ""
    rosters: Path | None = None
    press: Press = field(default_factory=Press)
