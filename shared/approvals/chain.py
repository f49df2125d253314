"""Which steps an organisation puts in front of an act, as data."""

import hashlib
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from shared.approvals.refusals import ChainEnded
from shared.approvals.step import Step
from shared.contracts.ids import PREFIXES
from shared.kernel.aggregate import Aggregate

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalChain(Aggregate):
    """The chain of an organisation for an act. With `several_steps` one person may decide more than one of them.

    What was asked for under an earlier version keeps the steps of that version.
    """

    kind: ClassVar[str] = "approval_chain"
    organization_id: str
    act: str
    steps: tuple[Step, ...]
    several_steps: bool = False
    in_force: bool = True

    @classmethod
    def set_up(cls, organization_id: str, act: str, steps: tuple[Step, ...], *, several_steps: bool) -> Self:
        """Put steps in front of an act."""
        id = chain_id(organization_id, act)
        return cls(id=id, story=id, organization_id=organization_id, act=act, steps=steps, several_steps=several_steps)

    @property
    def owners(self) -> frozenset[str]:
        """The organisation."""
        return frozenset({self.organization_id})

    def change(self, steps: tuple[Step, ...], *, several_steps: bool) -> Self:
        """Put other steps in front of it, from now on; one that was ended is in force again."""
        return replace(self, steps=steps, several_steps=several_steps, in_force=True)

    def end(self) -> Self:
        """Let the act be done without approvals again."""
        if not self.in_force:
            raise ChainEnded
        return replace(self, in_force=False)


def chain_id(organization_id: str, act: str) -> str:
    """The id of an organisation's chain for an act. It follows from both, so that one look by id finds it."""
    number = int.from_bytes(hashlib.sha256(f"{organization_id}/{act}".encode()).digest()[:16])
    drawn = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    return f"{PREFIXES['approval_chain']}_{drawn}"
