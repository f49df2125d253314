"""For operators and demonstrations: whether of a story everybody was told what the table asks for, and no more."""

from typing import Annotated, Final

from fastapi import Path
from pydantic import BaseModel, ConfigDict

from services.notify.queries import telling as queries
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn

router: Final = AccessRouter(prefix="/v1/operations", tags=["operations"])


class TellingView(BaseModel):
    """One thing that one party is told."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    dedupe_key: str
    party: str
    template: str
    count: int


class ComparisonView(BaseModel):
    """What the story's events ask for, and what there is."""

    due: list[TellingView]
    told: list[TellingView]


@router.get("/tellings/{correlationid}", access=allow("ops", scope=None, alliance_wide=("ops",)))
async def tellings(
    correlationid: Annotated[str, Path(max_length=200, description="the story's id")], edge: EdgeIn
) -> ComparisonView:
    """What parties had to be told of a story, and what they were told."""
    return ComparisonView(
        due=[TellingView.model_validate(each) for each in await edge.read(queries.due, correlationid)],
        told=[TellingView.model_validate(each) for each in await edge.read(queries.told, correlationid)],
    )
