"""Columns as the steps name them."""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String

from shared.persistence.columns import InstantColumn, Position


def aggregate() -> tuple[Column[Any], ...]:
    """What every aggregate has."""
    test, version = Column("test", Boolean, nullable=False), Column("version", Integer, nullable=False)
    return (*key("id"), text("story"), test, version)


def counted() -> Column[Any]:
    """An id that the database counts."""
    return Column("id", Position, primary_key=True)


def key(*names: str) -> tuple[Column[Any], ...]:
    """What rows are told apart by."""
    return tuple(Column(name, String, primary_key=True) for name in names)


def text(name: str) -> Column[Any]:
    """Some text, never missing."""
    return Column(name, String, nullable=False)


def instant(name: str) -> Column[Any]:
    """A moment, never missing."""
    return Column(name, InstantColumn, nullable=False)
