"""Steps 6 to 8: the base that was agreed is built and opened, the class gets its students and starts."""

from collections.abc import Mapping
from typing import Any

from shared.operations.stories.cast import Cast
from shared.operations.stories.contracting import Contracts
from shared.operations.stories.docking import BASE, ORDER_CLASS, Docking, until_line
from shared.operations.stories.seed.campus import confirm_enterprise
from shared.operations.stories.teller import Caller, Teller


async def carry_out(teller: Teller, cast: Cast, docking: Docking, contracts: Contracts) -> str:
    """Open the base and start the class, whose id is answered."""
    teller.step(6, "training plans the base, the class and the practice seats")
    base = await _planned(teller, "base", cast.operator, "/v1/bases", contracts.base)
    cohort = await _planned(teller, "class", cast.academic, "/v1/cohorts", contracts.order_class)
    await _planned(teller, "practice seats", cast.personnel, "/v1/practice-seats", contracts.practice)
    teller.step(7, "The enterprise confirms the base, its operator builds and opens it")
    await _open_base(teller, cast, f"/v1/bases/{base['id']}")
    await until_line(teller, cast, docking.need, BASE, status="fulfilled", headcount_filled=1)
    teller.step(8, "Twelve students enrol in the order class, and it starts")
    await _start_class(teller, cast, f"/v1/cohorts/{cohort['id']}")
    filled = len(cast.students)
    await until_line(teller, cast, docking.need, ORDER_CLASS, status="fulfilled", headcount_filled=filled)
    return str(cohort["id"])


async def _planned(teller: Teller, what: str, who: Caller, path: str, agreement: str) -> Mapping[str, Any]:
    """What training made of an agreement, once it has heard of it."""
    listed = await teller.until_listed(
        f"{what} planned by {agreement}", 1, who, "training", path, agreement_id=agreement
    )
    return listed[0]


async def _open_base(teller: Teller, cast: Cast, path: str) -> None:
    await confirm_enterprise(teller, "base", cast.administrator, path)
    await teller.post_when_ready("base/construction", cast.operator, "training", f"{path}/construction")
    for act in ("acceptance", "opening"):
        await teller.post(f"base/{act}", cast.operator, "training", f"{path}/{act}")


async def _start_class(teller: Teller, cast: Cast, path: str) -> None:
    await teller.post("cohort/intake", cast.academic, "training", f"{path}/intake")
    students = {"student_ids": list(cast.students)}
    await teller.post("cohort/enrolments", cast.academic, "training", f"{path}/enrolments", students)
    await teller.post("cohort/formation", cast.academic, "training", f"{path}/formation")
    await teller.post_when_ready("cohort/start", cast.academic, "training", f"{path}/start")
