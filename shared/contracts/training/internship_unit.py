"""Enterprises as units for internships: what others must know of their quotas."""

from datetime import date

from pydantic import Field

from shared.contracts.event import Body, Event, named
from shared.contracts.fields import Code, Count, Name
from shared.contracts.ids import InternshipUnitId, OrganizationId


class ExceededCap(Body):
    """A cap that more interns exceed than it admits, on the first of the days on which most are there.

    The cap of the whole unit has neither `occupation_code` nor `site`.
    """

    rule_id: Code
    occupation_code: Code | None = None
    site: Name | None = None
    exceeded_on: date
    interns: Count
    cap: Count


@named("training.internship_unit.quota_exceeded", key="unit_id")
class UnitQuotaExceeded(Event):
    """The unit's headcount no longer admits the interns it has; they stay, and no more are approved."""

    unit_id: InternshipUnitId
    enterprise_id: OrganizationId
    caps: list[ExceededCap] = Field(min_length=1)
