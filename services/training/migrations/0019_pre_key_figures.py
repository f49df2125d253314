"""When the building of a base began, and by which columns key figures are counted."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_INDEXES = {
    "placement_by_start": ("placement", "university_id", "starts_on"),
    "placement_log_of_week": ("placement_log", "university_id", "monday"),
    "placement_log_violating": ("placement_log", "violated", "placement_id"),
    "payment_violating": ("payment", "violated", "placement_id"),
    "incident_by_report": ("incident", "university_id", "reported_at"),
    "obligation_of_university": ("obligation", "university_id", "obligation_kind", "status"),
    "practice_of_university": ("practice", "university_id", "status"),
    "known_programme_of_university": ("known_programme", "university_id", "status"),
}
_BUILT = ("building", "accepted", "open", "suspended")
_RULE = "BAS-01"


def upgrade() -> None:
    """Create the column and the indexes, and say of the bases there are when their building began."""
    op.add_column("training_base", sa.Column("building_on", sa.Date))
    for name, (table, *columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    _look_up_when_building_began()


def downgrade() -> None:
    """Drop them."""
    for name, (table, *_) in _INDEXES.items():
        op.drop_index(name, table)
    op.drop_column("training_base", "building_on")


def _look_up_when_building_began() -> None:
    """It is the day of the last decision on the rule that is asked then; nothing asks it later."""
    base = sa.table(
        "training_base", sa.column("id"), sa.column("status"), sa.column("partial"), sa.column("building_on", sa.Date)
    )
    decision = sa.table("decision", sa.column("subject"), sa.column("body", Document))
    is_built = sa.or_(base.c.status.in_(_BUILT), base.c.partial.is_not(None))
    kept = sa.select(base.c.id, decision.c.body).join(decision, decision.c.subject == base.c.id).where(is_built)
    began: dict[str, date] = {}
    for id, body in op.get_bind().execute(kept):
        if day := _asked_on(body):
            began[id] = max(day, began.get(id, day))
    for id, day in began.items():
        op.execute(base.update().where(base.c.id == id).values(building_on=day))


def _asked_on(body: dict[str, Any]) -> date | None:
    rules = {finding["rule"] for finding in body["findings"]}
    return date.fromisoformat(body["on"]) if _RULE in rules else None
