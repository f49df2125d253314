"""A base from plan to opening, and the rule that an enterprise of its sector takes part."""

from dataclasses import replace

import pytest

from services.training.commands.training_base import (
    AcceptBase,
    CloseBase,
    ConfirmEnterpriseParticipation,
    OpenBase,
    OverrideSectorRule,
    PlanBase,
    ResumeBase,
    StartBuild,
    SuspendBase,
)
from services.training.domain.agreement import AgreementNotActive
from services.training.domain.base_plan import BasePlan, ExceptionReason, Place
from services.training.domain.base_refusals import (
    HalfAPlace,
    NothingToOverride,
    NotInvited,
    NotOpen,
    NotTheOperator,
    ParticipationConfirmed,
)
from services.training.domain.kinship import born_of
from services.training.domain.training_base import TrainingBase
from services.training.handlers import training_base as handlers
from shared.contracts.ids import new_id
from shared.errors import RuleRefused
from shared.rules import Verdict
from tests.unit.training.college import College, base_terms

PLAN = BasePlan(
    name="智能制造实训基地",
    base_kind="on_campus_productive",
    functions=("construction",),
    industry_codes=("C38",),
    skills=(),
    stations=20,
    place=Place(region_code="500101"),
    open_scope="own",
)


async def planned(college: College, *, invited: tuple[str, ...] | None = None, plan: BasePlan = PLAN) -> str:
    base_id = new_id("base")
    invited_ids = (college.enterprise,) if invited is None else invited
    command = PlanBase(base_id=base_id, organization_id=college.operator, invited_ids=invited_ids, plan=plan)
    await college.do(handlers.plan_base, command)
    return base_id


async def confirm(college: College, base_id: str, enterprise_id: str) -> TrainingBase:
    command = ConfirmEnterpriseParticipation(
        base_id=base_id, organization_id=enterprise_id, decision_id=new_id("decision")
    )
    base: TrainingBase = await college.do(handlers.confirm_enterprise_participation, command)
    return base


async def build(college: College, base_id: str, by: str | None = None) -> TrainingBase:
    command = StartBuild(base_id=base_id, organization_id=by or college.operator, decision_id=new_id("decision"))
    base: TrainingBase = await college.do(handlers.start_build, command)
    return base


async def override(college: College, base_id: str) -> TrainingBase:
    command = OverrideSectorRule(
        base_id=base_id,
        organization_id=None,
        decision_id=new_id("decision"),
        approver_role="alliance_office",
        reason_code=ExceptionReason.PUBLIC_FACILITY,
        reason="paid by the district",
    )
    base: TrainingBase = await college.do(handlers.override_sector_rule, command)
    return base


def accepting(college: College, base_id: str) -> AcceptBase:
    return AcceptBase(base_id=base_id, organization_id=college.operator, decision_id=new_id("decision"))


async def opened(college: College, *, plan: BasePlan = PLAN) -> str:
    base_id = await planned(college, plan=plan)
    await confirm(college, base_id, college.enterprise)
    await build(college, base_id)
    await college.do(handlers.accept_base, accepting(college, base_id))
    await college.do(handlers.open_base, OpenBase(base_id=base_id, organization_id=college.operator))
    return base_id


async def test_a_base_goes_from_plan_to_opening(college: College) -> None:
    base_id = await opened(college)

    assert college.story == ["base.planned", "base.enterprise_confirmed", "base.opened"]
    base = await college.read("bases", base_id)
    assert (base.status, base.enterprise_ids, base.visibility) == ("open", (college.enterprise,), "parties")
    assert base.building_on == college.today


@pytest.mark.parametrize(
    ("functions", "partial"),
    [(("construction",), True), (("production_service", "training_teaching", "construction"), False), ((), True)],
)
async def test_a_base_that_lacks_a_function_is_accepted_as_a_partial_one(
    college: College, functions: tuple[str, ...], partial: bool
) -> None:
    base_id = await opened(college, plan=replace(PLAN, functions=functions))

    assert (await college.read("bases", base_id)).partial is partial
    decisions = [row["body"] for changes in college.store.changes for row in changes.decisions]
    (decision,) = (body for body in decisions if "BAS-02" in body["inputs"])
    assert decision["findings"][0]["verdict"] == ("fail" if partial else "pass")
    assert decision["inputs"]["BAS-02"] == {"functions": list(functions)}


