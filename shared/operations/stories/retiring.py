"""Between two runs: the organisations of the earlier one leave, so that nobody of theirs is proposed any more."""

from typing import Final

from shared.operations.stories.cast import OFFICE
from shared.operations.stories.run import Run
from shared.operations.stories.teller import Caller, Teller
from shared.operations.visitor import AnswerError

_NOT_THERE: Final = frozenset({404, 409})
"""It was done before, or the services were given empty databases since."""
_OVER: Final = {"reason": "演示已结束 (the demonstration is over)"}


async def retire(teller: Teller, earlier: Run) -> None:
    """Suspend the organisations of an earlier run; withdraw its need where the run broke off."""
    if earlier.story and not earlier.finished:
        enterprise = Caller("enterprise_admin", earlier.organizations["enterprise"])
        await _post(teller, "need", enterprise, f"/v1/needs/{earlier.story}/withdrawal")
    for name, organization in earlier.organizations.items():
        await _post(teller, name, OFFICE, f"/v1/organizations/{organization}/suspension")


async def _post(teller: Teller, name: str, who: Caller, path: str) -> None:
    try:
        await teller.post(f"retire/{name}", who, "partnership", path, _OVER)
    except AnswerError as error:
        if error.status not in _NOT_THERE:
            raise
