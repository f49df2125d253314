"""Batches as callers ask for them and see them."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SerializeAsAny, StringConstraints

MOST_ROWS: Final = 1000
"""So many objects a person asks for at once; their outcomes fit into one answer."""

R = TypeVar("R", bound="NewRow")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewRow(_Part):
    """One row of an act that makes something new: what the act itself is sent."""

    body: JsonValue = None


class ObjectRow(NewRow):
    """One row of an act on an object. With a `version` the act is done on that version of it alone."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class BatchBody(_Part, Generic[R]):
    """The rows, in the order in which they are carried out."""

    rows: Annotated[tuple[R, ...], Field(min_length=1, max_length=MOST_ROWS)]


class OutcomeView(BaseModel):
    """What came of a row, as its own act would have answered: with what there is now, or with a problem document."""

    row: int
    status: int
    answer: SerializeAsAny[BaseModel] | None = None
    problem: dict[str, Any] | None = None


class BatchView(BaseModel):
    """What came of each row; the first is row 1."""

    done: int
    refused: int
    rows: Sequence[OutcomeView]
