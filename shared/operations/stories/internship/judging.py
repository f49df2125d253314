"""Steps 3 to 6 of story S2: what the rules let through, what they block and why, and what an approver accepts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.operations.stories.cast import OFFICE
from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.workshop import Workshop
from shared.operations.stories.teller import NotCome, Teller

UNIT_CAP, POST_CAP = "INT-03", "INT-04"
_OVERRIDE: Final = {
    "rule": UNIT_CAP,
    "reason_code": "regional_shortage",
    "reason": "本地区机修实习岗位不足，企业已增派导师。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The placements by what became of them.

    `approved` without an exception, the first on the small post, the second with 70 % of the wage; `wrong` by the rule
    that refuses each.
    """

    approved: Sequence[str]
    over_post: str
    over_unit: str
    wrong: Mapping[str, str]

    @property
    def blocked(self) -> Mapping[str, str]:
        """The placements that were blocked, with the one rule that must have done it."""
        return {self.over_post: POST_CAP, **{id: rule for rule, id in self.wrong.items()}, self.over_unit: UNIT_CAP}


async def judge(teller: Teller, workshop: Workshop, cast: InternshipCast, planned: Mapping[str, str]) -> Judged:
    """Check and approve in order; what a rule refuses stays blocked, the one over the unit's cap until an override."""
    first, over_post, *others = (planned[intern.name] for intern in workshop.planned)
    teller.step(3, "The first on the small post is approved, the second is one too many")
    for placement in (first, over_post):
        await _judge(teller, cast, placement)
    teller.step(4, "Seven internships that the law does not allow are each blocked by their own rule")
    wrong = {rule: planned[intern.name] for rule, intern in workshop.wrong.items()}
    for placement in wrong.values():
        await _judge(teller, cast, placement)
    teller.step(5, "70 % of the wage is enough where that reaches the unit's lowest grade; the unit fills up")
    within, over_unit = await _fill(teller, cast, others)
    teller.step(6, "One more than 10 % was blocked; an approver accepts it, and the authority hears of that")
    await teller.post("override", OFFICE, "training", f"/v1/placements/{over_unit}/overrides", _OVERRIDE)
    await teller.post("approval/overridden", cast.cooperation, "training", f"/v1/placements/{over_unit}/approval")
    return Judged(approved=(first, *within), over_post=over_post, over_unit=over_unit, wrong=wrong)


async def _fill(teller: Teller, cast: InternshipCast, waiting: Sequence[str]) -> tuple[Sequence[str], str]:
    """Those who were approved one after another, and the first who was blocked."""
    for number, placement in enumerate(waiting):
        if not await _judge(teller, cast, placement):
            return waiting[:number], placement
    raise NotCome(f"all of {len(waiting)} internships were approved; one should have been one too many")


async def _judge(teller: Teller, cast: InternshipCast, placement: str) -> bool:
    """Have a placement checked, and approved if no rule refuses it; say whether it was."""
    path = f"/v1/placements/{placement}"
    checked = await teller.post(f"check/{placement}", cast.cooperation, "training", f"{path}/checks")
    teller.say(f"{placement} is {checked['status']}")
    if checked["status"] == "blocked":
        return False
    approved = await teller.post(f"approval/{placement}", cast.cooperation, "training", f"{path}/approval")
    return bool(approved["status"] == "approved")
