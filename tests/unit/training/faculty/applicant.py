"""A teacher who applies for recognition, for tests: each step from the batch to the certificate in one line."""

from datetime import timedelta
from typing import Any

from services.training.commands.faculty.recognition import (
    Apply,
    CloseBatch,
    ConcludeRecheck,
    DecideRecognition,
    DraftBatch,
    EnterEvidence,
    FreezeEvidence,
    OpenBatch,
    PublishBatch,
    PublishResults,
    RaiseObjection,
    RecheckRecognition,
    ReviewApplication,
    ReviewBatch,
    RevokeRecognition,
    SettleObjection,
    SubmitApplication,
    VerifyEvidence,
    WithdrawEvidence,
)
from services.training.domain.faculty.evidence_item import EvidenceEntry, EvidenceItem, SourceKind
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_batch import BatchPlan
from services.training.domain.faculty.recognition_rules.facts import Dimension, EvidenceFact, Level, Route
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_steps import RevocationReason, Word
from services.training.handlers.faculty import application, committee, recheck, recognition_batch
from services.training.handlers.faculty.recognition_clock import advance_recognition
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.dossier import dossier

NOBODY: frozenset[str] = frozenset({"per_1"})
YES = (Word(subject="ethics", satisfied=True, reason="a good colleague"),)


def entry(fact: EvidenceFact, **more: Any) -> EvidenceEntry:
    """A piece of evidence as a teacher enters it."""
    given = {
        "dimension": fact.dimension, "source_kind": SourceKind.OTHER, "source_id": f"src-{fact.evidence_id}",
        "title": "a piece of evidence", "quantity": fact.quantity, "grade": fact.grade, "route": fact.route,
        "seniority": fact.seniority, "valid_to": fact.valid_to,
    }  # fmt: skip
    return EvidenceEntry(**{**given, **more})


class Batch:
    """A batch of the college's university."""

    def __init__(self, college: College, **plan: Any) -> None:
        self.college, self.id = college, new_id("recognition_batch")
        self.plan = BatchPlan(
            **{
                "title": "2026", "levels": tuple(Level), "closes_on": TODAY + 30 * DAY, "publicity_days": 7,
                "validity_months": 60, **plan,
            }
        )  # fmt: skip

    async def open(self) -> "Batch":
        """Drafted, published and open."""
        command = DraftBatch(batch_id=self.id, university_id=self.college.university, plan=self.plan)
        await self.college.do(recognition_batch.draft_batch, command)
        await self.college.do(recognition_batch.publish_batch, PublishBatch(batch_id=self.id))
        command_ = OpenBatch(batch_id=self.id, decision_id=new_id("decision"))
        await self.college.do(recognition_batch.open_batch, command_)
        return self

    async def close(self) -> Any:
        return await self.college.do(recognition_batch.close_batch, CloseBatch(batch_id=self.id))

    async def review(self) -> None:
        """Closed, and the committee begins."""
        await self.close()
        await self.college.do(recognition_batch.review_batch, ReviewBatch(batch_id=self.id))

    async def announce(self) -> Any:
        return await self.college.do(recognition_batch.publish_results, PublishResults(batch_id=self.id))


