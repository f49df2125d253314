"""The ladders of reminders, read once from the file that ships with the service."""

from functools import cache
from typing import Final

from pydantic import TypeAdapter

from services.notify.domain.ladder import Ladder, Ladders
from shared.shipped import shipped_yaml

_FILE: Final = "ladders.yaml"


@cache
def shipped_ladders() -> Ladders:
    """All ladders by name. Raises `ValidationError` where the file says what no ladder can be."""
    return TypeAdapter(dict[str, Ladder]).validate_python(shipped_yaml("services.notify", _FILE))
