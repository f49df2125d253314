"""A command that passes or does not: one need, posted again and again under its first key, which changes nothing."""

import httpx

from shared.operations.stories.teller import Caller
from tests.failures.campaign.desk import Desk
from tests.failures.campaign.workload.needs import need_of_nobody
from tests.failures.campaign.workload.world import World


class Probe:
    """Answers whether a command passes now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._who: Caller | None = None
        self._key = "probe"
        self._body = need_of_nobody("probe")

    async def prepare(self, world: World) -> None:
        """Post the need for the first time."""
        self._who = world.at_enterprise("enterprise_admin")
        await self._desk.do(
            "post need", self._who, "partnership", "/v1/needs", self._body, key=self._key, lines=0, programmes=0
        )

    async def __call__(self) -> bool:
        """Whether the same command is answered as it was."""
        if self._who is None:
            return False
        answer = await self._desk.once(self._who, "partnership", "/v1/needs", self._body, self._key)
        return answer is not None and answer.status_code == httpx.codes.CREATED
