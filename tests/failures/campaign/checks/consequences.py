"""Consequences: what one service's fact must bring about in another is there, and there once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from shared.contracts.event import Event
from shared.contracts.partnership import (
    AgreementSigned,
    MatchConfirmed,
    MatchDeclined,
    MatchExpired,
)
from shared.contracts.training import PracticeVerified, TeacherRegistered
from tests.failures.campaign.evidence import Fact, Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Journal
from tests.failures.campaign.rows import Rows

_PLACES: Final = 10
"""PTN-06: so many candidates at most are proposed for one line."""
_PLANNED: Final = {"order_class": "cohort", "teacher_practice": "practice_seats"}


async def check_consequences(journal: Journal, told: Told, rows: Rows, harm: Harm) -> None:
    """Follow needs into talent and back, agreements and practice into training, answers into track records."""
    _once_for_a_cause(told.facts.values(), harm)
    await _proposals(journal, rows, harm)
    await _matches(journal, rows, harm)
    await _records(told, rows, harm)
    await _accounts(told, rows, harm)
    await _plans(told, rows, harm)


def _once_for_a_cause(facts: Iterable[Fact], harm: Harm) -> None:
    """One cause makes one fact say the same once."""
    seen: Counter[tuple[str, str, str, int]] = Counter(
        (fact.type, fact.subject, fact.causation, fact.says) for fact in facts if fact.causation
    )
    for (type, subject, cause, _), times in seen.items():
        harm.found("doubled", f"{type} {subject} was told {times} times because of {cause}", times - 1)


async def _proposals(journal: Journal, rows: Rows, harm: Harm) -> None:
    made = Counter(row["need_id"] for row in await rows.all("talent", "proposal", "need_id"))
    for entry in journal.done("post need"):
        wanted = entry.facts["lines"] * min(_PLACES, entry.facts["programmes"])
        missing = wanted - made[entry.subject]
        harm.found("lost", f"talent proposed {made[entry.subject]} of {wanted} for {entry.subject}", missing)


async def _matches(journal: Journal, rows: Rows, harm: Harm) -> None:
    """A line that still waits has a match of every proposal. One that was met, or withdrawn, may have been faster."""
    matches = await rows.all("partnership", "match", "need_id", "line_no", "candidate_id", "status")
    places = Counter((row["need_id"], row["line_no"], row["candidate_id"]) for row in matches)
    for place, times in places.items():
        harm.found("doubled", f"{place} has {times} matches", times - 1)
    made = Counter((row["need_id"], row["line_no"]) for row in matches)
    met = {(row["need_id"], row["line_no"]) for row in matches if row["status"] == "confirmed"}
    closed = {entry.subject for entry in journal.of("withdraw need") if entry.possible}
    for entry in journal.done("post need"):
        wanted = min(_PLACES, entry.facts["programmes"])
        lines = {(entry.subject, number) for number in range(1, entry.facts["lines"] + 1)} - met
        for line in lines if entry.subject not in closed else ():
            harm.found("lost", f"partnership has {made[line]} of {wanted} matches of {line}", wanted - made[line])


async def _records(told: Told, rows: Rows, harm: Harm) -> None:
    """Every answer counts once in the record of the candidate's organisation."""
    confirmed, answered = Counter[str](), Counter[str]()
    for event in _read(told, MatchConfirmed, MatchDeclined, MatchExpired):
        if isinstance(event, MatchExpired) and event.reason != "not_answered":
            continue
        organization = event.candidate.organization_id
        answered[organization] += 1
        confirmed[organization] += isinstance(event, MatchConfirmed)
    kept = {row["id"]: row for row in await rows.all("talent", "track_record")}
    for organization in answered.keys() | kept.keys():
        row = kept.get(organization, {"confirmed": 0, "answered": 0})
        for name, wanted in (("confirmed", confirmed), ("answered", answered)):
            more = row[name] - wanted[organization]
            sentence = f"{organization} has {row[name]} {name} matches in its record, {wanted[organization]} were told"
            harm.found("doubled", sentence, more)
            harm.found("lost", sentence, -more)


async def _accounts(told: Told, rows: Rows, harm: Harm) -> None:
    """A teacher has one account, and of each verified practice one outcome in it."""
    accounts = Counter(row["person_id"] for row in await rows.all("training", "account", "person_id"))
    outcomes = Counter(row["evidence_id"] for row in await rows.all("training", "outcome", "evidence_id"))
    teachers = [event.teacher_id for event in _read(told, TeacherRegistered)]
    practices = [event.practice_id for event in _read(told, PracticeVerified)]
    _once_each("account", teachers, accounts, harm)
    _once_each("outcome", practices, outcomes, harm)


async def _plans(told: Told, rows: Rows, harm: Harm) -> None:
    """An agreement that was signed is planned once."""
    signed: dict[str, list[str]] = defaultdict(list)
    for event in _read(told, AgreementSigned):
        signed[event.type].append(event.agreement_id)
    for type, table in _PLANNED.items():
        kept = Counter(row["agreement_id"] for row in await rows.all("training", table, "agreement_id"))
        _once_each(table, signed[type], kept, harm)


def _once_each(what: str, ids: Iterable[str], kept: Mapping[str, int], harm: Harm) -> None:
    for id in ids:
        times = kept.get(id, 0)
        harm.found("lost", f"there is no {what} for {id}", 1 - times)
        harm.found("doubled", f"there are {times} of {what} for {id}", times - 1)


def _read(told: Told, *bodies: type[Event]) -> Iterable[Any]:
    by_type = {body.wire.type: body for body in bodies}
    return (by_type[fact.type].read(fact.payload) for fact in told.facts.values() if fact.type in by_type)
