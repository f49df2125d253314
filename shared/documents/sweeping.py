"""Removes bytes that no document names any more: of erased documents at once, of uploads that came to nothing later."""

from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import select

from shared.documents.document import Document
from shared.documents.store import ContentMissing, DocumentStore
from shared.kernel.work import Context
from shared.persistence.spine import DocumentRow, table_of
from shared.persistence.work import Works

log: Any = structlog.get_logger(__name__)

UPLOADS_LAST: Final = timedelta(hours=1)
"""Longer than any request: what was put there before then and is named by no document is named by none to come."""
_AT_ONCE: Final = 100
_TABLE: Final = table_of(DocumentRow)


class Sweeper:
    """Keeps a service's store free of what nobody names."""

    def __init__(self, works: Works[Any], store: DocumentStore, service: str) -> None:
        self._works = works
        self._store = store
        self._service = service

    async def remove_erased(self, now: datetime) -> int:
        """Remove the bytes of erased documents, unless others name them, and say that they are gone."""
        erased = select(_TABLE.c.id, _TABLE.c.sha256).where(_TABLE.c.status == "erased", _TABLE.c.sha256 != "")
        async with self._works.database.reading() as connection:
            rows = (await connection.execute(erased.limit(_AT_ONCE))).all()
        for id, sha256 in rows:
            await self._remove_unnamed(sha256)
            context = Context(actor=f"system:{self._service}", now=now)
            async with self._works.open(context) as work:
                document: Document = await work.repository(Document).get(id)
                work.repository(Document).save(document.without_bytes())
        return len(rows)

    async def remove_orphans(self, now: datetime) -> int:
        """Remove what lies there for longer than any request takes and is named by no document."""
        removed = 0
        async for lying in self._store.listing():
            if lying.since < now - UPLOADS_LAST and await self._remove_unnamed(lying.sha256):
                removed += 1
        if removed:
            log.info("removed bytes that no document names", service=self._service, count=removed)
        return removed

    async def _remove_unnamed(self, sha256: str) -> bool:
        """Remove bytes that no document names. One that was committed meanwhile gets them back."""
        if await self._named(sha256):
            return False
        try:
            content = await self._store.get(sha256)
        except ContentMissing:
            return False
        await self._store.remove(sha256)
        if await self._named(sha256):
            await self._store.put(sha256, content)
            return False
        return True

    async def _named(self, sha256: str) -> bool:
        named = select(_TABLE.c.id).where(_TABLE.c.sha256 == sha256, _TABLE.c.status != "erased").limit(1)
        async with self._works.database.reading() as connection:
            return (await connection.execute(named)).first() is not None
