"""How large the benchmarks are: `SUNMAO_BENCH_SCALE=0.1` makes a tenth of everything, to see whether they run."""

import os


def scaled(count: int) -> int:
    """So many, or the share of them that was asked for."""
    return max(1, int(count * float(os.environ.get("SUNMAO_BENCH_SCALE", "1"))))
