"""A document out for signature with a link for one party, and how the routes of signings are asked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.ids import new_id
from shared.documents.signing.commands import CreateSigningLink, RequestSignatures
from shared.documents.signing.desk import Desk
from shared.documents.signing.signable import Signable
from shared.identity.one_time import hash_of
from tests.integration.access import documents

TOKEN = "one-more-token-of-forty-three-characters-012345678"[:43]


@dataclass(frozen=True)
class Out:
    """A paper that an organisation puts out for signature, and for which party it makes a link."""

    paper: documents.Kept
    signed: Sequence[Signable]
    organization_id: str
    party: str

    async def put(self, do: Callable[..., Awaitable[Any]]) -> tuple[dict[str, str], dict[str, object]]:
        """Put it out. Returns what stands in the paths, and what is sent."""
        document = await do(documents.keep, self.paper)
        desk = Desk(tuple(self.signed), (3,))
        asked = RequestSignatures(
            signing_id=new_id("signing"),
            document_id=document.id,
            organization_id=self.organization_id,
            signers=None,
            ordered=False,
            due_on=None,
        )
        round = await do(desk.request, asked)
        link = CreateSigningLink(
            link_id=new_id("signing_link"),
            signing_id=round.id,
            party=self.party,
            parties=frozenset({self.party}),
            organization_id=self.organization_id,
            signatory="Legal Representative",
            token_hash=hash_of(TOKEN),
        )
        await do(desk.create_link, link)
        return {"signings/{signing_id}": round.id, "signing-links/{token}": TOKEN}, self._bodies(document.id)

    def _bodies(self, document_id: str) -> dict[str, object]:
        path = "/v1/signings/{signing_id}"
        scanned = {"scan_id": document_id, "signed_by": [self.party], "signatory": "somebody"}
        return {
            "POST /v1/signings": {"document_id": document_id},
            f"POST {path}/signatures": {"sha256": documents.SHA256},
            f"POST {path}/scans": {**scanned, "signed_on": "2026-08-30"},
            f"POST {path}/links": {"party": self.party, "signatory": "somebody"},
            f"POST {path}/withdrawal": {"reason": "no longer needed"},
            "POST /v1/signing-links/{token}/signature": {"sha256": documents.SHA256, "agreed": True},
        }
