"""The share of dual-qualified teachers of a university, counted anew whenever a recognition begins or ends to hold."""

from collections import defaultdict

from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.faculty.recognition_rules.ratio import (
    TCH_07,
    RecognisedFrom,
    Share,
    TeacherFact,
    share_of,
)
from services.training.domain.faculty.recognition_steps import IN_FORCE
from services.training.domain.teacher import TeacherStatus
from services.training.ports import Work


async def share_with(
    changed: Recognition, batch: RecognitionBatch, work: Work, *, granted: RecognisedFrom | None
) -> Share:
    """The university's share today, `changed` counted as it is to be: valid as `granted`, or not at all."""
    university_id, today = changed.university_id, work.context.today
    in_force = sorted(IN_FORCE)
    valid: dict[str, list[RecognisedFrom]] = defaultdict(list)
    for each in await work.known_recognitions.where(university_id=university_id, status=in_force):
        if each.id != changed.id:
            valid[each.teacher_id] += each.granted
    if granted is not None:
        valid[changed.teacher_id].append(granted)
    staff = await work.known_teachers.where(university_id=university_id, status=TeacherStatus.ACTIVE.value)
    facts = [
        TeacherFact(kind=each.teacher_kind, full_time=each.full_time, recognitions=tuple(valid[each.id]))
        for each in staff
    ]
    rule = work.rules.rule(TCH_07.id, on=today, jurisdiction=batch.jurisdiction)
    return share_of(facts, on=today, rule=rule)
