"""Seals the rule packs of the installed services at a release, and sees that no published one has changed.

Run as `python -m shared.operations.publishing_packs check` or `seal`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from shared.rules.pack_file import load_packs
from shared.rules.seals import broken, read_seals, seal
from shared.web.service import Service, installed_services


def complaints(services: Iterator[Service]) -> list[str]:
    """One sentence for everything that was published and is no longer so."""
    found: list[str] = []
    for service in services:
        folder = service.folder / "rules"
        found += [f"{service.name}: {said}" for said in broken(load_packs(folder), read_seals(folder))]
    return found


def with_packs() -> Iterator[Service]:
    """The installed services that have rules."""
    return (service for service in installed_services().values() if service.rule_shapes)


def main() -> None:
    """Check, or seal what is new; ends with the complaints where there are any."""
    if wrong := complaints(with_packs()):
        sys.exit("\n".join(wrong))
    if sys.argv[1:] == ["seal"]:
        for service in with_packs():
            folder = Path(str(service.folder / "rules"))
            seal(load_packs(folder), folder)


if __name__ == "__main__":
    main()
