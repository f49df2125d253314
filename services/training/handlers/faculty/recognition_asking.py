"""How the rules are asked about recognition: at home of the university, on the day on which the batch opened."""

from collections.abc import Iterable
from datetime import date

from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.handlers.calendar import calendar_of
from services.training.ports import Work
from shared.rules import Asked, Decision, Facts, Finding


async def asked_for(batch: RecognitionBatch, on: date, work: Work) -> Asked:
    """Who is asked: the rules as they hold for the batch's university on a day."""
    return Asked(
        on=on,
        jurisdiction=batch.jurisdiction,
        rule=lambda rule: work.rules.rule(rule, on=on, jurisdiction=batch.jurisdiction),
        calendar=await calendar_of(work),
    )


def decided(id: str, subject: str, judged: Iterable[tuple[Finding, Facts]], asked: Asked) -> Decision:
    """The decision to keep: each finding with the facts it was made of, from which it can be judged again."""
    judged = tuple(judged)
    return Decision(
        id=id,
        subject=subject,
        findings=tuple(finding for finding, _ in judged),
        inputs={finding.rule: facts.model_dump(mode="json") for finding, facts in judged},
        on=asked.on,
        jurisdiction=asked.jurisdiction,
    )
