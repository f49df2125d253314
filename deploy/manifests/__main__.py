"""`python -m deploy.manifests write` brings `deploy/kubernetes` up to date, `check` says what is not."""

import sys

from deploy.manifests.files import differences, write


def main(arguments: list[str]) -> int:
    """Do what is asked, and say with the exit code whether all is well."""
    if arguments == ["write"]:
        write()
        return 0
    if arguments == ["check"]:
        found = differences()
        sys.stdout.writelines(f"{line} is not what the code says\n" for line in found)
        return 1 if found else 0
    sys.stderr.write(f"{__doc__}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
