"""Which documents a service signs, who signs them, and what follows once all have: what it says of itself in `main`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from shared.contracts.ids import PREFIXES
from shared.documents.signing.round import SigningRound
from shared.kernel.aggregate import Aggregate
from shared.rules import Bilingual


async def _freely(_about: str, _party: str, _by: str | None, _work: Any) -> None:
    """For papers that everybody signs who is asked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signable:
    """Documents of one kind about one kind of thing.

    `signers` says which parties must sign what is about the thing with an id, in their usual order, and refuses where
    it is not to be signed now; it is asked at the request and again at every signature. `completed` is done in the
    transaction of the last one. `permitted` refuses a party's signature that may not be given yet, or not by the hand
    of this organisation; it is asked at each. `asked_by` are the roles that put it out for signature, `signed_by` those
    that sign. Of a `confidential` one only those know who sign it and who ask for it.
    """

    about: type[Aggregate]
    document_kind: str
    title: Bilingual
    signers: Callable[[str, Any], Awaitable[tuple[str, ...]]]
    completed: Callable[[SigningRound, Any], Awaitable[object]]
    asked_by: tuple[str, ...]
    signed_by: tuple[str, ...]
    permitted: Callable[[str, str, str | None, Any], Awaitable[object]] = _freely
    confidential: bool = False

    def fits(self, about: str, document_kind: str) -> bool:
        """Whether it says how a document of a kind, about the thing with this id, is signed."""
        return document_kind == self.document_kind and about.startswith(f"{PREFIXES[self.about.kind]}_")
