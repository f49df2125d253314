"""Writes the dashboards of a checkout, or says which of them are not what the code says."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.monitoring.dashboards.pages import outdated, write


def main(arguments: Sequence[str] | None = None) -> int:
    """`write` brings `deploy/grafana/dashboards` up to date; `check` changes nothing and answers 1 if it is not."""
    parser = argparse.ArgumentParser(prog="python -m deploy.monitoring.dashboards", description=__doc__)
    parser.add_argument("act", choices=("write", "check"))
    act = parser.parse_args(arguments).act
    found = write(Path.cwd()) if act == "write" else outdated(Path.cwd())
    sys.stdout.writelines(f"{path.relative_to(Path.cwd())}\n" for path in found)
    return int(act == "check" and bool(found))


if __name__ == "__main__":
    sys.exit(main())
