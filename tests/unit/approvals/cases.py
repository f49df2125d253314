"""An approval with three steps, in one line: college, office, vice-president."""

from typing import Any

from services.partnership.domain.agreement import Agreement
from shared.approvals.act import Approvable
from shared.approvals.case import ApprovalCase, Asked
from shared.approvals.chain import ApprovalChain
from shared.approvals.step import Step, Verdict
from shared.contracts.event import Event
from shared.contracts.ids import new_id
from shared.documents.signing.parties import person, role_in
from shared.kernel.aggregate import Aggregate
from shared.rules import Bilingual
from tests.fakes import NOON

UNIVERSITY = new_id("organization")
DEAN, VICE = new_id("teacher"), new_id("person")
STEPS = (
    Step(name_zh="二级学院", name_en="college", role="teacher", person_id=DEAN),
    Step(name_zh="教务处", role="university_academic_office"),
    Step(name_zh="分管副校长", name_en="vice-president", role="council_member", person_id=VICE),
)
ASKER, OFFICER = "university_coop_office:per_asker", "university_academic_office:per_officer"
DEAN_ACTS, VICE_ACTS = f"teacher:{DEAN}", f"council_member:{VICE}"
OFFICE = frozenset({role_in("university_academic_office", UNIVERSITY)})
AS_DEAN = frozenset({person(DEAN), role_in("teacher", UNIVERSITY)})
AS_VICE = frozenset({person(VICE), role_in("council_member", UNIVERSITY)})


async def _nowhere(_id: str, _work: object) -> Aggregate:
    raise LookupError


def approvable(mark: str = "as it is") -> Approvable:
    """Submission of agreements, of which only this is told apart."""
    return Approvable(
        act="agreement_submission",
        title=Bilingual("提交协议签署", "submission of an agreement"),
        shape=Agreement,
        asked_by=("university_coop_office",),
        load=_nowhere,
        mark=lambda _thing: mark,
        require=lambda _thing, _organization_id: None,
    )


def chain(*steps: Step, several_steps: bool = False) -> ApprovalChain:
    """The university's chain."""
    return ApprovalChain.set_up(UNIVERSITY, "agreement_submission", steps or STEPS, several_steps=several_steps)


def asked(*steps: Step, several_steps: bool = False) -> ApprovalCase:
    """An approval that was just asked for."""
    thing = Aggregate(id=new_id("agreement"), story=new_id("need"))
    of = Asked(
        service="partnership",
        organization_id=UNIVERSITY,
        approvable=approvable(),
        thing=thing,
        by=ASKER,
        at=NOON,
    )
    return ApprovalCase.ask(new_id("approval"), of, chain(*steps, several_steps=several_steps))[0]


def decided(case: ApprovalCase, step: int, **fields: Any) -> tuple[ApprovalCase, list[str]]:
    """What becomes of it once somebody has decided, and what is told; the dean approves if nothing else is said."""
    usual: dict[str, Any] = {"by": DEAN_ACTS, "parties": AS_DEAN, "verdict": Verdict.APPROVED, "reason": None}
    told = {**usual, **fields}
    after, facts = case.decide(step, told.pop("verdict"), at=NOON, **told)
    return after, [name_of(fact) for fact in facts]


def name_of(fact: Event) -> str:
    """What a fact is called."""
    return fact.wire.fact
