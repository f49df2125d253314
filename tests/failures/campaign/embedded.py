"""The embedded edition as a campaign hurts it: one process, on files."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from deploy.local.ports import free_ports
from shared.operations.addresses import Addresses
from shared.operations.folder import Folder
from tests.failures.campaign.faults import embedded_faults
from tests.failures.campaign.installation import Fault
from tests.failures.campaign.replica import SUNMAO, Replica, keep, run_job, until_ready

_ROOT: Final = Path(__file__).parents[3]
_READY_SECONDS: Final = 120


class EmbeddedTown:
    """All services in one process; what ends by itself is started again and counted in `ended`.

    `command` starts it, to which `serve` is added.
    """

    edition = "embedded"
    bootstrap: str | None = None

    def __init__(self, folder: Path, *, command: Sequence[str] = SUNMAO) -> None:
        self.folder = folder.absolute()
        home = Folder(self.folder / "home")
        [port] = free_ports(1)
        address = f"http://127.0.0.1:{port}"
        addresses = Addresses.embedded(address)
        self.issuer = addresses.issuer
        self.replicas: Mapping[str, Sequence[str]] = {name: [url] for name, url in addresses.services.items()}
        self.databases: Mapping[str, str] = {name: home.database_url(name) for name in self.replicas}
        self.jobs = {"SUNMAO_HOME": str(home.path), "SUNMAO_PORT": str(port), "SUNMAO_ENVIRONMENT": "test"}
        words = {**self.jobs, "SUNMAO_TRACE_RATIO": "0.1", "PYTHONPATH": str(_ROOT)}
        self.members = [Replica("sunmao", "sunmao", address, self.folder, [*command, "serve"], words)]
        self.ended: Counter[str] = Counter()
        self.faults: Sequence[Fault] = embedded_faults(self)
        self.not_run: Sequence[str] = ()
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when every service is ready."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self.members[0].start()
            await until_ready(self.members, _READY_SECONDS)
        except BaseException:
            await self.stop()
            raise
        self._keeper = asyncio.create_task(keep(self.members, self.ended))

    async def heal(self) -> None:
        """It runs, knows the time, and is ready."""
        [member] = self.members
        member.thaw()
        member.clock.unlink(missing_ok=True)
        if not member.running:
            member.start()
        member.expected = True
        await until_ready(self.members, _READY_SECONDS)

    async def stop(self, *, keep: bool = False) -> None:
        """SIGKILL. What it kept lies in the folder as it is."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self.members[0].kill()

    def sibling(self, _member: Replica) -> Replica | None:
        """It has none."""
        return None

    async def run(self, *words: str, environ: Mapping[str, str] | None = None) -> tuple[int, str]:
        """One job of the command line: its exit code and what it said."""
        return await run_job(_ROOT, words, {**self.jobs, **(environ or {})})
