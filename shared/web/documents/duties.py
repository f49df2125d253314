"""What a service with documents does by itself: removes bytes that nobody names, and counts what it keeps."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import structlog
from sqlalchemy import case, func, select

from shared.documents.sweeping import Sweeper
from shared.persistence.spine import DocumentRow, table_of
from shared.web.runtime import Runtime
from shared.web.service import Background, Service, Tally

log: Any = structlog.get_logger(__name__)

_ERASED_EVERY: Final = 60.0
_ORPHANS_EVERY: Final = 60
"""So many looks for erased documents lie between two for orphans: these ask for a list of all that lies there."""


_TABLE: Final = table_of(DocumentRow)
_TEST: Final = case((_TABLE.c.test, "true"), else_="false")
_KEPT: Final = Tally(
    "documents_kept",
    "Documents that stand",
    ("kind", "test"),
    select(_TABLE.c.document_kind, _TEST, func.count())
    .where(_TABLE.c.status == "kept")
    .group_by(_TABLE.c.document_kind, _TABLE.c.test),
)


def background_of(service: Service) -> Sequence[Background]:
    """What the leader of a service does for as long as it leads."""
    return (*service.background, sweep_documents) if service.documented else service.background


def tallies_of(service: Service) -> Sequence[Tally]:
    """What a service shows the number of."""
    return (*service.tallies, _KEPT) if service.documented else service.tallies


async def sweep_documents(runtime: Runtime) -> None:
    """Remove the bytes of erased documents every minute, and those of uploads that came to nothing every hour."""
    sweeper, look = Sweeper(runtime.works, runtime.documents, runtime.service), 0
    while True:
        try:
            await sweeper.remove_erased(runtime.clock())
            if look % _ORPHANS_EVERY == 0:
                await sweeper.remove_orphans(runtime.clock())
        except Exception:
            # What was not removed now is removed with the next look.
            log.exception("sweeping documents failed", service=runtime.service)
        look += 1
        await asyncio.sleep(_ERASED_EVERY)
