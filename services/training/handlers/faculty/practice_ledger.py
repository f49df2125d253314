"""Teachers' practice brought together for counting: verified periods, logs where they count, leave, rules of the day.

Many teachers' files are read at once, each kind of thing by one statement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from services.training.domain.faculty.counted_practice import CountedPractice, LoggedDay
from services.training.domain.faculty.leave import LeaveStatus
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.faculty.practice_file import PracticeFile
from services.training.domain.faculty.practice_ledger import PracticeLedger, PracticeRules
from services.training.domain.faculty.practice_period import PracticePeriod, is_full_time
from services.training.domain.faculty.practice_window import Leave
from services.training.domain.teacher import Teacher
from services.training.ports import Work
from shared.rules import Rule, jurisdiction_of

RulesOf = Callable[[Teacher], PracticeRules]


def jurisdiction_of_teacher(teacher: Teacher) -> str:
    """Where is decided on a teacher: at home of the institution."""
    return jurisdiction_of(teacher.region_code, teacher.university_id)


def practice_rule(id: str, teacher: Teacher, on: date, work: Work) -> Rule:
    """A rule on practice as it holds for this teacher on a business date."""
    return work.rules.rule(id, on=on, jurisdiction=jurisdiction_of_teacher(teacher))


def counting_rule(teacher: Teacher, on: date, work: Work) -> Rule:
    """TCH-04 as it holds for this teacher on a business date."""
    return practice_rule("TCH-04", teacher, on, work)


def rules_of_today(work: Work) -> RulesOf:
    """The rules of today for any teacher; those of one place are put together once."""
    known: dict[str, PracticeRules] = {}

    def rules(teacher: Teacher) -> PracticeRules:
        place = jurisdiction_of_teacher(teacher)
        if place not in known:
            known[place] = PracticeRules.found(partial(work.rules.rule, on=work.context.today, jurisdiction=place))
        return known[place]

    return rules


async def ledger_of(teacher: Teacher, work: Work, *, with_also: Practice | None = None) -> PracticeLedger:
    """The teacher's verified practice under the rules of today, `with_also` a period that is just being verified."""
    rules = rules_of_today(work)
    files = await files_of([teacher], rules, work, with_also=[with_also] if with_also else [])
    return files[teacher.id].ledger(rules(teacher))


async def files_of(
    teachers: Sequence[Teacher], rules: RulesOf, work: Work, *, with_also: Iterable[Practice] = ()
) -> Mapping[str, PracticeFile]:
    """What is kept of each teacher's verified practice, by teacher, `with_also` what is not verified yet."""
    ids = [teacher.id for teacher in teachers]
    verified = await work.counted_practices.where(teacher_id=ids, status=PracticeStatus.VERIFIED.value)
    counting = {teacher.id: rules(teacher).counting for teacher in teachers}
    periods = await _periods([*verified, *(practice.counted for practice in with_also)], counting, work)
    leaves = defaultdict[str, list[Leave]](list)
    for leave in await work.leaves.where(teacher_id=ids, status=LeaveStatus.RECORDED.value):
        leaves[leave.teacher_id].append(leave.leave)
    return {id: PracticeFile(periods=tuple(periods[id]), leaves=tuple(leaves[id])) for id in ids}


async def file_of_one(practice: Practice, teacher: Teacher, counting: Rule, work: Work) -> PracticeFile:
    """One practice by itself, beside the teacher's leave."""
    periods = await _periods([practice.counted], {teacher.id: counting}, work)
    return PracticeFile(periods=tuple(periods[teacher.id]), leaves=await leaves_of(teacher, work))


async def leaves_of(teacher: Teacher, work: Work) -> tuple[Leave, ...]:
    """The teacher's leave as far as it was not taken back."""
    recorded = await work.leaves.where(teacher_id=teacher.id, status=LeaveStatus.RECORDED.value)
    return tuple(leave.leave for leave in recorded)


async def _periods(
    practices: Iterable[CountedPractice], counting: Mapping[str, Rule], work: Work
) -> Mapping[str, list[PracticePeriod]]:
    """The periods by teacher, with their logs where these count."""
    planned = [(practice, practice.period()) for practice in practices]
    # The plan alone counts a full-time period, so its hundreds of logs stay unread.
    by_logs = [each.id for each, period in planned if not is_full_time(period, counting[each.teacher_id])]
    logs = defaultdict[str, list[LoggedDay]](list)
    for log in await work.logged_days.where(practice_id=by_logs) if by_logs else ():
        logs[log.practice_id].append(log)
    periods = defaultdict[str, list[PracticePeriod]](list)
    for practice, period in planned:
        periods[practice.teacher_id].append(practice.period(logs[practice.id]) if practice.id in logs else period)
    return periods
