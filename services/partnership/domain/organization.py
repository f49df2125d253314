"""An organisation of the alliance: entered with its credit code, verified by the office, kept up to date by itself."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from services.partnership.domain.partial import changed
from shared.contracts.partnership import (
    EmployeesOnPost,
    OrganizationRegistered,
    OrganizationState,
    OrganizationUpdated,
)
from shared.errors import Conflict, Duplicate, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding


class UsccTaken(Duplicate):
    """One credit code belongs to one organisation."""

    en = "An organisation with this unified social credit code is registered already; look it up instead."
    zh = "该统一社会信用代码已登记，请直接查询。"


class AlreadyVerified(Conflict):
    """Verification is done once."""

    en = "The organisation is verified already; nothing is left to do."
    zh = "该组织已通过核验，无需重复办理。"


class NotVerified(Conflict):
    """Who offers, asks or signs must be an organisation that the office has verified."""

    en = "The organisation is not verified; the alliance's office registers and verifies it first."
    zh = "该组织尚未核验，请先由联盟办公室登记并核验。"


class AlreadySuspended(Conflict):
    """A suspension is not repeated."""

    en = "The organisation is suspended already; nothing is left to do."
    zh = "该组织已被暂停，无需重复办理。"


class OrganizationStatus(State):
    """How the office sees an organisation; one that is suspended offers, asks and signs nothing more."""

    REGISTERED = "registered", "已登记", "registered"
    VERIFIED = "verified", "已核验", "verified"
    SUSPENDED = "suspended", "已暂停", "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationEntry:
    """What the office enters of an organisation; `kind` is one of the contracts' organisation kinds."""

    kind: str
    name_zh: str
    name_en: str | None
    uscc: str
    region_code: str
    industry_code: str | None
    employees_total: int | None
    posts: tuple[EmployeesOnPost, ...]
    latitude: float | None
    longitude: float | None
    leading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationChanges:
    """What an organisation keeps up to date; None leaves a field as it is."""

    employees_total: int | None = None
    posts: tuple[EmployeesOnPost, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Aggregate):
    """An entry of the alliance's register. `warnings` are the findings on its credit code that did not refuse it."""

    kind: ClassVar[str] = "organization"
    visibility: ClassVar[str] = "alliance"
    organization_kind: str
    name_zh: str
    name_en: str | None
    uscc: str
    region_code: str
    industry_code: str | None
    employees_total: int | None
    posts: tuple[EmployeesOnPost, ...]
    latitude: float | None
    longitude: float | None
    leading: bool
    status: OrganizationStatus
    warnings: tuple[Finding, ...]

    @classmethod
    def register(
        cls, id: str, entry: OrganizationEntry, *, warnings: tuple[Finding, ...]
    ) -> tuple[Self, OrganizationRegistered]:
        """Enter an organisation; the office verifies it later."""
        registered = cls(
            id=id,
            story=id,
            organization_kind=entry.kind,
            name_zh=entry.name_zh,
            name_en=entry.name_en,
            uscc=entry.uscc,
            region_code=entry.region_code,
            industry_code=entry.industry_code,
            employees_total=entry.employees_total,
            posts=entry.posts,
            latitude=entry.latitude,
            longitude=entry.longitude,
            leading=entry.leading,
            status=OrganizationStatus.REGISTERED,
            warnings=warnings,
        )
        return registered, OrganizationRegistered.model_validate(registered._told())

    @property
    def owners(self) -> frozenset[str]:
        """The organisation itself."""
        return frozenset({self.id})

    def verify(self) -> tuple[Self, OrganizationUpdated]:
        """The office has compared the entry with the organisation's papers."""
        if self.status is OrganizationStatus.VERIFIED:
            raise AlreadyVerified
        verified = replace(self, status=OrganizationStatus.VERIFIED)
        return verified, OrganizationUpdated.model_validate(verified._told())

    def suspend(self) -> tuple[Self, OrganizationUpdated]:
        """The office takes it out of the alliance's doings; another verification brings it back."""
        if self.status is OrganizationStatus.SUSPENDED:
            raise AlreadySuspended
        suspended = replace(self, status=OrganizationStatus.SUSPENDED)
        return suspended, OrganizationUpdated.model_validate(suspended._told())

    def update(self, changes: OrganizationChanges) -> tuple[Self, OrganizationUpdated]:
        """Bring the numbers of people up to date."""
        updated = changed(self, changes)
        return updated, OrganizationUpdated.model_validate(updated._told())

    def state(self) -> OrganizationState:
        """The entry as it is now."""
        return OrganizationState.model_validate({**self._told(), "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "organization_id": self.id,
            "kind": self.organization_kind,
            "name_zh": self.name_zh,
            "name_en": self.name_en,
            "uscc": self.uscc,
            "region_code": self.region_code,
            "industry_code": self.industry_code,
            "employees_total": self.employees_total,
            "posts": self.posts,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "leading": self.leading,
            "status": self.status.value,
        }


def require_verified(organization: Organization | None) -> None:
    """Raise `NotVerified` unless the office has verified the organisation; None is one that is not registered."""
    if organization is None or organization.status is not OrganizationStatus.VERIFIED:
        raise NotVerified
