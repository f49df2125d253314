"""What the seed's university offers, and the wait until talent knows of it."""

from collections.abc import Mapping
from typing import Any, Final

from shared.operations.stories.cast import OFFICE, Cast
from shared.operations.stories.region import Region
from shared.operations.stories.teller import Caller, Teller

_OFFERED: Final = (-200, 730)
"""From when to when, in days from the base date."""


async def offer_capabilities(teller: Teller, region: Region, cast: Cast) -> None:
    """Programmes are offered for order classes and open bases for building together."""
    for taught, programme in zip(region.taught, cast.programmes, strict=True):
        offer = {"kind": "order_class", "programme_ids": [programme], "capacity": taught.students // 5}
        await _offer(teller, f"order_class/{taught.programme}", cast.academic, offer)
    offer = {"kind": "co_build_base", "base_ids": list(cast.bases), "capacity": len(cast.bases)}
    await _offer(teller, "co_build_base", cast.operator, offer)


async def until_listed(teller: Teller, cast: Cast) -> None:
    """Until talent lists every candidate as one that can be proposed, with what is offered of it."""
    wanted = {
        **dict.fromkeys(cast.programmes, ("active", "order_class")),
        **dict.fromkeys(cast.bases, ("open", "co_build_base")),
        **dict.fromkeys(cast.teachers, ("active", None)),
    }
    missing: set[str] = set()

    async def look() -> bool | None:
        listed = await teller.all(OFFICE, "talent", "/v1/candidates", organization_id=cast.university)
        there = {entry["candidate_id"]: entry for entry in listed if entry["organization_known"]}
        missing.clear()
        missing.update(name for name, asked in wanted.items() if name not in there or not _fits(there[name], *asked))
        return None if missing else True

    await teller.until("talent to list every candidate", look, lambda: f"nothing yet of {', '.join(sorted(missing))}")


async def _offer(teller: Teller, name: str, who: Caller, offer: dict[str, Any]) -> None:
    starts_on, ends_on = (teller.run.day(days) for days in _OFFERED)
    body = {**offer, "starts_on": starts_on, "ends_on": ends_on}
    await teller.post(f"seed/capability/{name}", who, "partnership", "/v1/capabilities", body)


def _fits(entry: Mapping[str, Any], status: str, offered_as: str | None) -> bool:
    return entry["status"] == status and (offered_as is None or offered_as in entry["offered_as"])
