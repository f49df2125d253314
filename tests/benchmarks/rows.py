"""The rows of the suite, in their order."""

from typing import Final

from tests.benchmarks import consuming
from tests.benchmarks.harness import Row

ROWS: Final[tuple[Row, ...]] = (*consuming.ROWS,)
