"""What partnership shows the number of."""

from typing import Final

from services.partnership.storage import Table
from shared.persistence.counting import how_many
from shared.web.service import Tally

_TABLES: Final = Table.metadata.tables

TALLIES: Final = (
    Tally("needs", "Needs", ("status", "test"), how_many(_TABLES["need"], "status")),
    Tally("matches", "Matches", ("status", "test"), how_many(_TABLES["match"], "status")),
    Tally("agreements", "Agreements", ("status", "test"), how_many(_TABLES["agreement"], "status")),
    Tally("organizations", "Organisations", ("kind", "test"), how_many(_TABLES["organization"], "organization_kind")),
)
