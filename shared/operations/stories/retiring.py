"""Before a new run: what earlier runs left behind leaves, so that nobody of theirs is proposed in its place.

A line of a need has ten places, and three runs would fill them. Earlier runs are known by the names of their fictional
organisations: the file of a run may be gone, or have been another machine's.
"""

from collections.abc import Mapping
from typing import Any, Final

from shared.operations.stories.cast import OFFICE
from shared.operations.stories.region import Region
from shared.operations.stories.teller import TOO_EARLY, Caller, Teller
from shared.operations.visitor import AnswerError

_OPEN: Final = frozenset({"posted", "matching", "matched"})
_OVER: Final = {"reason": "演示已结束 (the demonstration is over)"}


async def retire(teller: Teller, region: Region) -> None:
    """Withdraw the open needs of earlier runs and suspend their organisations."""
    names = {entry.name.zh for entry in region.organizations.values()}
    listed = await teller.all(OFFICE, "partnership", "/v1/organizations", status="verified")
    for organization in listed:
        if organization["name_zh"] in names:
            await _retire(teller, organization)


async def _retire(teller: Teller, organization: Mapping[str, Any]) -> None:
    teller.say(f"{organization['name_zh']} {organization['id']}")
    if organization["kind"] == "enterprise":
        await _withdraw_needs(teller, organization["id"])
    await _post(teller, OFFICE, f"/v1/organizations/{organization['id']}/suspension")


async def _withdraw_needs(teller: Teller, enterprise: str) -> None:
    for need in await teller.all(OFFICE, "partnership", "/v1/needs", organization_id=enterprise):
        if need["status"] in _OPEN:
            await _post(teller, Caller("enterprise_admin", enterprise), f"/v1/needs/{need['id']}/withdrawal")


async def _post(teller: Teller, who: Caller, path: str) -> None:
    try:
        await teller.post("retire", who, "partnership", path, _OVER)
    except AnswerError as error:
        # Somebody else did it meanwhile.
        if error.status not in TOO_EARLY:
            raise
