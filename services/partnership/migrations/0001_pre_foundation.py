"""The first tables: the spine's, organisations, needs, capabilities, matches, agreements, signature links."""

from alembic import op
from sqlalchemy import Boolean, Column, Date, Float, Integer, PrimaryKeyConstraint, String, UniqueConstraint

from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine_migrations import create_spine_0001, drop_spine_0001

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    create_spine_0001()
    _create_organization()
    _create_need()
    _create_capability()
    _create_match()
    _create_agreement()
    _create_signature_link()


def downgrade() -> None:
    """Drop everything."""
    for table in ("signature_link", "agreement", "match", "capability", "need", "organization"):
        op.drop_table(table)
    drop_spine_0001()


def _aggregate() -> tuple[Column[str] | Column[bool] | Column[int] | PrimaryKeyConstraint, ...]:
    return (
        Column("id", String(), nullable=False),
        Column("story", String(), nullable=False),
        Column("test", Boolean(), nullable=False),
        Column("version", Integer(), nullable=False),
        PrimaryKeyConstraint("id"),
    )


def _create_organization() -> None:
    op.create_table(
        "organization",
        *_aggregate(),
        Column("organization_kind", String(), nullable=False),
        Column("name_zh", String(), nullable=False),
        Column("name_en", String()),
        Column("uscc", String(), nullable=False),
        Column("region_code", String(), nullable=False),
        Column("industry_code", String()),
        Column("employees_total", Integer()),
        Column("posts", Document, nullable=False),
        Column("latitude", Float()),
        Column("longitude", Float()),
        Column("leading", Boolean(), nullable=False),
        Column("status", String(), nullable=False),
        Column("warnings", Document, nullable=False),
        UniqueConstraint("uscc", name="organization_uscc_once"),
    )
    for name in ("organization_kind", "region_code", "status"):
        op.create_index(f"ix_organization_{name}", "organization", [name])


def _create_need() -> None:
    op.create_table(
        "need",
        *_aggregate(),
        Column("organization_id", String(), nullable=False),
        Column("lines", Document, nullable=False),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("region_code", String(), nullable=False),
        Column("visibility", String(), nullable=False),
        Column("named_organization_ids", Document, nullable=False),
        Column("details", Document, nullable=False),
        Column("status", String(), nullable=False),
        Column("posted_at", InstantColumn(), nullable=False),
        Column("expires_at", InstantColumn(), nullable=False),
    )
    op.create_index("need_due", "need", ["status", "expires_at"])
    for name in ("organization_id", "region_code"):
        op.create_index(f"ix_need_{name}", "need", [name])


def _create_capability() -> None:
    op.create_table(
        "capability",
        *_aggregate(),
        Column("organization_id", String(), nullable=False),
        Column("capability_kind", String(), nullable=False),
        Column("programme_ids", Document, nullable=False),
        Column("base_ids", Document, nullable=False),
        Column("teacher_ids", Document, nullable=False),
        Column("capacity", Integer(), nullable=False),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("skills", Document, nullable=False),
        Column("status", String(), nullable=False),
    )
    for name in ("organization_id", "capability_kind", "status"):
        op.create_index(f"ix_capability_{name}", "capability", [name])


def _create_match() -> None:
    op.create_table(
        "match",
        *_aggregate(),
        Column("need_id", String(), nullable=False),
        Column("line_no", Integer(), nullable=False),
        Column("need_organization_id", String(), nullable=False),
        Column("candidate_kind", String(), nullable=False),
        Column("candidate_id", String(), nullable=False),
        Column("candidate_organization_id", String(), nullable=False),
        Column("scored", Document, nullable=False),
        Column("status", String(), nullable=False),
        Column("acceptances", Document, nullable=False),
        Column("reason", String()),
        Column("expires_at", InstantColumn(), nullable=False),
    )
    op.create_index("match_of_line", "match", ["need_id", "line_no"])
    op.create_index("match_due", "match", ["status", "expires_at"])


def _create_agreement() -> None:
    op.create_table(
        "agreement",
        *_aggregate(),
        Column("type", String(), nullable=False),
        Column("parties", Document, nullable=False),
        Column("parent_id", String()),
        Column("need_id", String()),
        Column("line_no", Integer()),
        Column("matches", Document, nullable=False),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("content", Document, nullable=False),
        Column("terms", Document, nullable=False),
        Column("status", String(), nullable=False),
        Column("signatures", Document, nullable=False),
        Column("warnings", Document, nullable=False),
        Column("submitted_on", Date()),
        Column("reason", String()),
    )
    op.create_index("agreement_of_line", "agreement", ["need_id", "line_no"])
    op.create_index("agreement_begins", "agreement", ["status", "starts_on"])
    op.create_index("agreement_ends", "agreement", ["status", "ends_on"])
    for name in ("parent_id", "type"):
        op.create_index(f"ix_agreement_{name}", "agreement", [name])


def _create_signature_link() -> None:
    op.create_table(
        "signature_link",
        *_aggregate(),
        Column("agreement_id", String(), nullable=False),
        Column("organization_id", String(), nullable=False),
        Column("signatory", String(), nullable=False),
        Column("token_hash", String(), nullable=False),
        Column("created_by", String(), nullable=False),
        Column("expires_at", InstantColumn(), nullable=False),
        Column("used_at", InstantColumn()),
        UniqueConstraint("token_hash", name="signature_link_token_once"),
    )
    op.create_index("ix_signature_link_agreement_id", "signature_link", ["agreement_id"])
