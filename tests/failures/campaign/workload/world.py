"""Who is there before anybody is hurt: an enterprise, a university, its programmes; and the days that requests name."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shared.operations.stories.credit_code import credit_code
from shared.operations.stories.teller import Caller
from tests.failures.campaign.desk import Desk

OCCUPATION: Final = "6-31-01-03"
OFFICE: Final = Caller("alliance_office")
_REGION: Final = "500101"
TOO_EARLY: Final = frozenset({"not_found", "agreement_not_active", "organization_unknown", "programme_unknown"})
"""What a service answers that has not heard yet of what a request builds upon."""


@dataclass(frozen=True, slots=True)
class World:
    """One enterprise, one university, and programmes of which talent has heard."""

    enterprise: str
    university: str
    programmes: tuple[str, ...]

    def at_enterprise(self, role: str) -> Caller:
        """Somebody of the enterprise."""
        return Caller(role, self.enterprise)

    def at_university(self, role: str, *persons: str) -> Caller:
        """Somebody of the university."""
        return Caller(role, self.university, persons)

    def agreement(self, type: str, marker: str, terms: dict[str, Any], *, starts: int = 0) -> dict[str, Any]:
        """An agreement between both, with these terms."""
        texts = {"goals": marker, "content_and_form": "按约", "rights_and_duties": "按约"}
        return {
            "type": type,
            "parties": [
                {"organization_id": self.university, "role": "university"},
                {"organization_id": self.enterprise, "role": "enterprise"},
            ],
            "starts_on": day(starts),
            "ends_on": day(700),
            "content": texts,
            "terms": {type: terms},
        }


def day(days: int) -> str:
    """So many days from today, as the services take dates."""
    return (datetime.now(UTC) + timedelta(hours=8, days=days)).date().isoformat()


async def settle(desk: Desk, programmes: int) -> World:
    """Register everybody and wait until talent can propose the programmes."""
    enterprise = await _organization(desk, "enterprise", "enterprise")
    university = await _organization(desk, "university", "university")
    office = Caller("university_academic_office", university)
    made = [
        await desk.do("register programme", office, "talent", "/v1/programmes", _programme(number))
        for number in range(programmes)
    ]
    ids = {entry.needed for entry in made}
    while ids - {item["candidate_id"] for item in await _known(desk, programmes)}:
        await desk.until_listed(programmes, OFFICE, "talent", "/v1/candidates")
    return World(enterprise, university, tuple(sorted(ids)))


async def agree(desk: Desk, world: World, type: str, terms: dict[str, Any], *, starts: int = 0) -> str:
    """Draft, submit and sign an agreement; its id."""
    coop, admin = world.at_university("university_coop_office"), world.at_enterprise("enterprise_admin")
    marker = desk.name("agreement")
    body = world.agreement(type, marker, terms, starts=starts)
    drafted = await desk.do("draft agreement", coop, "partnership", "/v1/agreements", body, marker=marker)
    path = f"/v1/agreements/{drafted.needed}"
    await desk.do("submit agreement", coop, "partnership", f"{path}/submission", subject=drafted.subject)
    for who in (coop, admin):
        await desk.do("sign agreement", who, "partnership", f"{path}/signatures", subject=drafted.subject)
    return drafted.subject


async def _known(desk: Desk, programmes: int) -> list[dict[str, Any]]:
    listed = await desk.until_listed(programmes, OFFICE, "talent", "/v1/candidates")
    return [item for item in listed if item["organization_known"]]


async def join(desk: Desk, _world: World) -> None:
    """One more organisation enters the alliance."""
    await _organization(desk, "enterprise", desk.name("organization"))


async def _organization(desk: Desk, kind: str, seed: str) -> str:
    body = {
        "kind": kind,
        "name_zh": "示例机构",
        "uscc": credit_code("campaign", seed, _REGION),
        "region_code": _REGION,
        "industry_code": "C34",
    }
    made = await desk.do("register organization", OFFICE, "partnership", "/v1/organizations", body)
    path = f"/v1/organizations/{made.needed}/verification"
    await desk.do("verify organization", OFFICE, "partnership", path, subject=made.subject)
    return made.subject


def _programme(number: int) -> dict[str, Any]:
    return {
        "code": f"4603{number:02d}",
        "name": "机电一体化技术",
        "level": "college",
        "occupation_codes": [OCCUPATION],
        "skills": [{"code": OCCUPATION}],
        "region_code": _REGION,
        "students": 120,
        "total_half_credits": 2000,
    }
