"""Somebody of an enterprise who has handed their tasks to a colleague."""

from services.notify.commands import MakeDelegation
from services.notify.domain.delegation import DelegationPlan
from services.notify.handlers import make_delegation
from services.notify.storage import NotifyWork
from shared.contracts.ids import new_id
from shared.kernel.calendar import business_date
from tests.fakes import NOON, MemoryStore, memory_work
from tests.unit.notify.world import ADMIN_E, ENTERPRISE


async def handed_on(store: MemoryStore) -> str:
    """The id of a delegation from the administrator to the mentors, which begins today."""
    today = business_date(NOON)
    mentors = f"role:enterprise_mentor@{ENTERPRISE}"
    plan = DelegationPlan(from_party=ADMIN_E, to_party=mentors, starts_on=today, ends_on=today)
    command = MakeDelegation(delegation_id=new_id("delegation"), organization_id=ENTERPRISE, plan=plan)
    work = memory_work(NotifyWork, store)
    await make_delegation(command, work)
    await work.flush()
    return command.delegation_id
