"""Posts for internships, the units that offer them, headcounts that limit them, and which bases are partial ones."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("post", "internship_unit", "site_inspection", "site_listing")
_HEADCOUNTS = ("employees_total", "posts")
_DIRECTORY = "training.directory"


def upgrade() -> None:
    """Create them, and let the directory be read again: headcounts were told before, and were not kept."""
    _create_post()
    _create_internship_unit()
    _create_site_inspection()
    _create_site_listing()
    op.add_column("known_organization", sa.Column("employees_total", sa.Integer))
    op.add_column("known_organization", sa.Column("posts", Document))
    op.add_column("training_base", sa.Column("partial", sa.Boolean))
    _read_the_directory_again()


def downgrade() -> None:
    """Drop them."""
    op.drop_column("training_base", "partial")
    for column in reversed(_HEADCOUNTS):
        op.drop_column("known_organization", column)
    for table in reversed(_TABLES):
        op.drop_table(table)


def _read_the_directory_again() -> None:
    """Forget that it was filled and how new its rows are; until then they say what they said before."""
    op.execute("UPDATE known_organization SET version = 0")
    op.execute(sa.text("DELETE FROM bootstrap WHERE consumer = :consumer").bindparams(consumer=_DIRECTORY))


def _aggregate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)


def _documents(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, Document, nullable=False) for name in names)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_post() -> None:
    op.create_table(
        "post",
        *_aggregate(),
        sa.Column("agreement_id", sa.String),
        sa.Column("base_id", sa.String),
        *_texts("enterprise_id", "title", "occupation_code", "site", "country"),
        sa.Column("region_code", sa.String),
        sa.Column("places", sa.Integer, nullable=False),
        sa.Column("independent", sa.Boolean, nullable=False),
        *_documents("programme_categories", "typical_tasks", "schedule", "pay", "conditions"),
        sa.Column("filing_no", sa.String),
        *_texts("status"),
    )
    _index("post", "agreement_id", "occupation_code", "status")
    op.create_index("post_of_enterprise", "post", ["enterprise_id", "occupation_code", "site"])


def _create_internship_unit() -> None:
    op.create_table(
        "internship_unit",
        *_aggregate(),
        *_texts("enterprise_id"),
        sa.Column("external_interns", Document),
        sa.Column("declared_on", sa.Date),
        sa.Column("record_check", Document),
        *_documents("violations", "exceeded"),
        sa.UniqueConstraint("enterprise_id", name="internship_unit_once_per_enterprise"),
    )


def _create_site_inspection() -> None:
    op.create_table(
        "site_inspection",
        *_aggregate(),
        *_texts("unit_id", "enterprise_id", "university_id", "site"),
        sa.Column("visited_on", sa.Date, nullable=False),
        *_documents("inspector_ids"),
        *_texts("findings"),
        sa.Column("fit", sa.Boolean, nullable=False),
        *_documents("evidence"),
    )
    _index("site_inspection", "unit_id")
    op.create_index("site_inspection_of_unit", "site_inspection", ["university_id", "enterprise_id", "visited_on"])


def _create_site_listing() -> None:
    op.create_table(
        "site_listing",
        *_aggregate(),
        *_texts("unit_id", "enterprise_id", "university_id", "meeting_ref"),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date),
        sa.UniqueConstraint("enterprise_id", "university_id", name="site_listing_once"),
    )
    _index("site_listing", "unit_id", "university_id")
