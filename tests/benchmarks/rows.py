"""The rows of the suite, in their order."""

from typing import Final

from tests.benchmarks import ageing, consuming, relaying
from tests.benchmarks.harness import Row

ROWS: Final[tuple[Row, ...]] = (*relaying.ROWS, *consuming.ROWS, *ageing.ROWS)
