"""The seed's programmes and open bases of the university."""

from collections.abc import Mapping
from typing import Final

from shared.operations.stories.region import Base, Region, Taught
from shared.operations.stories.seed.register import PLACES
from shared.operations.stories.teller import TOO_EARLY, Caller, Teller
from shared.operations.visitor import AnswerError

_TOTAL_HALF_CREDITS: Final = 280


async def programmes_of(teller: Teller, region: Region, university: str) -> list[str]:
    """The ids of the programmes, in the order of the data file."""
    return [await programme_of(teller, region, taught, university) for taught in region.taught]


async def programme_of(teller: Teller, region: Region, taught: Taught, university: str) -> str:
    """The id of a programme of the university."""
    code = region.programmes[taught.programme]
    teller.say(code.name.zh)
    body = {
        "code": taught.programme,
        "name": code.name.zh,
        "level": "college",
        "industry_codes": [region.organizations["enterprise"].industry],
        "occupation_codes": list(taught.skills),
        "skills": region.skills(taught.skills, taught.level),
        "region_code": region.organizations["university"].region,
        "students": taught.students,
        "total_half_credits": _TOTAL_HALF_CREDITS,
    }
    who = Caller("university_academic_office", university)
    made = await teller.post(f"seed/programme/{taught.programme}", who, "talent", "/v1/programmes", body)
    return str(made["programme_id"])


async def open_bases_of(teller: Teller, region: Region, organizations: Mapping[str, str]) -> list[str]:
    """The ids of the bases, each confirmed by the enterprise, built, accepted and opened."""
    return [
        await _open_base(teller, f"seed/base/{number}", base, region, organizations)
        for number, base in enumerate(region.bases, start=1)
    ]


async def _open_base(teller: Teller, step: str, base: Base, region: Region, organizations: Mapping[str, str]) -> str:
    operator = Caller("base_operator", organizations["university"])
    enterprise = Caller("enterprise_admin", organizations["enterprise"])
    teller.say(base.name)
    latitude, longitude = PLACES[region.organizations["university"].region]
    body = {
        "name": base.name,
        "kind": base.kind,
        "functions": ["training_teaching", "production_service"],
        "industry_codes": [base.industry],
        "skills": region.skills(base.skills, region.need.level),
        "stations": base.stations,
        "region_code": region.organizations["university"].region,
        "latitude": latitude,
        "longitude": longitude,
        "enterprise_ids": [enterprise.organization_id],
    }
    made = await teller.post(step, operator, "training", "/v1/bases", body)
    path = f"/v1/bases/{made['id']}"
    await confirm_enterprise(teller, step, enterprise, path)
    for act in ("construction", "acceptance", "opening"):
        await teller.post(f"{step}/{act}", operator, "training", f"{path}/{act}")
    return str(made["id"])


async def confirm_enterprise(teller: Teller, step: str, who: Caller, path: str) -> None:
    """Say for the enterprise that it takes part: again until training knows of which sector it is."""
    turn, seen = 0, "nothing"

    async def confirmed() -> bool | None:
        nonlocal turn, seen
        turn += 1
        name = f"{step}/confirmation/{turn}"
        try:
            seen = (await teller.post(name, who, "training", f"{path}/enterprise-confirmations"))["status"]
        except AnswerError as error:
            if error.status not in TOO_EARLY:
                raise
            seen = str(error)
        return True if seen == "enterprise_confirmed" else None

    await teller.until("the base to be confirmed by an enterprise of its sector", confirmed, lambda: seen)
