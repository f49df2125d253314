"""The kinds of value that events are made of, each with the bounds that every database and language can hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Annotated, Final

from pydantic import (
    AwareDatetime,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

REGION_TIME: Final = timezone(timedelta(hours=8))
"""The region's time: what HTTP, events and logs show, and what a business date is counted in."""
UNKNOWN: Final = "UNKNOWN"
"""What a reader makes of an enumeration value that it does not know yet."""
MAX_COUNT: Final = 2_147_483_647
"""The largest number that every database here holds in an ordinary integer."""


def _in_region_time(at: datetime) -> str:
    return at.astimezone(REGION_TIME).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Known:
    """An open enumeration: writers may use only `values`, readers map what they do not know to `UNKNOWN`."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, core_schema.str_schema(max_length=64))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "maxLength": 64, "x-known-values": list(self.values)}

    def _check(self, value: str, info: core_schema.ValidationInfo) -> str:
        if value in self.values:
            return value
        if info.context and info.context.get("reading"):
            return UNKNOWN
        raise PydanticCustomError("enum", "must be one of {expected}", {"expected": ", ".join(self.values)})


Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z._:/-]+$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Instant = Annotated[
    AwareDatetime,
    PlainSerializer(_in_region_time, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
LineNo = Annotated[int, Field(ge=1, le=100)]
"""The number of a line within its need."""
Fen = Annotated[int, Field(ge=0, le=1_000_000_000_000_000)]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
HalfCredits = Annotated[int, Field(ge=-2_147_483_648, le=2_147_483_647)]
SkillLevel = Annotated[
    str,
    Known(
        "apprentice", "junior", "intermediate", "senior", "technician", "senior_technician", "special_grade", "chief"
    ),
]
"""The eight grades of skilled workers, lowest first: `junior` is national grade 5, `intermediate` 4, `senior` 3."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
