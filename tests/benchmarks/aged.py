"""Databases as they are after years: so many old rows in outbox, inbox, aggregates and what lists are narrowed by.

Old rows belong to two thousand organisations; the reader's own are among them. What is open is as much at every size.
"""

from typing import Final

import asyncpg

from services.notify.main import SERVICE as NOTIFY
from services.partnership.main import SERVICE as PARTNERSHIP
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from tests.benchmarks.sample import GROUP, create_tables
from tests.benchmarks.stage import Stage, sqlalchemy_url

ORGANIZATIONS: Final = 2000
READER: Final = f"org_{7:026d}"
NEED: Final = f"need_{7:026d}"
"""A need of the reader's."""
OPEN: Final = 500
"""Needs that are open at any time; they are among the newest twentieth."""

_ORG: Final = "'org_' || lpad((n % {organizations})::text, 26, '0')"
_SPINE: Final = (
    """
    INSERT INTO inbox (consumer, event_id, claimed_at)
    SELECT '{consumer}', lpad(to_hex(n), 12, '0') || '-7000-8000-' || left(md5(n::text), 12),
           now() - interval '30 days' + n * interval '2 seconds' FROM generate_series(1, {rows}) n
    """,
    """
    INSERT INTO outbox (event_id, topic, key, type, payload, headers, created_at)
    SELECT n::text, 'old', n::text, 'old', decode(repeat(md5(n::text), 12), 'hex'), decode(repeat('7a', 400), 'hex'),
           now() FROM generate_series(1, {rows}) n
    """,
    "INSERT INTO outbox (event_id, topic, key, type, headers, created_at) VALUES ('last', 'x', 'x', 'x', '', now())",
    # Gone as the relay deletes them; what is written later finds the space that autovacuum has freed.
    "DELETE FROM outbox WHERE event_id <> 'last'",
    "VACUUM (ANALYZE) outbox",
    "DELETE FROM outbox",
)
_PARTNERSHIP: Final = (
    """
    INSERT INTO need (id, story, test, version, organization_id, lines, starts_on, ends_on, region_code, visibility,
                      named_organization_ids, details, status, posted_at, expires_at)
    SELECT 'need_' || lpad(n::text, 26, '0'), 'old', false, 3, {organization},
           '[{{"line_no": 1, "kind": "internship_posts", "headcount": 12, "status": "open", "agreement_id": null,
              "fillings": []}}]',
           '2026-09-01', '2027-08-31', '5' || lpad((n % 300)::text, 5, '0'), 'alliance', '[]',
           '{{"title": "Industrial robot maintenance engineers", "occupation_codes": [], "skills": [],
             "skill_level": null, "latitude": null, "longitude": null, "budget_fen": 1250050, "conditions": null}}',
           CASE WHEN n > {rows} - {rows} / 20 AND n % greatest({rows} / 20 / {open}, 1) = 0 THEN 'posted'
                ELSE (ARRAY['fulfilled', 'expired', 'withdrawn'])[n % 3 + 1] END,
           now(), now() + interval '300 days' FROM generate_series(1, {rows}) n
    """,
    """
    INSERT INTO match (id, story, test, version, need_id, line_no, need_organization_id, candidate_kind, candidate_id,
                       candidate_organization_id, scored, status, acceptances, expires_at)
    SELECT 'mat_' || lpad(n::text, 26, '0'), 'old', false, 2, 'need_' || lpad((n / 10 + 1)::text, 26, '0'), 1,
           'org_' || lpad(((n / 10 + 1) % {organizations})::text, 26, '0'), 'programme',
           'prog_' || lpad((n % 5000)::text, 26, '0'), {organization},
           '{{"rank": 1, "score": 80.0, "missing_skills": [], "explanation": "fits", "model_version": "1",
             "parts": {{"skills": 40, "capacity": 15, "distance": 10, "record": 10, "time": 5}}}}',
           (ARRAY['confirmed', 'declined', 'expired'])[n % 3 + 1], '[]', now() FROM generate_series(1, {rows}) n
    """,
    "INSERT INTO reach (owner, kind, object_id) SELECT organization_id, 'need', id FROM need",
    "INSERT INTO reach (owner, kind, object_id) SELECT need_organization_id, 'match', id FROM match",
    """
    INSERT INTO reach (owner, kind, object_id)
    SELECT candidate_organization_id, 'match', id FROM match ON CONFLICT DO NOTHING
    """,
)
_NOTIFY: Final = (
    """
    INSERT INTO notification (id, story, test, version, recipient, template, event_class, dedupe_key, subject,
                              source_event_id, variables, counted, late, status, due_at, delivered_at, position)
    SELECT 'ntf_' || lpad(n::text, 26, '0'), 'old', false, 2,
           'role:enterprise_admin@org_' || lpad((CASE WHEN n > {rows} - 200 THEN 7 ELSE n % {organizations} END)::text,
                                                26, '0'),
           'match_none_found', 'match', n::text, 'need_' || lpad(n::text, 26, '0'), n::text,
           '{{"need_id": "need_1", "line_no": 1}}', '[]', false, (ARRAY['delivered', 'read'])[n % 2 + 1], now(), now(),
           n FROM generate_series(1, {rows}) n
    """,
)
_SAMPLE: Final = (
    """
    INSERT INTO supply (id, story, test, version, title, status, places_taken, applications, newest)
    SELECT 'need_OLD' || n, 'old', false, 4, 'Engineers', 'open', 0, 0, 0 FROM generate_series(1, {rows}) n
    """,
    """
    INSERT INTO reach (owner, kind, object_id)
    SELECT {organization}, 'supply', 'need_OLD' || n FROM generate_series(1, {rows}) n
    """,
)
_MADE: Final = {"partnership": _PARTNERSHIP, "notify": _NOTIFY, "sample": _SAMPLE}
_SERVICES: Final = {"partnership": PARTNERSHIP, "notify": NOTIFY}


async def aged(stage: Stage, kind: str, rows: int) -> str:
    """The name of a database with so many old rows in every table, of partnership, of notify or of the sample.

    It is made when it is first asked for, and stays until the servers go.
    """
    name = f"aged_{kind}_{rows}"
    if not await _fetch(stage.dsn, f"SELECT FROM pg_database WHERE datname = '{name}'"):
        await _fetch(stage.dsn, f"CREATE DATABASE {name}")
        await _make(stage.dsn_of(name), kind, rows)
    return name


async def _make(dsn: str, kind: str, rows: int) -> None:
    database = Database(sqlalchemy_url(dsn))
    if service := _SERVICES.get(kind):
        await upgrade(database, service.folder / "migrations", service.metadata)
    else:
        await create_tables(database)
    await database.close()
    words = {"rows": rows, "organizations": ORGANIZATIONS, "open": OPEN, "consumer": GROUP}
    words["organization"] = _ORG.format(organizations=ORGANIZATIONS)
    for statement in (*_MADE[kind], *_SPINE, "VACUUM (ANALYZE)"):
        await _fetch(dsn, statement.format(**words))


async def _fetch(dsn: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(dsn)
    try:
        return list(await connection.fetch(statement))
    finally:
        await connection.close()
