"""The tables of talent and of the spine."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine_migrations import create_spine_0001, drop_spine_0001

revision = "0001_pre_foundation"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    create_spine_0001()
    _create_programme()
    _create_demand()
    _create_proposal()
    _create_track_record()
    _create_candidate()
    _create_beside_candidates()


def downgrade() -> None:
    """Drop them."""
    for table in ("obligation", "organization", "capability", "candidate"):
        op.drop_table(table)
    for table in ("track_record", "proposal", "demand", "programme"):
        op.drop_table(table)
    drop_spine_0001()


def _create_programme() -> None:
    op.create_table(
        "programme",
        *_aggregate(),
        _text("university_id"),
        _text("status"),
        _text("code"),
        _text("name"),
        _text("level"),
        _document("industry_codes"),
        _document("occupation_codes"),
        _document("skills"),
        _text("region_code"),
        sa.Column("students", sa.Integer, nullable=False),
        sa.Column("total_half_credits", sa.Integer, nullable=False),
    )
    for column in ("university_id", "code", "region_code"):
        op.create_index(f"ix_programme_{column}", "programme", [column])


def _create_demand() -> None:
    op.create_table(
        "demand",
        *_aggregate(),
        _text("organization_id"),
        _text("status"),
        _document("lines"),
        _document("terms"),
        sa.Column("look_again_at", InstantColumn, nullable=True),
    )
    for column in ("status", "look_again_at"):
        op.create_index(f"ix_demand_{column}", "demand", [column])


def _create_proposal() -> None:
    op.create_table(
        "proposal",
        *_aggregate(),
        _text("need_id"),
        sa.Column("line_no", sa.Integer, nullable=False),
        _text("need_organization_id"),
        _text("candidate_kind"),
        _text("candidate_id"),
        _text("organization_id"),
        _text("status"),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        _document("parts"),
        _document("missing_skills"),
        _text("explanation"),
        _text("model_version"),
        sa.UniqueConstraint("need_id", "line_no", "candidate_id", name="proposal_once"),
    )


def _create_track_record() -> None:
    op.create_table(
        "track_record",
        *_aggregate(),
        sa.Column("confirmed", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
    )


def _create_candidate() -> None:
    op.create_table(
        "candidate",
        *_projection(),
        _text("kind"),
        _text("organization_id"),
        _text("name", nullable=True),
        _text("status"),
        _text("region_code"),
        sa.Column("latitude", sa.Float, nullable=True),
        sa.Column("longitude", sa.Float, nullable=True),
        sa.Column("capacity", sa.Integer, nullable=True),
        _document("skills"),
        _document("programme_ids"),
        _document("enterprise_ids"),
        _text("open_scope", nullable=True),
        _text("teacher_kind", nullable=True),
    )
    op.create_index("ix_candidate_organization_id", "candidate", ["organization_id"])


def _create_beside_candidates() -> None:
    op.create_table(
        "capability",
        *_projection(),
        _text("organization_id"),
        _text("kind"),
        sa.Column("published", sa.Boolean, nullable=False),
        _document("candidate_ids"),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        _document("skills"),
    )
    op.create_index("ix_capability_organization_id", "capability", ["organization_id"])
    op.create_table(
        "organization",
        *_projection(),
        _text("kind"),
        _text("status"),
        _text("region_code"),
        sa.Column("latitude", sa.Float, nullable=True),
        sa.Column("longitude", sa.Float, nullable=True),
    )
    op.create_table("obligation", *_projection(), _text("teacher_id"))


def _aggregate() -> tuple[sa.Column[object], ...]:
    test: sa.Column[object] = sa.Column("test", sa.Boolean, nullable=False)
    return _key(), _text("story"), test, _version()


def _projection() -> tuple[sa.Column[object], ...]:
    return _key(), _version()


def _key() -> sa.Column[object]:
    return sa.Column("id", sa.String, primary_key=True)


def _version() -> sa.Column[object]:
    return sa.Column("version", sa.Integer, nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String, nullable=nullable)


def _document(name: str) -> sa.Column[object]:
    return sa.Column(name, Document, nullable=False)
