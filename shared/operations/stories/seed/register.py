"""The seed's organisations: entered into the alliance's register by its office, and verified."""

from collections.abc import Iterable, Mapping
from typing import Final

from shared.operations.stories.cast import OFFICE
from shared.operations.stories.credit_code import credit_code
from shared.operations.stories.region import Organization
from shared.operations.stories.teller import Teller

PLACES: Final = {"500101": (30.807, 108.409), "511702": (31.214, 107.511)}
"""Where the towns lie: degrees north and east."""


async def organizations_of(teller: Teller, organizations: Iterable[tuple[str, Organization]]) -> Mapping[str, str]:
    """The ids of all organisations, by what they are in the story."""
    return {name: await _organization(teller, name, entry) for name, entry in organizations}


async def _organization(teller: Teller, name: str, entry: Organization) -> str:
    teller.say(entry.name.zh)
    # A region has one authority, however often stories are told there: every one that is entered is told of incidents.
    known = await _authority(teller, entry) if entry.kind == "government" else None
    return known or await _entered(teller, name, entry)


async def _authority(teller: Teller, entry: Organization) -> str | None:
    there = await teller.all(OFFICE, "partnership", "/v1/organizations", kind=entry.kind, status="verified")
    return next((str(each["id"]) for each in there if each["name_zh"] == entry.name.zh), None)


async def _entered(teller: Teller, name: str, entry: Organization) -> str:
    latitude, longitude = PLACES[entry.region]
    body = {
        "kind": entry.kind,
        "name_zh": entry.name.zh,
        "name_en": entry.name.en,
        "uscc": credit_code(teller.run.id, name, entry.region),
        "region_code": entry.region,
        "industry_code": entry.industry,
        "employees_total": entry.employees,
        "posts": [{"occupation_code": code, "employees": number} for code, number in entry.posts.items()],
        "latitude": latitude,
        "longitude": longitude,
    }
    made = await teller.post(f"seed/{name}", OFFICE, "partnership", "/v1/organizations", body)
    organization = str(made["id"])
    path = f"/v1/organizations/{organization}/verification"
    await teller.post(f"seed/{name}/verification", OFFICE, "partnership", path)
    return organization
