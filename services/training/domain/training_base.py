"""A training base: planned by agreement or operator, built once an enterprise of the sector takes part, opened."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from services.training.domain.agreement import Agreement
from services.training.domain.base_plan import BasePlan, Place, SectorException
from services.training.domain.base_refusals import (
    BaseClosed,
    HalfAPlace,
    NotAccepted,
    NotBeforeBuilding,
    NotBuilding,
    NothingToOverride,
    NotInvited,
    NotOpen,
    NotSuspended,
    NotTheOperator,
    ParticipationConfirmed,
)
from shared.contracts.event import Event
from shared.contracts.partnership import BaseCoBuildTerms, Skill
from shared.contracts.training import (
    BaseEnterpriseConfirmed,
    BaseOpened,
    BasePlanned,
    BaseState,
    RuleOverridden,
)
from shared.errors import Conflict, RuleRefused, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding, Verdict, override

_LONGEST_NAME: Final = 200
_JOINT: Final = "（共建基地）"


class BaseStatus(State):
    """How far a base has come."""

    PLANNED = "planned", "规划中", "planned"
    ENTERPRISE_CONFIRMED = "enterprise_confirmed", "企业已确认", "confirmed by the enterprise"
    BUILDING = "building", "建设中", "building"
    ACCEPTED = "accepted", "已验收", "accepted"
    OPEN = "open", "开放中", "open"
    SUSPENDED = "suspended", "暂停中", "suspended"
    CLOSED = "closed", "已关闭", "closed"


BEFORE_BUILDING: Final = frozenset({BaseStatus.PLANNED, BaseStatus.ENTERPRISE_CONFIRMED})
"""While a base is only planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingBase(Aggregate):
    """A base. `invited_ids` are enterprises that may take part, `enterprise_ids` have confirmed that they do.

    `partial` says whether it lacks a function of a comprehensive base; None until it is accepted. `building_on` is the
    day on which building began.
    """

    kind: ClassVar[str] = "base"
    name: str
    base_kind: str
    operator_id: str
    party_ids: tuple[str, ...]
    invited_ids: tuple[str, ...]
    enterprise_ids: tuple[str, ...] = ()
    agreement_id: str | None = None
    need_id: str | None = None
    line_no: int | None = None
    host_base_id: str | None = None
    functions: tuple[str, ...]
    industry_codes: tuple[str, ...]
    skills: tuple[Skill, ...] = ()
    stations: int = 0
    region_code: str
    latitude: float | None = None
    longitude: float | None = None
    open_scope: str = "alliance"
    visibility: str = "alliance"
    sector_exception: SectorException | None = None
    partial: bool | None = None
    building_on: date | None = None
    status: BaseStatus = BaseStatus.PLANNED

    @classmethod
    def plan(
        cls, id: str, *, operator_id: str, invited_ids: tuple[str, ...], plan: BasePlan
    ) -> tuple[Self, BasePlanned]:
        """Plan a base that no agreement stands behind; the invited enterprises may confirm that they take part."""
        if (plan.place.latitude is None) != (plan.place.longitude is None):
            raise HalfAPlace
        planned = cls(
            id=id,
            story=id,
            name=plan.name,
            base_kind=plan.base_kind,
            operator_id=operator_id,
            party_ids=invited_ids,
            invited_ids=invited_ids,
            functions=plan.functions,
            industry_codes=plan.industry_codes,
            skills=plan.skills,
            stations=plan.stations,
            region_code=plan.place.region_code,
            latitude=plan.place.latitude,
            longitude=plan.place.longitude,
            open_scope=plan.open_scope,
            visibility=_visibility(plan.open_scope),
        )
        return planned, BasePlanned.model_validate(planned._told())

    @classmethod
    def agreed(
        cls, id: str, *, agreement: Agreement, terms: BaseCoBuildTerms, near: str, place: Place
    ) -> tuple[Self, BasePlanned]:
        """The base that an agreement to build together plans, named after what is `near`: its host or its operator."""
        planned = cls(
            id=id,
            story=agreement.story,
            name=f"{near[: _LONGEST_NAME - len(_JOINT)]}{_JOINT}",
            base_kind=terms.base_kind,
            operator_id=terms.operator_id,
            party_ids=agreement.party_ids,
            invited_ids=agreement.enterprise_ids,
            agreement_id=agreement.id,
            need_id=agreement.need_id,
            line_no=agreement.line_no,
            host_base_id=terms.host_base_id,
            functions=tuple(terms.functions),
            industry_codes=tuple(terms.industry_codes),
            region_code=place.region_code,
            latitude=place.latitude,
            longitude=place.longitude,
        )
        return planned, BasePlanned.model_validate(planned._told())

    @property
    def owners(self) -> frozenset[str]:
        """The operator, the parties of its agreement, and whoever was invited."""
        return frozenset({self.operator_id, *self.party_ids})

    @property
    def place(self) -> Place:
        """Where it lies."""
        return Place(region_code=self.region_code, latitude=self.latitude, longitude=self.longitude)

    def with_enterprise(self, enterprise_id: str) -> Self:
        """An enterprise says that it takes part; while the base is planned it may repeat that, to be judged anew."""
        self._require_before_building()
        if enterprise_id not in self.invited_ids:
            raise NotInvited
        if enterprise_id not in self.enterprise_ids:
            return replace(self, enterprise_ids=(*self.enterprise_ids, enterprise_id))
        if self.status is BaseStatus.ENTERPRISE_CONFIRMED:
            raise ParticipationConfirmed
        return self

    def judged(self, finding: Finding) -> tuple[Self, tuple[Event, ...]]:
        """Whether an enterprise of the relevant sector takes part (BAS-01), after one more has confirmed."""
        if finding.verdict is not Verdict.PASS:
            return self, ()
        confirmed = replace(self, status=BaseStatus.ENTERPRISE_CONFIRMED)
        return confirmed, (BaseEnterpriseConfirmed.model_validate(confirmed._told()),)

    def with_exception(self, exception: SectorException, *, refusal: Finding) -> tuple[Self, RuleOverridden]:
        """It may be built although BAS-01 refuses, for a reason that an approver has accepted."""
        self._require_before_building()
        if not refusal.refuses:
            raise NothingToOverride
        overridden = RuleOverridden(
            override_id=exception.decision_id,
            subject_id=self.id,
            rule_id=refusal.rule,
            rule_version=refusal.version,
            approver_role=exception.approver_role,
            reason=exception.reason,
            region_code=self.region_code,
        )
        return replace(self, sector_exception=exception), overridden

    def excused(self, finding: Finding) -> Finding:
        """The finding on BAS-01 as it counts here: a refusal is overridden where an exception was accepted."""
        if not finding.refuses or self.sector_exception is None:
            return finding
        return override(finding, approver_role=self.sector_exception.approver_role, reason=self.sector_exception.reason)

    def build(self, *, by: str, finding: Finding, on: date) -> Self:
        """Begin to build. Raises `RuleRefused` where BAS-01 says no and no exception was accepted."""
        self._require_operator(by)
        self._require_before_building()
        if finding.refuses:
            raise RuleRefused(finding)
        return replace(self, status=BaseStatus.BUILDING, building_on=on)

    def accept(self, *, by: str, finding: Finding) -> Self:
        """What was built is as it should be; where BAS-02 misses a function, the base is marked as a partial one."""
        accepted = self._moved(by, BaseStatus.BUILDING, BaseStatus.ACCEPTED, NotBuilding)
        return replace(accepted, partial=finding.verdict is Verdict.FAIL)

    def open(self, *, by: str) -> tuple[Self, BaseOpened]:
        """Let people in for the first time."""
        opened = self._moved(by, BaseStatus.ACCEPTED, BaseStatus.OPEN, NotAccepted)
        return opened, BaseOpened.model_validate(opened._told())

    def suspend(self, *, by: str) -> Self:
        """Let nobody in for a while."""
        return self._moved(by, BaseStatus.OPEN, BaseStatus.SUSPENDED, NotOpen)

    def resume(self, *, by: str) -> Self:
        """Let people in again."""
        return self._moved(by, BaseStatus.SUSPENDED, BaseStatus.OPEN, NotSuspended)

    def close(self, *, by: str) -> Self:
        """End it for good."""
        self._require_operator(by)
        if self.status is BaseStatus.CLOSED:
            raise BaseClosed
        return replace(self, status=BaseStatus.CLOSED)

    def cancel(self) -> Self:
        """It will not be built: its agreement was ended before building began."""
        self._require_before_building()
        return replace(self, status=BaseStatus.CLOSED)

    def state(self) -> BaseState:
        """The base as it is now."""
        return BaseState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _moved(self, by: str, before: BaseStatus, after: BaseStatus, otherwise: type[Conflict]) -> Self:
        self._require_operator(by)
        if self.status is not before:
            raise otherwise(status=self.status)
        return replace(self, status=after)

    def _require_operator(self, organization_id: str) -> None:
        if organization_id != self.operator_id:
            raise NotTheOperator

    def _require_before_building(self) -> None:
        if self.status not in BEFORE_BUILDING:
            raise NotBeforeBuilding(status=self.status)

    def _told(self) -> dict[str, object]:
        return {
            "base_id": self.id,
            "kind": self.base_kind,
            "name": self.name,
            "operator_id": self.operator_id,
            "enterprise_ids": self.enterprise_ids,
            "agreement_id": self.agreement_id,
            "need_id": self.need_id,
            "line_no": self.line_no,
            "host_base_id": self.host_base_id,
            "functions": self.functions,
            "industry_codes": self.industry_codes,
            "skills": self.skills,
            "stations": self.stations,
            "region_code": self.region_code,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "open_scope": self.open_scope,
        }


def _visibility(open_scope: str) -> str:
    if open_scope == "own":
        return "parties"
    return "public" if open_scope == "public" else "alliance"
