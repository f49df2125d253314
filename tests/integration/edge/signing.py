"""An agreement's paper out for signature: its parties, and what they do over HTTP."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from shared.documents.signing.parties import role_in
from tests.integration.edge.door import Door

PDF: Final = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
SHA: Final = hashlib.sha256(PDF).hexdigest()
SCAN: Final = PDF.replace(b"Catalog", b"Catalog /Scan true")
ROOT: Final = "/v1/signings"
LINKS: Final = "/v1/signing-links"


@dataclass
class Table:
    """Where a university and an enterprise sign: the enterprise has handed in the paper of a submitted agreement."""

    door: Door
    university_id: str
    enterprise_id: str
    university: dict[str, str]
    enterprise: dict[str, str]
    stranger: dict[str, str]
    agreement_id: str
    document_id: str

    @property
    def school(self) -> str:
        return role_in("university_coop_office", self.university_id)

    @property
    def unit(self) -> str:
        return role_in("enterprise_admin", self.enterprise_id)

    async def post(self, path: str, who: Mapping[str, str] | None = None, **body: Any) -> httpx.Response:
        return await self.door.client.post(path, json=body, headers=dict(who or {}))

    async def get(self, path: str, who: Mapping[str, str] | None = None, **params: Any) -> httpx.Response:
        return await self.door.client.get(path, headers=dict(who or {}), params=params)

    async def ask(self, *, by: Mapping[str, str] | None = None, **body: Any) -> httpx.Response:
        """Put the paper out for signature, as the enterprise unless somebody else is named."""
        return await self.post(ROOT, by or self.enterprise, **{"document_id": self.document_id, **body})

    async def asked(self, **body: Any) -> dict[str, Any]:
        """A round that was just begun."""
        return told(await self.ask(**body))

    async def sign(self, round: Mapping[str, Any], who: Mapping[str, str], sha256: str = SHA) -> httpx.Response:
        """Sign by account."""
        return await self.post(f"{ROOT}/{round['id']}/signatures", who, sha256=sha256)

    async def linked(self, round: Mapping[str, Any], by: Mapping[str, str], party: str) -> httpx.Response:
        """Make a link."""
        return await self.post(f"{ROOT}/{round['id']}/links", by, party=party, signatory="李法人")

    async def token(self, round: Mapping[str, Any]) -> str:
        """The token of a new link of the enterprise."""
        return str(told(await self.linked(round, self.enterprise, self.unit))["token"])

    async def sign_by_link(self, token: str, **body: Any) -> httpx.Response:
        """Sign with a link, as a program does."""
        return await self.post(f"{LINKS}/{token}/signature", **{"sha256": SHA, "agreed": True, **body})

    async def document(self, content: bytes, kind: str) -> str:
        """One more document about the agreement, handed in by the enterprise."""
        return await handed_in(self.door, self.enterprise, self.agreement_id, kind, content)

    async def agreement(self) -> dict[str, Any]:
        return told(await self.get(f"/v1/agreements/{self.agreement_id}", self.enterprise))

    async def shown(self, round: Mapping[str, Any]) -> dict[str, Any]:
        return told(await self.get(f"{ROOT}/{round['id']}", self.enterprise))


async def table(door: Door) -> Table:
    """A submitted agreement whose paper was handed in."""
    university, enterprise = await door.organization(kind="university"), await door.organization()
    by_enterprise = door.token("enterprise_admin", enterprise)
    draft = {
        "type": "framework",
        "parties": [
            {"organization_id": university, "role": "university"},
            {"organization_id": enterprise, "role": "enterprise"},
        ],
        "starts_on": door.clock.now.date().isoformat(),
        "ends_on": "2028-09-01",
        "content": {"goals": "a", "content_and_form": "b", "rights_and_duties": "c"},
    }
    agreement = told(await door.client.post("/v1/agreements", json=draft, headers=by_enterprise))["id"]
    (await door.client.post(f"/v1/agreements/{agreement}/submission", headers=by_enterprise)).raise_for_status()
    return Table(
        door=door,
        university_id=university,
        enterprise_id=enterprise,
        university=door.token("university_coop_office", university),
        enterprise=by_enterprise,
        stranger=await door.enterprise(),
        agreement_id=agreement,
        document_id=await handed_in(door, by_enterprise, agreement, "agreement_paper", PDF),
    )


async def handed_in(door: Door, who: Mapping[str, str], about: str, kind: str, content: bytes) -> str:
    """The id of a document that was just handed in."""
    params = {"about": about, "kind": kind, "title": "校企合作协议<b>", "number": "XY-2026-1"}
    headers = {"content-type": "application/pdf", **who}
    return str(told(await door.client.post("/v1/documents", params=params, content=content, headers=headers))["id"])


def told(answer: httpx.Response) -> dict[str, Any]:
    """What an answer says. Raises where it is none."""
    body: dict[str, Any] = answer.raise_for_status().json()
    return body


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, str(answer.json()["code"])