async def test_an_enterprise_of_another_sector_takes_part_but_does_not_confirm_the_base(college: College) -> None:
    bakery = college.knows("enterprise", "511700", "C1411")
    base_id = await planned(college, invited=(bakery,))

    base = await confirm(college, base_id, bakery)

    assert (base.status, base.enterprise_ids) == ("planned", (bakery,))
    with pytest.raises(RuleRefused) as refusal:
        await build(college, base_id)
    assert (refusal.value.finding.rule, refusal.value.finding.case) == ("BAS-01", "other_sector")


async def test_an_enterprise_whose_sector_is_not_known_leaves_the_rule_unknown(college: College) -> None:
    nobody_knows = college.knows("enterprise", "511700", None)
    base_id = await planned(college, invited=(nobody_knows,))
    await confirm(college, base_id, nobody_knows)

    with pytest.raises(RuleRefused) as refusal:
        await build(college, base_id)

    assert refusal.value.finding.verdict is Verdict.UNKNOWN


async def test_an_exception_is_told_kept_and_lets_the_base_be_built(college: College) -> None:
    base_id = await planned(college, invited=())

    await override(college, base_id)
    base = await build(college, base_id)

    assert base.status == "building"
    overridden = college.facts[-1]
    assert overridden.wire.name == "sunmao.training.rule.overridden"
    assert overridden.model_dump()["reason"] == "public_facility: paid by the district"
    assert overridden.model_dump()["region_code"] == (await college.read("bases", base_id)).region_code
    decisions = [row["body"] for changes in college.store.changes for row in changes.decisions]
    assert [body["findings"][0]["verdict"] for body in decisions] == ["overridden", "overridden"]


async def test_there_is_nothing_to_override_where_the_rule_holds(college: College) -> None:
    base_id = await planned(college)
    await confirm(college, base_id, college.enterprise)

    with pytest.raises(NothingToOverride):
        await override(college, base_id)


async def test_only_the_invited_confirm_and_only_once(college: College) -> None:
    base_id = await planned(college)
    await confirm(college, base_id, college.enterprise)

    with pytest.raises(ParticipationConfirmed):
        await confirm(college, base_id, college.enterprise)
    with pytest.raises(NotInvited):
        await confirm(college, base_id, college.knows("enterprise", "511700", "C38"))


async def test_only_the_operator_builds(college: College) -> None:
    base_id = await planned(college)
    await confirm(college, base_id, college.enterprise)

    with pytest.raises(NotTheOperator):
        await build(college, base_id, by=college.enterprise)


async def test_an_agreed_base_is_not_built_before_the_agreement_is_in_force(college: College) -> None:
    agreement_id = await college.signed("base_co_build", base_terms(college.operator), active=False)
    base_id = born_of(agreement_id, "base")
    await confirm(college, base_id, college.enterprise)
    with pytest.raises(AgreementNotActive):
        await build(college, base_id)

    await college.activate(agreement_id, "base_co_build")

    assert (await build(college, base_id)).status == "building"


async def test_a_suspended_base_resumes_and_a_closed_one_does_not(college: College) -> None:
    base_id = await opened(college)
    suspend = SuspendBase(base_id=base_id, organization_id=college.operator, reason="repair")
    await college.do(handlers.suspend_base, suspend)

    resumed = await college.do(handlers.resume_base, ResumeBase(base_id=base_id, organization_id=college.operator))
    close = CloseBase(base_id=base_id, organization_id=college.operator, reason="sold")
    closed = await college.do(handlers.close_base, close)

    assert (resumed.status, closed.status) == ("open", "closed")
    with pytest.raises(NotOpen):
        await college.do(handlers.suspend_base, suspend)


def test_a_place_has_both_coordinates_or_none() -> None:
    half = BasePlan(
        name="A", base_kind="maker_space", functions=(), industry_codes=("C38",), skills=(), stations=0,
        place=Place(region_code="500101", latitude=30.8), open_scope="public",
    )  # fmt: skip

    with pytest.raises(HalfAPlace):
        TrainingBase.plan(new_id("base"), operator_id=new_id("organization"), invited_ids=(), plan=half)
