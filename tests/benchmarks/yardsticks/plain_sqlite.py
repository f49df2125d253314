"""The sample's handler by hand on sqlite3: claim, load, decide, save, publish, one transaction per event."""

import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from tests.benchmarks.sample import GROUP
from tests.benchmarks.yardsticks.hand_written import headers_of, told

_PAGE: Final = "SELECT id, event_id, payload FROM outbox WHERE id > ? ORDER BY id LIMIT 500"
_CLAIM: Final = "INSERT INTO inbox (consumer, event_id, claimed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_LOAD: Final = "SELECT version, places_taken, applications FROM supply WHERE id = ?"
_SAVE: Final = """
UPDATE supply SET version = ?, places_taken = ?, applications = ?, newest = ? WHERE id = ? AND version = ?
"""
_PUBLISH: Final = """
INSERT INTO outbox (event_id, topic, key, type, payload, headers, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


def drain(source: Path, target: Path) -> None:
    """Handle every event of the source's outbox."""
    reader, writer = (_opened(path) for path in (source, target))
    last = 0
    while rows := reader.execute(_PAGE, (last,)).fetchall():
        for last, event_id, payload in rows:  # noqa: B007
            writer.execute("BEGIN IMMEDIATE")
            _handle(writer, event_id, payload)
            writer.execute("COMMIT")
    reader.close()
    writer.close()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _handle(writer: sqlite3.Connection, event_id: str, payload: bytes) -> None:
    now = datetime.now(UTC).isoformat(" ")
    if not writer.execute(_CLAIM, (GROUP, event_id, now)).rowcount:
        return
    event = orjson.loads(payload)
    version, places, applications = writer.execute(_LOAD, (event["need_id"],)).fetchone()
    taken = (version + 1, places + event["places"], applications + 1, event["version"], event["need_id"], version)
    if not writer.execute(_SAVE, taken).rowcount:
        raise RuntimeError("a race was lost")
    for topic, kind, body in told(event, places + event["places"], applications + 1, version + 1):
        id, key = str(uuid.uuid4()), event["need_id"]
        row = (id, topic, key, kind, orjson.dumps(body), headers_of(id, kind, key, version + 1), now)
        writer.execute(_PUBLISH, row)
