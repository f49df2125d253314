"""What a one-time link stands for, as its holder may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.documents.document import Document
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.kernel.one_time_link import NoSuchLink
from shared.persistence.sql_store import SqlStore
from shared.web.edge import Edge
from shared.web.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with the round and the document that it is for."""

    link: SigningLink
    round: SigningRound
    document: Document

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed with this link."""
        return self.link.used_at

    def require_open(self, at: datetime) -> None:
        """Raise the refusal that says why nothing is to be signed with it any more."""
        self.link.require_standing(at)
        self.round.require_pending(self.link.party)

    @property
    def has_its_turn(self) -> bool:
        """Whether it may be signed now."""
        return self.link.party in self.round.turn


async def linked(token_hash: str, edge: Edge, runtime: Runtime) -> Linked:
    """What the link whose token has this hash stands for. Raises `NoSuchLink`."""
    return await edge.read(_linked, token_hash, runtime)


async def _linked(connection: AsyncConnection, token_hash: str, runtime: Runtime) -> Linked:
    async def one(shape: type[Any], equals: Mapping[str, object]) -> Any:
        found = await SqlStore(connection).where(runtime.works.kind.mapping_of(shape), equals, lock=False)
        if not found:
            raise NoSuchLink
        return found[0]

    link = await one(SigningLink, {"token_hash": token_hash})
    round = await one(SigningRound, {"id": link.signing_id})
    return Linked(link, round, await one(Document, {"id": round.document_id}))
