"""What happens when weekly logs are written, reviewed, and missed."""

from services.training.commands.internship.placement_log import ReviewLog, WriteLog
from services.training.domain.internship.absence import Absence, AbsenceStatus, days_absent, require_present
from services.training.domain.internship.consent import require_intern
from services.training.domain.internship.log_book import LogBook, log_book_id_of
from services.training.domain.internship.log_rule import LOG_01, LogsInTimeFacts, logs_in_time
from services.training.domain.internship.paper_case import ON_HOURS, hours_case
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import PlacementLog, log_id_of
from services.training.domain.kinship import born_of
from services.training.handlers.internship.placement_asking import asked_about, judged_by
from services.training.ports import Work
from shared.rules import Asked, Decision
from shared.rules.fact_types import DaySpan


async def write_log(command: WriteLog, work: Work) -> PlacementLog:
    """Write a week's log, and say what the rules on working time have against its hours."""
    # The placement's row is the lock under which leave and logged days are held against each other.
    placement = await work.placements.get(command.placement_id)
    require_intern(placement, command.caller_ids)
    absences = await work.absences.where(placement_id=placement.id)
    require_present((day.worked_on for day in command.entry.days), days_absent(absences))
    earlier = await work.placement_logs.find(log_id_of(placement.id, command.entry.monday))
    log = PlacementLog.write(placement, command.entry, earlier=earlier, on=work.context.today)
    asked = await asked_about(placement, placement.starts_on, work)
    case = hours_case(log, placement, await work.posts.get(placement.post_id))
    judged = judged_by(ON_HOURS, log.id, case, asked)
    work.decide(judged.decision(command.decision_id, judged.findings))
    log = log.judged(judged.findings)
    if earlier is not None:
        return work.placement_logs.save(log)
    if arrival := log.arrival(asked.rule(LOG_01.id)):
        work.placements.save(placement, *arrival)
    return work.placement_logs.add(log)


async def review_log(command: ReviewLog, work: Work) -> PlacementLog:
    """Accept a log, or return it to be corrected."""
    log = await work.placement_logs.get(command.log_id)
    return work.placement_logs.save(log.review(command.review, at=work.context.now))


async def open_log_book(placement_id: str, work: Work) -> None:
    """The internship has started: from now on logs are waited for."""
    placement = await work.placements.get(placement_id)
    if await work.log_books.find(log_book_id_of(placement_id)) is None:
        work.log_books.add(LogBook.open(placement, on=work.context.today))


async def review_log_book(book_id: str, work: Work) -> None:
    """Tell of each week whose log is overdue and was not told of yet."""
    book = await work.log_books.get(book_id)
    placement = await work.placements.get(book.placement_id)
    asked = await asked_about(placement, work.context.today, work)
    facts = await _facts(book, placement, work)
    reviewed, overdue = book.review(placement, facts, rule=asked.rule(LOG_01.id), on=asked.on)
    if overdue:
        work.decide(_decision(book, facts, asked))
        work.placements.save(placement, *overdue)
    if reviewed != book:
        work.log_books.save(reviewed)


def _decision(book: LogBook, facts: LogsInTimeFacts, asked: Asked) -> Decision:
    return Decision(
        # The version names the occasion, so that a repeat of it is the same decision.
        id=born_of(book.id, "decision", str(book.version)),
        subject=book.placement_id,
        findings=(logs_in_time(facts, asked),),
        inputs={LOG_01.id: facts.model_dump(mode="json")},
        on=asked.on,
        jurisdiction=asked.jurisdiction,
    )


async def _facts(book: LogBook, placement: Placement, work: Work) -> LogsInTimeFacts:
    logs = await work.placement_logs.where(placement_id=placement.id)
    absences = await work.absences.where(placement_id=placement.id, status=AbsenceStatus.GRANTED.value)
    return book.facts(placement, logged=[log.monday for log in logs], absences=[_span(absence) for absence in absences])


def _span(absence: Absence) -> DaySpan:
    return DaySpan(starts_on=absence.starts_on, ends_on=absence.ends_on)
