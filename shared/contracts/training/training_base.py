"""Training bases, from plan to opening."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, Count, Known, Latitude, LineNo, Longitude, Name, RegionCode
from shared.contracts.ids import AgreementId, BaseId, NeedId, OrganizationId
from shared.contracts.partnership import BaseFunction, BaseKind, Skill


class BaseBody(Body):
    """A training base: who runs it, which enterprises take part, what it is for."""

    base_id: BaseId
    kind: BaseKind
    name: Name
    operator_id: OrganizationId
    enterprise_ids: list[OrganizationId] = []
    agreement_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    host_base_id: BaseId | None = None
    functions: list[BaseFunction]
    industry_codes: list[Code]
    skills: list[Skill] = []
    stations: Count = 0
    region_code: RegionCode
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    open_scope: Annotated[str, Known("own", "alliance", "region", "public")]


@named("training.base.planned", key="base_id")
class BasePlanned(BaseBody, Event):
    """A base is to be built, by an agreement or by its operator."""


@named("training.base.enterprise_confirmed", key="base_id")
class BaseEnterpriseConfirmed(BaseBody, Event):
    """An enterprise of the relevant sector takes part."""


@named("training.base.opened", key="base_id")
class BaseOpened(BaseBody, Event):
    """The base was accepted and is open."""


@named("training.base.state", key="base_id")
class BaseState(BaseBody, State):
    """A base as it is now."""

    status: Annotated[
        str,
        Known("planned", "enterprise_confirmed", "building", "accepted", "open", "suspended", "closed"),
    ]
