"""What a service holds of a person, given to them or the office that answers for them; each time is written down."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Path
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.fields import Instant
from shared.errors import NotFound
from shared.identity.access import allow
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.personal.data_map import DataMap, Field, Kind
from shared.personal.exporting import answers_for, told_of
from shared.personal.retention import retentions
from shared.web.edge import EdgeIn
from shared.web.operations import ClerkIn, RuntimeIn
from shared.web.runtime import Runtime
from shared.web.service import Service

OFFICES: Final = ("university_academic_office", "university_coop_office", "university_hr", "enterprise_admin")
"""The offices that answer for the persons of their institution."""
PERSONS: Final = ("teacher", "student", "enterprise_mentor")

PersonId = Annotated[str, Path(pattern=r"^(stu|tch|tec|per)_[0-9A-HJKMNP-TV-Z]{26}$")]


class FieldView(BaseModel):
    """What a column says of a person, how long it is kept, and why."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    retention: str
    ground: str
    kept_en: str
    kept_zh: str


class PersonalDataView(BaseModel):
    """What one service holds of a person: its rows by table, and what the map says of their columns."""

    model_config = ConfigDict(frozen=True)

    service: str
    person_id: str
    exported_at: Instant
    records: Mapping[str, list[dict[str, Any]]]
    meanings: Mapping[str, Mapping[str, FieldView]]


def personal_data_router(service: Service) -> AccessRouter:
    """The route by which a person has what a service holds of them."""
    router = AccessRouter(tags=["personal data"])
    personal = personal_map(service)

    @router.get("/v1/personal-data/{person_id}", access=allow(*OFFICES, *PERSONS, scope=None))
    async def exported(person_id: PersonId, edge: EdgeIn, runtime: RuntimeIn, clerk: ClerkIn) -> PersonalDataView:
        """Everything that this service holds of a person. Others than themselves and their office find nobody."""
        async with runtime.database.writing() as connection:
            await _require_concerned(connection, service, edge.who, person_id)
            told = await told_of(connection, personal, service.metadata, person_id)
            await clerk.note(connection, "personal_data.export", person_id)
        return _view(runtime, personal, person_id, told)

    return router


def personal_map(service: Service) -> DataMap:
    """The service's data map. Raises `LookupError` where it has none: then nobody knows what it holds."""
    if service.personal is None:
        raise LookupError(f"{service.name} has no data map; give it one: Service(personal=...)")
    return service.personal


async def _require_concerned(connection: AsyncConnection, service: Service, who: Principal, person_id: str) -> None:
    if person_id in who.persons:
        return
    organization = who.organization_id
    if organization is None or who.acting_as not in OFFICES:
        raise NotFound(kind="person")
    if not await answers_for(connection, personal_map(service), service.metadata, person_id, organization):
        raise NotFound(kind="person")


def _view(
    runtime: Runtime, personal: DataMap, person_id: str, told: Mapping[str, list[dict[str, Any]]]
) -> PersonalDataView:
    meanings = {table: _meanings(personal.of(table).fields, personal.of(table).kept) for table in told}
    return PersonalDataView(
        service=personal.service,
        person_id=person_id,
        exported_at=runtime.clock(),
        records=told,
        meanings=meanings,
    )


def _meanings(fields: Mapping[str, Field], kept: str) -> dict[str, FieldView]:
    retention = retentions()[kept]
    return {
        name: FieldView(
            kind=field.kind, retention=kept, ground=retention.ground, kept_en=retention.en, kept_zh=retention.zh
        )
        for name, field in fields.items()
        if field.of is None
    }
