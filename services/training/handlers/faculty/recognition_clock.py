"""What time alone does to a recognition: it comes into force after its publicity, is about to end, and ends."""

from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.faculty.recognition_rules.ratio import RecognisedFrom
from services.training.domain.faculty.recognition_rules.validity import (
    TCH_08,
    ValidityFacts,
    holds_no_longer_than_allowed,
    last_day_of_validity,
    reminded_on,
)
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.kinship import born_of
from services.training.handlers.faculty.recognition_asking import asked_for, decided
from services.training.handlers.faculty.share import share_with
from services.training.ports import Work


async def advance_recognition(recognition_id: str, work: Work) -> None:
    """Take a recognition further whose day has come. A repeat finds that it has gone further already."""
    recognition = await work.recognitions.get(recognition_id)
    if recognition.review_on is None or work.context.today < recognition.review_on:
        return
    batch = await work.recognition_batches.get(recognition.batch_id)
    if recognition.status is RecognitionStatus.PUBLICISED:
        await _activate(recognition, batch, work)
    elif recognition.ends_on is not None and work.context.today > recognition.ends_on:
        work.recognitions.save(recognition.expire())
    else:
        share = await share_with(recognition, batch, work, granted=recognition.granted[0])
        expiring, fact = recognition.expire_soon(on=work.context.today, share=share)
        work.recognitions.save(expiring, fact)


async def _activate(recognition: Recognition, batch: RecognitionBatch, work: Work) -> None:
    starts_on = work.context.today
    ends_on = last_day_of_validity(starts_on, batch.validity_months)
    facts = ValidityFacts(
        levels=(recognition.level,),
        publicity_starts_on=recognition.publicity_starts_on,
        publicity_ends_on=recognition.publicity_ends_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    asked = await asked_for(batch, batch.judged_on, work)
    finding = holds_no_longer_than_allowed(facts, asked)
    share = await share_with(recognition, batch, work, granted=RecognisedFrom(starts_on=starts_on, ends_on=ends_on))
    active, fact = recognition.activate(
        starts_on=starts_on, ends_on=ends_on, remind_on=reminded_on(ends_on, asked.rule(TCH_08.id)), share=share
    )
    decision_id = born_of(recognition.id, "decision", "validity")
    work.decide(decided(decision_id, recognition.id, ((finding, facts),), asked))
    work.recognitions.save(active, fact)
