"""The rows of the suite, in their order."""

from typing import Final

from tests.benchmarks import ageing, commanding, consuming, relaying, several, storming
from tests.benchmarks.harness import Row

ROWS: Final[tuple[Row, ...]] = (
    *relaying.ROWS,
    *consuming.ROWS,
    *commanding.ROWS,
    *ageing.ROWS,
    *storming.ROWS,
    *several.ROWS,
)
