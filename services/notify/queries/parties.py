"""What is known of one party: whose it is, and what was entered for it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.directory import Known
from services.notify.domain.party import ALLIANCE_OFFICE, Party, subject_of
from services.notify.storage import NotifyWork
from shared.contracts.ids import ALLIANCE
from shared.persistence.sql_store import SqlStore

_PARTIES: Final = NotifyWork.mapping_of(Party)
_DIRECTORY: Final = NotifyWork.directory.mapping


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party that some event has created, the organisation that looks after it, and what was entered for it."""

    party: Party
    organization_id: str


async def known_party(connection: AsyncConnection, name: str) -> KnownParty | None:
    """The party of this name; None where no event has spoken of its person or organisation."""
    store = SqlStore(connection)
    organization_id = ALLIANCE if name == ALLIANCE_OFFICE else await _organization_of(name, store)
    if organization_id is None:
        return None
    entered: list[Party] = await store.where(_PARTIES, {"id": name}, lock=False)
    return KnownParty(entered[0] if entered else Party.blank(name), organization_id)


async def _organization_of(name: str, store: SqlStore) -> str | None:
    found: list[Known] = await store.where(_DIRECTORY, {"id": subject_of(name)}, lock=False)
    return found[0].organization_id if found else None
