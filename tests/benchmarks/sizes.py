"""How many events a run handles: `SUNMAO_BENCH_SCALE=0.1` makes every run that much smaller, to try it out."""

import os


def scaled(count: int) -> int:
    """The count, or the share of it that this run was asked for."""
    return max(1000, int(count * float(os.environ.get("SUNMAO_BENCH_SCALE") or 1)))