class Applicant:
    """One teacher and one application."""

    def __init__(self, batch: Batch, teacher_id: str) -> None:
        self.batch, self.college, self.teacher_id = batch, batch.college, teacher_id
        self.id = new_id("recognition")
        self.items: list[EvidenceItem] = []

    @property
    def persons(self) -> frozenset[str]:
        return frozenset({self.teacher_id})

    async def now(self) -> Recognition:
        """The application as it is kept."""
        kept: Recognition = await self.college.read("recognitions", self.id)
        return kept

    async def apply(self, level: Level = Level.JUNIOR, *, persons: frozenset[str] | None = None) -> Recognition:
        command = Apply(
            recognition_id=self.id, batch_id=self.batch.id, teacher_id=self.teacher_id,
            caller_ids=self.persons if persons is None else persons, level=level,
        )  # fmt: skip
        applied: Recognition = await self.college.do(application.apply, command)
        return applied

    async def enter(self, given: EvidenceEntry, *, verified: bool | None = True) -> EvidenceItem:
        command = EnterEvidence(
            item_id=new_id("evidence_item"), recognition_id=self.id, caller_ids=self.persons, entry=given
        )
        item: EvidenceItem = await self.college.do(application.enter_evidence, command)
        self.items.append(item)
        if verified is not None:
            await self.verify(item, confirmed=verified)
        return item

    async def withdraw(self, item: EvidenceItem, *, persons: frozenset[str] | None = None) -> EvidenceItem:
        command = WithdrawEvidence(
            recognition_id=self.id, item_id=item.id, caller_ids=self.persons if persons is None else persons
        )
        withdrawn: EvidenceItem = await self.college.do(application.withdraw_evidence, command)
        return withdrawn

    async def work(self) -> EvidenceItem:
        """Proof of work in an enterprise, which stands for practice at the junior level."""
        fact = EvidenceFact(evidence_id="work", dimension=Dimension.ENTERPRISE_EXPERIENCE)
        return await self.enter(entry(fact, source_kind=SourceKind.EMPLOYMENT))

    async def verify(self, item: EvidenceItem, *, confirmed: bool, persons: frozenset[str] = NOBODY) -> Any:
        command = VerifyEvidence(item_id=item.id, caller_ids=persons, confirmed=confirmed, reason=None)
        return await self.college.do(application.verify_evidence, command)

    async def submit(self) -> Recognition:
        command = SubmitApplication(recognition_id=self.id, caller_ids=self.persons)
        submitted: Recognition = await self.college.do(application.submit_application, command)
        return submitted

    async def freeze(self) -> Recognition:
        command = FreezeEvidence(recognition_id=self.id, decision_id=new_id("decision"))
        frozen: Recognition = await self.college.do(application.freeze_evidence, command)
        return frozen

    async def review(self, *, persons: frozenset[str] = NOBODY) -> Recognition:
        command = ReviewApplication(recognition_id=self.id, caller_ids=persons, favourable=True, comment="complete")
        reviewed: Recognition = await self.college.do(application.review_application, command)
        return reviewed

    async def decide(
        self, *, approved: bool = True, words: tuple[Word, ...] = YES, persons: frozenset[str] = NOBODY,
        in_favour: int = 7, present: int = 7, members: int = 7,
    ) -> Recognition:  # fmt: skip
        command = DecideRecognition(
            recognition_id=self.id, decision_id=new_id("decision"), caller_ids=persons, approved=approved,
            members=members, present=present, in_favour=in_favour, minutes="2026-3",
            reason="as the minutes say", words=words,
        )  # fmt: skip
        decided: Recognition = await self.college.do(committee.decide_recognition, command)
        return decided

    async def complete(self, level: Level = Level.JUNIOR) -> "Applicant":
        """An application with all that its level asks for, handed in, frozen."""
        await self.apply(level)
        for fact in dossier(level):
            await self.enter(entry(fact))
        await self.work()
        await self.submit()
        await self.freeze()
        return self

    async def object(self, text: str = "the award is another's") -> Recognition:
        command = RaiseObjection(recognition_id=self.id, text=text)
        heard: Recognition = await self.college.do(committee.raise_objection, command)
        return heard

    async def settle(self, number: int, *, upheld: bool) -> Recognition:
        command = SettleObjection(
            recognition_id=self.id, caller_ids=NOBODY, number=number, upheld=upheld, reason="looked into"
        )
        settled: Recognition = await self.college.do(committee.settle_objection, command)
        return settled

    async def advance(self, days: int = 0) -> Recognition:
        """What the clock does so many days later."""
        self.college.today += timedelta(days=days)
        await self.college.do(advance_recognition, self.id)
        return await self.now()

    async def recheck(self, source_id: str) -> Recognition:
        command = RecheckRecognition(recognition_id=self.id, kind=CauseKind.CERTIFICATE_REVOKED, source_id=source_id)
        rechecked: Recognition = await self.college.do(recheck.recheck_recognition, command)
        return rechecked

    async def conclude(self, *, upheld: bool, persons: frozenset[str] = NOBODY) -> Recognition:
        command = ConcludeRecheck(recognition_id=self.id, caller_ids=persons, upheld=upheld, reason="looked into")
        concluded: Recognition = await self.college.do(recheck.conclude_recheck, command)
        return concluded

    async def revoke(self, code: RevocationReason = RevocationReason.ETHICS) -> Recognition:
        command = RevokeRecognition(
            recognition_id=self.id, caller_ids=NOBODY, reason_code=code, reason="a finding of the committee"
        )
        revoked: Recognition = await self.college.do(recheck.revoke_recognition, command)
        return revoked


async def applicant(college: College, batch: Batch | None = None, **teacher: Any) -> Applicant:
    """A teacher of the college beside an open batch."""
    return Applicant(batch or await Batch(college).open(), await college.teacher(**teacher))


async def decided(college: College, level: Level = Level.JUNIOR) -> Applicant:
    """A teacher whose application the committee has approved."""
    someone = await (await applicant(college)).complete(level)
    await someone.batch.review()
    await someone.review()
    await someone.decide()
    return someone


async def recognised(college: College, level: Level = Level.JUNIOR) -> Applicant:
    """A teacher whose recognition is in force."""
    someone = await decided(college, level)
    await someone.advance(7)
    return someone


EQUIVALENT = Route.EQUIVALENT


def told(college: College, fact: type) -> list[object]:
    """The facts of one type that were told."""
    return [each for each in college.facts if isinstance(each, fact)]
