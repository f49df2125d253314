"""Commands: each that was acknowledged had its effect, once; one that was refused had none."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from shared.contracts.event import Event
from shared.contracts.partnership import (
    AgreementSignatureRequested,
    MatchDeclined,
    NeedAmended,
    NeedPosted,
    NeedWithdrawn,
    OrganizationRegistered,
)
from shared.contracts.talent import ProgrammeRegistered
from shared.contracts.training import (
    AccountOpened,
    CohortFormed,
    CohortStarted,
    CreditConverted,
    CreditReversed,
    OutcomeRecognised,
    OutcomeRegistered,
    PracticeApproved,
    PracticeCompleted,
    PracticeStarted,
    StudentRegistered,
    TeacherRegistered,
)
from tests.failures.campaign.evidence import Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Entry, Journal
from tests.failures.campaign.rows import Rows

TELLS: Final[Mapping[str, type[Event]]] = {
    "register organization": OrganizationRegistered,
    "register programme": ProgrammeRegistered,
    "post need": NeedPosted,
    "amend need": NeedAmended,
    "withdraw need": NeedWithdrawn,
    "decline match": MatchDeclined,
    "submit agreement": AgreementSignatureRequested,
    "register teacher": TeacherRegistered,
    "approve practice": PracticeApproved,
    "start practice": PracticeStarted,
    "complete practice": PracticeCompleted,
    "form cohort": CohortFormed,
    "start cohort": CohortStarted,
    "open account": AccountOpened,
    "register outcome": OutcomeRegistered,
    "recognise outcome": OutcomeRecognised,
    "approve conversion": CreditConverted,
    "reverse conversion": CreditReversed,
}
"""What each act tells of its subject, once for each time that it was done."""
STANDS: Final[Mapping[str, tuple[str, str, frozenset[str]]]] = {
    "post need": ("partnership", "need", frozenset()),
    "withdraw need": ("partnership", "need", frozenset({"withdrawn"})),
    "decline match": ("partnership", "match", frozenset({"declined"})),
    "draft agreement": ("partnership", "agreement", frozenset()),
    "register teacher": ("training", "teacher", frozenset()),
    "open intake": ("training", "cohort", frozenset({"intake_open", "formed", "running"})),
    "start cohort": ("training", "cohort", frozenset({"running"})),
    "plan practice": ("training", "practice", frozenset()),
    "complete practice": ("training", "practice", frozenset({"completed", "verified"})),
    "open account": ("training", "account", frozenset()),
    "register outcome": ("training", "outcome", frozenset()),
    "recognise outcome": ("training", "outcome", frozenset({"recognised"})),
    "propose conversion": ("training", "conversion", frozenset()),
    "approve conversion": ("training", "conversion", frozenset({"posted", "reversed"})),
    "reverse conversion": ("training", "conversion", frozenset({"reversed"})),
}
"""Where the subject of each act is kept, and in which statuses it is from then on (any, where none is named)."""


async def check_commands(journal: Journal, told: Told, rows: Rows, harm: Harm) -> None:
    """Hold every command against the facts, and every acknowledged one against the databases."""
    # What an event caused was asked for by nobody: a teacher's account, the outcome of a practice.
    asked = (fact for fact in told.facts.values() if fact.causation not in told.facts)
    facts = Counter((fact.type, fact.subject) for fact in asked)
    for act, body in TELLS.items():
        _times(act, body.wire.type, journal, facts, harm)
    _students(journal, facts, harm)
    _titles(told, harm)
    for act, (service, table, statuses) in STANDS.items():
        columns = ("id", "status") if statuses else ("id",)
        kept = {row["id"]: row for row in await rows.all(service, table, *columns)}
        for entry in journal.done(act):
            _stands(entry, kept.get(entry.subject), statuses, harm)
    _amended(journal, {row["id"]: row for row in await rows.all("partnership", "need", "id", "details")}, harm)


def _times(act: str, type: str, journal: Journal, facts: "Counter[tuple[str, str]]", harm: Harm) -> None:
    done = Counter(entry.subject for entry in journal.done(act))
    possible = Counter(entry.subject for entry in journal.of(act) if entry.possible and entry.tries)
    nameless = possible.pop("", 0)
    for subject, times in done.items():
        harm.found(
            "lost", f"{act} {subject}: {times} times done, {facts[type, subject]} told", times - facts[type, subject]
        )
    known = sum(number for (of, subject), number in facts.items() if of == type and subject not in possible)
    harm.found("doubled", f"{type}: {known} told that nobody asked for", known - nameless)
    for subject, times in possible.items():
        more = facts[type, subject] - times
        harm.found("doubled", f"{act} {subject}: {times} times asked, {facts[type, subject]} told", more)


def _students(journal: Journal, facts: "Counter[tuple[str, str]]", harm: Harm) -> None:
    type = StudentRegistered.wire.type
    asked = {student for entry in journal.done("import students") for student in entry.answer["student_ids"]}
    for student in asked:
        harm.found("lost", f"{student} was entered and nobody was told", 1 - facts[type, student])
        harm.found("doubled", f"{student} was told of {facts[type, student]} times", facts[type, student] - 1)
    others = sum(number for (of, subject), number in facts.items() if of == type and subject not in asked)
    open_ = sum(len(entry.facts["numbers"]) for entry in journal.of("import students") if _is_open(entry))
    harm.found("doubled", f"{others} students were entered that nobody asked for", others - open_)


def _titles(told: Told, harm: Harm) -> None:
    """A need is known by its title, also where its answer never came."""
    type = NeedPosted.wire.type
    posted = Counter(NeedPosted.read(fact.payload).title for fact in told.facts.values() if fact.type == type)
    for title, times in posted.items():
        harm.found("doubled", f"the need {title} was posted {times} times", times - 1)


def _stands(entry: Entry, row: Mapping[str, Any] | None, statuses: frozenset[str], harm: Harm) -> None:
    if row is None:
        harm.found("lost", f"{entry.act} {entry.subject} was acknowledged and is not there")
    elif statuses and row["status"] not in statuses:
        harm.found("lost", f"{entry.act} {entry.subject} was acknowledged, and it is {row['status']}")


def _amended(journal: Journal, needs: Mapping[str, Mapping[str, Any]], harm: Harm) -> None:
    """Nobody else amends a need, so it has the title of its last amendment."""
    last = {entry.subject: entry for entry in journal.of("amend need") if entry.possible}
    for subject, entry in last.items():
        title = needs[subject]["details"]["title"] if subject in needs else "gone"
        if entry.done and title != entry.marker:
            harm.found("lost", f"{subject} was amended to {entry.marker} and is {title}")


def _is_open(entry: Entry) -> bool:
    return entry.possible and not entry.done and bool(entry.tries)
