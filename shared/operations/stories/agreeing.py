"""Two sides agree: an agreement without a need is drawn up, submitted, signed by both and in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.teller import Caller, Teller

_DUTIES: Final = "双方按各自职责投入人员、场地与设备，安全责任由实施方承担。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is agreed: a type of agreement, its goals and form, its term in days from the base date, its own terms."""

    type: str
    goals: str
    form: str
    term: tuple[int, int]
    terms: Mapping[str, Any]


async def agree(teller: Teller, university: Caller, enterprise: Caller, matter: Matter) -> str:
    """The id of the agreement, once it is in force. The university draws it up."""
    body = _drafted(teller, university, enterprise, matter)
    made = await teller.post("agreement", university, "partnership", "/v1/agreements", body)
    path = f"/v1/agreements/{made['id']}"
    await teller.post("agreement/submission", university, "partnership", f"{path}/submission")
    for side, who in (("university", university), ("enterprise", enterprise)):
        await teller.post(f"agreement/signature/{side}", who, "partnership", f"{path}/signatures")
    status = ""

    async def in_force() -> bool | None:
        nonlocal status
        status = (await teller.get(university, "partnership", path))["status"]
        return True if status == "active" else None

    await teller.until("the agreement to be in force", in_force, lambda: status)
    return str(made["id"])


def _drafted(teller: Teller, university: Caller, enterprise: Caller, matter: Matter) -> dict[str, Any]:
    sides = (("university", university), ("enterprise", enterprise))
    starts_on, ends_on = (teller.run.day(days) for days in matter.term)
    return {
        "type": matter.type,
        "parties": [{"organization_id": who.organization_id, "role": role} for role, who in sides],
        "starts_on": starts_on,
        "ends_on": ends_on,
        "content": {"goals": matter.goals, "content_and_form": matter.form, "rights_and_duties": _DUTIES},
        "terms": matter.terms,
    }
