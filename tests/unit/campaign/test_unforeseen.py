"""The report of a campaign says what processes logged with a traceback, and from which line of ours it came."""

from pathlib import Path

import orjson

from tests.failures.campaign.unforeseen import unforeseen

_TRACEBACK = """Traceback (most recent call last):
  File "/somewhere/shared/web/problems.py", line 7, in answer
    told()
  File "/somewhere/site-packages/asyncpg/connection.py", line 9, in execute
    raise RuntimeError
asyncpg.exceptions.DiskFullError: what nobody foresaw
[SQL: and what was asked]
(Background on this error at: a page)"""


def test_errors_are_counted_by_what_was_logged_and_where_ours_met_them(tmp_path: Path) -> None:
    line = orjson.dumps({"message": "unexpected error", "exception": _TRACEBACK})
    (tmp_path / "talent-a.log").write_bytes(line + b"\n" + b'{"message": "started"}\n' + line[:-9])
    (tmp_path / "talent-b.log").write_bytes(b"not of ours\n" + line)
    assert unforeseen(tmp_path) == {
        "unexpected error: asyncpg.exceptions.DiskFullError: what nobody foresaw (problems.py, line 7, in answer)": 2
    }
