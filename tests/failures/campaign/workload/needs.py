"""An enterprise looks for partners: a need of many lines is posted, amended, answered here and there, withdrawn."""

from typing import Any, Final

from tests.failures.campaign.desk import Desk
from tests.failures.campaign.workload.world import OCCUPATION, World, day

_ANSWERED: Final = 2
_NOBODY: Final = "rnd"
"""A kind of line that nobody offers: talent says so, once for each time that it looks."""


async def look_for_partners(desk: Desk, world: World, lines: int) -> None:
    """One need from beginning to end. Every line is met by every programme, so few commands cause many events."""
    admin = world.at_enterprise("enterprise_admin")
    marker = desk.name("need")
    body = _need(marker, lines)
    posted = await desk.do(
        "post need",
        admin,
        "partnership",
        "/v1/needs",
        body,
        marker=marker,
        lines=lines,
        programmes=len(world.programmes),
    )
    path = f"/v1/needs/{posted.needed}"
    await desk.until_listed(1, admin, "partnership", "/v1/matches", need_id=posted.subject)
    changes = {"title": desk.name("need"), "skills": [{"code": OCCUPATION}, {"code": "6-18-01-01"}]}
    await desk.amend("amend need", admin, "partnership", path, changes, "title")
    await _answer(desk, world, posted.subject)
    over = {"reason": "campaign"}
    await desk.do("withdraw need", admin, "partnership", f"{path}/withdrawal", over, subject=posted.subject)


async def _answer(desk: Desk, world: World, need: str) -> None:
    """Both sides accept one match, and one is declined."""
    admin, coop = world.at_enterprise("enterprise_admin"), world.at_university("university_coop_office")
    matches = await desk.until_listed(_ANSWERED, admin, "partnership", "/v1/matches", need_id=need)
    wanted, unwanted = desk.dice.sample([str(match["id"]) for match in matches], _ANSWERED)
    for who in (admin, coop):
        path = f"/v1/matches/{wanted}/acceptances"
        await desk.do("accept match", who, "partnership", path, subject=wanted)
    path = f"/v1/matches/{unwanted}/declination"
    await desk.do("decline match", coop, "partnership", path, {"reason": "campaign"}, subject=unwanted)


def need_of_nobody(marker: str) -> dict[str, Any]:
    """A need that nobody can meet."""
    return _need(marker, 0)


def _need(marker: str, lines: int) -> dict[str, Any]:
    kinds = [*["order_class"] * lines, _NOBODY]
    return {
        "lines": [{"line_no": number, "kind": kind, "headcount": 12} for number, kind in enumerate(kinds, start=1)],
        "title": marker,
        "skills": [{"code": OCCUPATION}],
        "starts_on": day(0),
        "ends_on": day(300),
        "region_code": "500101",
    }
