"""`python -m deploy.monitoring write` writes the rule files and their tests; `check` says which are outdated."""

import argparse
import sys

from deploy.monitoring.generated import drift, write


def main() -> int:
    """0 if all is current now."""
    parser = argparse.ArgumentParser(prog="python -m deploy.monitoring", description=__doc__)
    parser.add_argument("act", choices=["write", "check"])
    lines = drift() if parser.parse_args().act == "check" else []
    if not lines and "write" in sys.argv:
        sys.stdout.writelines(f"wrote {file}\n" for file in write())
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
