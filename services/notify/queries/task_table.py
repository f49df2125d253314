"""The table of tasks for whoever subscribes and shows."""

from services.notify.domain.task_table import TaskTable
from services.notify.storage import shipped_tasks


def task_table() -> TaskTable:
    """The table that ships with the service."""
    return shipped_tasks()
