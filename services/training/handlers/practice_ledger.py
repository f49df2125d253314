"""A teacher's practice brought together for counting: verified periods, the rules of the day, logs where they count."""

from collections import defaultdict
from datetime import date

from services.training.domain.practice import Practice, PracticeStatus
from services.training.domain.practice_ledger import PracticeLedger, PracticeRules
from services.training.domain.practice_log import PracticeLog
from services.training.domain.practice_period import PracticePeriod, is_full_time
from services.training.domain.teacher import Teacher
from services.training.ports import Work
from shared.rules import Rule, jurisdiction_of


def jurisdiction_of_teacher(teacher: Teacher) -> str:
    """Where is decided on a teacher: at home of the institution."""
    return jurisdiction_of(teacher.region_code, teacher.university_id)


def counting_rule(teacher: Teacher, on: date, work: Work) -> Rule:
    """TCH-04 as it holds for this teacher on a business date."""
    return work.rules.rule("TCH-04", on=on, jurisdiction=jurisdiction_of_teacher(teacher))


async def ledger_of(teacher: Teacher, work: Work, *, with_also: Practice | None = None) -> PracticeLedger:
    """The teacher's verified practice under the rules of today, `with_also` a period that is just being verified."""
    rules = _rules(teacher, work)
    verified = await work.practices.where(teacher_id=teacher.id, status=PracticeStatus.VERIFIED.value)
    practices = [*verified, with_also] if with_also else verified
    return PracticeLedger(tuple(await _periods(practices, rules.counting, work)), rules)


async def period_of(practice: Practice, counting: Rule, work: Work) -> PracticePeriod:
    """One practice as it is counted."""
    return (await _periods([practice], counting, work))[0]


def _rules(teacher: Teacher, work: Work) -> PracticeRules:
    on, jurisdiction = work.context.today, jurisdiction_of_teacher(teacher)
    return PracticeRules(
        accumulated=work.rules.rule("TCH-01", on=on, jurisdiction=jurisdiction),
        concentrated=work.rules.rule("TCH-02", on=on, jurisdiction=jurisdiction),
        counting=counting_rule(teacher, on, work),
    )


async def _periods(practices: list[Practice], counting: Rule, work: Work) -> list[PracticePeriod]:
    # The plan alone counts a full-time period, so its hundreds of logs stay unread.
    by_logs = [practice.id for practice in practices if not is_full_time(practice.period(), counting)]
    logs: dict[str, list[PracticeLog]] = defaultdict(list)
    for log in await work.practice_logs.where(practice_id=by_logs) if by_logs else ():
        logs[log.practice_id].append(log)
    return [practice.period(logs[practice.id]) for practice in practices]
