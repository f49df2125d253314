"""The table of tasks, read once from the file that ships with the service."""

from functools import cache
from typing import Final

from pydantic import TypeAdapter

from services.notify.domain.task_checks import faults
from services.notify.domain.task_table import TaskTable
from shared.identity.principal import ROLES
from shared.shipped import read_yaml, shipped_text

_FILE: Final = "tasks.yaml"


class TaskTableError(ValueError):
    """The table of tasks speaks of what there is not."""


@cache
def shipped_tasks() -> TaskTable:
    """The table. Raises `TaskTableError` or `ValidationError` where the file says what cannot be."""
    return read_tasks(shipped_text("services.notify", _FILE))


def read_tasks(text: str) -> TaskTable:
    """A table of tasks as it is written in YAML. Raises `TaskTableError` or `ValidationError`."""
    table = TypeAdapter(TaskTable).validate_python(read_yaml(text))
    if wrong := faults(table, ROLES):
        raise TaskTableError("; ".join(wrong))
    return table
