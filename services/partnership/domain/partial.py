"""A partial change: what a caller leaves out stays as it is."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def changed(thing: T, changes: "DataclassInstance") -> T:
    """The thing with those fields replaced that `changes` gives; None gives nothing."""
    given = {field.name: getattr(changes, field.name) for field in fields(changes)}
    return replace(thing, **{name: value for name, value in given.items() if value is not None})
