"""The folder of published schemas: which numbers of a type are frozen, and which number today's schema has."""

import json
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.event import Message
from shared.contracts.schemas import Schema, published, reader_schema


class Shelf:
    """`<root>/docs/events`: per type and major `unreleased.json`, which may change, and `<n>.json`, which never do."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "docs" / "events"

    def place(self, body: type[Message]) -> Path:
        """The folder of one type and major."""
        return self.folder / body.wire.name / f"v{body.wire.major}"

    def frozen(self, body: type[Message]) -> dict[int, Schema]:
        """The frozen schemas of a body by number, the oldest first."""
        files = {int(file.stem): file for file in _numbered(self.place(body))}
        return {number: json.loads(files[number].read_text()) for number in sorted(files)}

    def number_of(self, body: type[Message]) -> int:
        """The newest frozen number whose schema is today's, else the next one."""
        today, frozen = reader_schema(body), self.frozen(body)
        same = [number for number, schema in frozen.items() if _unnamed(schema) == today]
        return max(same) if same else max(frozen, default=0) + 1

    def text_of(self, body: type[Message]) -> str:
        """Today's schema of a body as a file."""
        return as_text(published(body, self.number_of(body)))

    def all_frozen(self) -> list[Path]:
        """All frozen files, whether or not their type still exists."""
        return sorted(file for folder in self.folder.glob("*/v*") for file in _numbered(folder))


def as_text(value: object) -> str:
    """JSON as it is committed: indented, with Chinese as it is written."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _numbered(folder: Path) -> Iterator[Path]:
    return (file for file in folder.glob("*.json") if file.stem.isdecimal())


def _unnamed(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in ("$id", "$schema")}
