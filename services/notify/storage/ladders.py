"""The ladders of reminders, read once from the file that ships with the service."""

from functools import cache
from importlib.resources import files
from typing import Final

import yaml
from pydantic import TypeAdapter

from services.notify.domain.ladder import Ladder, Ladders

_FILE: Final = "ladders.yaml"


@cache
def shipped_ladders() -> Ladders:
    """All ladders by name. Raises `ValidationError` where the file says what no ladder can be."""
    content = yaml.safe_load(files("services.notify").joinpath(_FILE).read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Ladder]).validate_python(content)
