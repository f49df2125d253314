"""How the tables of approvals came to be; a step never changes once it was released."""

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, Integer, String

from shared.persistence.columns import Document, InstantColumn


def create_approvals_0001() -> None:
    """Chains, and what was asked for and decided."""
    op.create_table(
        "approval_chain",
        *_aggregate(),
        *(_text(name) for name in ("organization_id", "act")),
        Column("steps", Document, nullable=False),
        *(Column(name, Boolean, nullable=False) for name in ("several_steps", "in_force")),
    )
    op.create_index("ix_approval_chain_organization_id", "approval_chain", ["organization_id"])
    op.create_table(
        "approval",
        *_aggregate(),
        *(_text(name) for name in ("service", "organization_id", "act", "about", "mark", "chain_id")),
        Column("chain_version", Integer, nullable=False),
        Column("steps", Document, nullable=False),
        Column("several_steps", Boolean, nullable=False),
        _text("asked_by"),
        Column("asked_at", InstantColumn, nullable=False),
        Column("decisions", Document, nullable=False),
        Column("cause", String),
        _text("status"),
        Column("standing", String, unique=True),
    )
    for column in ("organization_id", "about", "chain_id"):
        op.create_index(f"ix_approval_{column}", "approval", [column])


def drop_approvals_0001() -> None:
    """Take them away again."""
    op.drop_table("approval")
    op.drop_table("approval_chain")


def _aggregate() -> tuple[Column[Any], ...]:
    """What every aggregate has."""
    test, version = Column("test", Boolean, nullable=False), Column("version", Integer, nullable=False)
    return (Column("id", String, primary_key=True), _text("story"), test, version)


def _text(name: str) -> Column[Any]:
    return Column(name, String, nullable=False)
