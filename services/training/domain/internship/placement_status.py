"""How far an internship has come, and which step may follow which."""

from collections.abc import Mapping
from typing import Final

from shared.errors import State


class PlacementStatus(State):
    """How far a placement has come. `overridden`: an approver accepted all that the rules refuse in principle."""

    PLANNED = "planned", "已安排", "planned"
    CONSENTED = "consented", "已同意", "consented to"
    AGREEMENT_SIGNED = "agreement_signed", "已签协议", "signed"
    CHECKED = "checked", "检查通过", "checked"
    BLOCKED = "blocked", "检查未通过", "blocked"
    OVERRIDDEN = "overridden", "准予例外", "accepted by way of exception"
    APPROVED = "approved", "已批准", "approved"
    ONGOING = "ongoing", "实习中", "ongoing"
    SUSPENDED = "suspended", "已中止", "suspended"
    COMPLETED = "completed", "已完成", "completed"
    GRADED = "graded", "已评定成绩", "graded"
    ARCHIVED = "archived", "已归档", "archived"
    CANCELLED = "cancelled", "已取消", "cancelled"
    TERMINATED = "terminated", "已终止", "terminated"


_S = PlacementStatus
_JUDGED: Final = frozenset({_S.CHECKED, _S.BLOCKED, _S.OVERRIDDEN})

STEPS: Final[Mapping[PlacementStatus, frozenset[PlacementStatus]]] = {
    _S.PLANNED: _JUDGED | {_S.CONSENTED, _S.CANCELLED},
    _S.CONSENTED: _JUDGED | {_S.AGREEMENT_SIGNED, _S.CANCELLED},
    _S.AGREEMENT_SIGNED: _JUDGED | {_S.CANCELLED},
    _S.CHECKED: _JUDGED | {_S.APPROVED, _S.CANCELLED},
    _S.BLOCKED: _JUDGED | {_S.CANCELLED},
    _S.OVERRIDDEN: _JUDGED | {_S.APPROVED, _S.CANCELLED},
    _S.APPROVED: frozenset({_S.ONGOING, _S.CANCELLED}),
    _S.ONGOING: frozenset({_S.SUSPENDED, _S.COMPLETED, _S.TERMINATED}),
    _S.SUSPENDED: frozenset({_S.ONGOING, _S.TERMINATED}),
    _S.COMPLETED: frozenset({_S.GRADED}),
    _S.GRADED: frozenset({_S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.TERMINATED: frozenset(),
}
"""What may follow. A judgement may be asked for at any time before approval: what is missing then shows in it."""

BEFORE_APPROVAL: Final = frozenset(status for status, next_ in STEPS.items() if next_ >= _JUDGED)
"""While a placement may still be judged."""
CONCURRENT: Final = frozenset({_S.APPROVED, _S.ONGOING, _S.SUSPENDED})
"""While a placement takes a place at its enterprise."""
UNDER_WAY: Final = frozenset({_S.ONGOING, _S.SUSPENDED})
"""While the student is the enterprise's intern."""
CALLED_OFF: Final = frozenset({_S.CANCELLED, _S.TERMINATED})
"""Once it takes place no more."""


def before(step: PlacementStatus) -> tuple[PlacementStatus, ...]:
    """From where a step is possible, in the order of the steps."""
    return tuple(status for status, next_ in STEPS.items() if step in next_)
