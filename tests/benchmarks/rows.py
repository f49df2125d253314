"""The rows of the suite, in their order."""

from typing import Final

from tests.benchmarks import (
    ageing,
    arriving,
    batching,
    commanding,
    consuming,
    embedded,
    judging,
    planning,
    relaying,
    reviewing,
    rostering,
    several,
    storming,
    tabling,
)
from tests.benchmarks.harness import Row

ROWS: Final[tuple[Row, ...]] = (
    *relaying.ROWS,
    *consuming.ROWS,
    *commanding.ROWS,
    *arriving.ROWS,
    *ageing.ROWS,
    *embedded.ROWS,
    *storming.ROWS,
    *several.ROWS,
    *reviewing.ROWS,
    *judging.ROWS,
    *planning.ROWS,
    *tabling.ROWS,
    *batching.ROWS,
    *rostering.ROWS,
)
