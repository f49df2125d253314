"""A university that lets agreements be approved inside: its offices, and what they do over HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from shared.contracts.ids import new_id
from tests.integration.edge.door import Door
from tests.integration.edge.signing import told

CHAINS: Final = "/v1/approval-chains"
APPROVALS: Final = "/v1/approvals"
SUBMISSION: Final = "agreement_submission"
SIGNATURE: Final = "agreement_signature"
STEPS: Final = (
    {"name_zh": "教务处", "name_en": "academic office", "role": "university_academic_office"},
    {"name_zh": "人事处", "role": "university_hr"},
)


@dataclass
class Campus:
    """Who acts for the university, each as somebody else, and an enterprise with which it agrees."""

    door: Door
    university_id: str
    enterprise_id: str
    coop: dict[str, str]
    academic: dict[str, str]
    personnel: dict[str, str]

    def person(self, role: str, person_id: str | None = None) -> dict[str, str]:
        """One more person of the university."""
        return self.door.token(role, self.university_id, persons=[person_id or new_id("person")])

    async def post(self, path: str, who: Mapping[str, str], **body: Any) -> httpx.Response:
        return await self.door.client.post(path, json=body, headers=dict(who))

    async def get(self, path: str, who: Mapping[str, str], **params: Any) -> httpx.Response:
        return await self.door.client.get(path, headers=dict(who), params=params)

    async def put_chain(self, steps: Sequence[Mapping[str, object]] = STEPS, act: str = SUBMISSION) -> dict[str, Any]:
        return told(await self.post(CHAINS, self.academic, act=act, steps=list(steps), reason="by-laws § 4"))

    async def drafted(self) -> dict[str, Any]:
        """An agreement that the university has drafted."""
        draft = {
            "type": "framework",
            "parties": [
                {"organization_id": self.university_id, "role": "university"},
                {"organization_id": self.enterprise_id, "role": "enterprise"},
            ],
            "starts_on": self.door.clock.now.date().isoformat(),
            "ends_on": "2028-09-01",
            "content": {"goals": "a", "content_and_form": "b", "rights_and_duties": "c"},
        }
        return told(await self.post("/v1/agreements", self.coop, **draft))

    async def ask(self, paper: Mapping[str, Any], act: str = SUBMISSION) -> httpx.Response:
        return await self.post(APPROVALS, self.coop, act=act, object_id=paper["id"])

    async def decide(
        self, case: Mapping[str, Any], who: Mapping[str, str], step: int, verdict: str = "approved", **more: Any
    ) -> httpx.Response:
        return await self.post(f"{APPROVALS}/{case['id']}/decisions", who, step=step, verdict=verdict, **more)

    async def approved(self, paper: Mapping[str, Any]) -> dict[str, Any]:
        """An approval by both offices."""
        case = told(await self.ask(paper))
        told(await self.decide(case, self.academic, 1))
        return told(await self.decide(case, self.personnel, 2))

    async def submit(self, paper: Mapping[str, Any], **headers: str) -> httpx.Response:
        return await self.door.client.post(f"/v1/agreements/{paper['id']}/submission", headers={**self.coop, **headers})

    async def revise(self, paper: Mapping[str, Any]) -> httpx.Response:
        return await self.door.client.patch(
            f"/v1/agreements/{paper['id']}", json={"ends_on": "2029-09-01"}, headers={**self.coop, "if-match": "*"}
        )

    async def shown(self, case: Mapping[str, Any]) -> dict[str, Any]:
        return told(await self.get(f"{APPROVALS}/{case['id']}", self.coop))


async def campus(door: Door) -> Campus:
    """A university without any chain yet."""
    university, enterprise = await door.organization(kind="university"), await door.organization()

    def person(role: str) -> dict[str, str]:
        return door.token(role, university, persons=[new_id("person")])

    return Campus(
        door=door,
        university_id=university,
        enterprise_id=enterprise,
        coop=person("university_coop_office"),
        academic=person("university_academic_office"),
        personnel=person("university_hr"),
    )
