"""What talent shows the number of."""

from typing import Final

from services.talent.storage import Table
from shared.persistence.counting import how_many
from shared.web.service import Tally

_TABLES: Final = Table.metadata.tables

TALLIES: Final = (
    Tally("demands", "Needs as the matching sees them", ("status", "test"), how_many(_TABLES["demand"], "status")),
    Tally("programmes", "Programmes of study", ("status", "test"), how_many(_TABLES["programme"], "status")),
    Tally("proposals", "Who was proposed for a line", ("status", "test"), how_many(_TABLES["proposal"], "status")),
)
