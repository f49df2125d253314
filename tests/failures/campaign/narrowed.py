"""An installation of which only some faults are wanted."""

from collections.abc import Mapping, Sequence

from tests.failures.campaign.installation import Fault, Installation


class Narrowed:
    """The same installation with only those faults whose kind holds one of the words."""

    def __init__(self, whole: Installation, words: Sequence[str]) -> None:
        self._whole = whole
        self.faults: Sequence[Fault] = [fault for fault in whole.faults if any(word in fault.kind for word in words)]
        self.folder = whole.folder
        self.edition = whole.edition
        self.replicas: Mapping[str, Sequence[str]] = whole.replicas
        self.issuer = whole.issuer
        self.databases: Mapping[str, str] = whole.databases
        self.bootstrap = whole.bootstrap

    async def start(self) -> None:
        """Start the whole of it."""
        await self._whole.start()

    async def heal(self) -> None:
        """Heal the whole of it."""
        await self._whole.heal()

    async def stop(self, *, keep: bool = False) -> None:
        """Stop the whole of it."""
        await self._whole.stop(keep=keep)
