"""What follows for a unit from the number of people that it employs."""

from services.training.domain.internship.exceeded import Headcounts, exceeded_caps
from services.training.domain.internship.placement_status import CONCURRENT
from services.training.domain.internship.placement_terms import InternshipKind
from services.training.domain.internship.quota_board import Present
from services.training.domain.internship.rules.quota import INT_03, INT_04
from services.training.domain.internship.unit import InternshipUnit, unit_id_of
from services.training.ports import Work
from shared.contracts.partnership import OrganizationUpdated
from shared.rules import Rule, jurisdiction_of


async def count_employees_anew(event: OrganizationUpdated, work: Work) -> None:
    """Warn if the unit has more interns than its employees now admit; nobody has to leave for that."""
    unit = await work.units.find(unit_id_of(event.organization_id))
    if unit is None:
        return
    exceeded = exceeded_caps(
        await _present(unit, work),
        Headcounts(total=event.employees_total, on_post=tuple(event.posts)),
        first=work.context.today,
        unit_rule=_rule(INT_03.id, event, work),
        post_rule=_rule(INT_04.id, event, work),
    )
    counted, facts = unit.counted(exceeded)
    if counted != unit:
        work.units.save(counted, *facts)


def _rule(rule_id: str, event: OrganizationUpdated, work: Work) -> Rule:
    """A rule as it holds today at home of the enterprise."""
    jurisdiction = jurisdiction_of(event.region_code, event.organization_id)
    return work.rules.rule(rule_id, on=work.context.today, jurisdiction=jurisdiction)


async def _present(unit: InternshipUnit, work: Work) -> tuple[Present, ...]:
    groups = await work.placements.count(
        "occupation_code",
        "site",
        "segments",
        enterprise_id=unit.enterprise_id,
        internship_kind=InternshipKind.POST.value,
        status=[status.value for status in CONCURRENT],
    )
    placed = (present for group, number in groups for present in Present.placed(group, number))
    return (*placed, *map(Present.declared, unit.external_interns or ()))
