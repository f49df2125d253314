"""How long it takes from the posting of a need until it is answered, and until its matches are there."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.docking import need_of, proposed_matches
from shared.operations.stories.feed import Feed
from shared.operations.stories.region import region
from shared.operations.stories.s1 import Told
from shared.operations.stories.teller import Teller

_REST_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds, one per need."""

    answered: Sequence[float]
    matched: Sequence[float]

    @property
    def rows(self) -> dict[str, list[str]]:
        """Median, 95th percentile and longest of each."""
        return {
            f"need posted → HTTP answer ({len(self.answered)} needs, ms)": _summary(self.answered),
            f"need posted → proposed matches there ({len(self.matched)} needs, ms)": _summary(self.matched),
        }


async def measure(story: Told, number: int) -> Latencies:
    """Post so many needs one after another, each once the matches of the one before are there; then withdraw them."""
    teller, cast = story.teller, story.cast
    answered, matched, needs = [], [], []
    for turn in range(1, number + 1):
        teller.say(f"need {turn} of {number}")
        begun = monotonic()
        made = await teller.post(
            f"measure/{turn}", cast.administrator, "partnership", "/v1/needs", need_of(teller, region())
        )
        answered.append(1000 * (monotonic() - begun))
        needs.append(str(made["id"]))
        await proposed_matches(teller, cast, needs[-1])
        matched.append(1000 * (monotonic() - begun))
    await _withdraw(teller, cast, needs)
    # Whoever ends now would leave the next run to wait for what these needs have set in motion.
    await Feed(teller.visitor).stands_still(within=_REST_SECONDS)
    return Latencies(answered, matched)


async def _withdraw(teller: Teller, cast: Cast, needs: Sequence[str]) -> None:
    for need in needs:
        body = {"reason": "测量结束 (measured)"}
        path = f"/v1/needs/{need}/withdrawal"
        await teller.post(f"withdraw/{need}", cast.administrator, "partnership", path, body)


def _summary(milliseconds: Sequence[float]) -> list[str]:
    ordered = sorted(milliseconds)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return [f"{value:.0f}" for value in (statistics.median(ordered), high, ordered[-1])]
