"""`sunmao doctor`: looks at everything that a start needs, and says of each thing how it is and what to do."""

from shared.operations.doctoring.examination import examine
from shared.operations.doctoring.finding import Finding, State
from shared.operations.doctoring.table import table_of

__all__ = ["Finding", "State", "examine", "table_of"]
