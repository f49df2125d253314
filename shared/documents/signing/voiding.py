"""What a document that counts no more does to the signatures on it, in the very transaction in which it ceases to."""

from typing import Protocol

from shared.documents.document import Document
from shared.documents.signing.round import SigningRound
from shared.documents.signing.terms import Cause
from shared.kernel import work
from shared.kernel.work import Repository


class RoundsWork(work.Work, Protocol):
    """One transaction of a service that has signings."""

    @property
    def signings(self) -> Repository[SigningRound]:
        """Rounds of signatures."""


async def void_signings(document: Document, cause: Cause, work: RoundsWork) -> None:
    """Void the rounds over a document, and those that rest on it as a scan."""
    for round in await work.signings.where(about=document.about):
        if document.id in round.rests_on:
            voided, facts = round.void(cause)
            work.signings.save(voided, *facts)
