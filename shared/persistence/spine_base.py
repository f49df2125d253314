"""What the tables of the spine are made of, and the table behind a row."""

from sqlalchemy import Table
from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Spine(SQLModel, registry=registry()):
    """The spine's own metadata; `spine_into` copies it into each service's."""


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table
