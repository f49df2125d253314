"""What every table of training has."""

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Table(SQLModel, registry=registry()):
    """Training's own metadata."""


class Row(Table):
    """What every aggregate has."""

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
