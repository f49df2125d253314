"""Quotas and balances: never more than there are places, and a ledger that adds up to what was converted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Journal
from tests.failures.campaign.rows import Rows

Row = Mapping[str, Any]
_SEATED: Final = frozenset({"approved", "ongoing", "completed", "verified", "rejected"})
_PENDING: Final = frozenset({"proposed", "accepted_one_side"})
_PLACES: Final = 10


async def check_quotas(journal: Journal, rows: Rows, harm: Harm) -> None:
    """Places of classes and lines, seats of practices, accounts of learners."""
    enrolments = await rows.all("training", "enrolment")
    check_classes(await rows.all("training", "cohort"), enrolments, harm)
    check_askers(journal, enrolments, harm)
    check_seats(await rows.all("training", "practice_seats"), await rows.all("training", "practice"), harm)
    ledger, conversions = await rows.all("training", "ledger_entry"), await rows.all("training", "conversion")
    check_accounts(await rows.all("training", "account"), ledger, conversions, harm)
    check_lines(await rows.all("partnership", "match", "need_id", "line_no", "status"), harm)


def check_classes(cohorts: Iterable[Row], enrolments: Iterable[Row], harm: Harm) -> None:
    """A class has as many students as it says, and no more than planned."""
    seated = Counter(row["cohort_id"] for row in enrolments)
    for cohort in cohorts:
        there = seated[cohort["id"]]
        harm.found("violated", f"{cohort['id']} has {there} of {cohort['planned']} places", there - cohort["planned"])
        if there != cohort["enrolled"]:
            harm.found("violated", f"{cohort['id']} says {cohort['enrolled']} and has {there}")


def check_askers(journal: Journal, enrolments: Iterable[Row], harm: Harm) -> None:
    """Who was told to have a place has it; who has one had asked, and was not refused."""
    there = {(row["cohort_id"], row["student_id"]) for row in enrolments}
    granted = {(entry.subject, student) for entry in journal.done("enrol") for student in entry.facts["students"]}
    possible = {
        (entry.subject, student)
        for entry in journal.of("enrol")
        if entry.possible and entry.tries
        for student in entry.facts["students"]
    }
    harm.each("lost", (f"{student} has no place in {cohort}" for cohort, student in sorted(granted - there)))
    harm.each("violated", (f"{student} sits in {cohort} unasked" for cohort, student in sorted(there - possible)))


def check_seats(seats: Iterable[Row], practices: Iterable[Row], harm: Harm) -> None:
    """Seats are held by those whose practice was approved, each once, and by no more than there are."""
    holders: dict[str, set[str]] = defaultdict(set)
    for practice in practices:
        if practice["status"] in _SEATED:
            holders[practice["seats_id"]].add(practice["teacher_id"])
    for row in seats:
        held = row["holder_ids"]
        harm.found("violated", f"{row['id']} has {len(held)} holders of {row['seats']} seats", len(held) - row["seats"])
        if row["taken"] != len(held) or len(set(held)) != len(held) or set(held) != holders[row["id"]]:
            harm.found(
                "violated", f"{row['id']} says {row['taken']}, has {len(held)}, approved {len(holders[row['id']])}"
            )


def check_accounts(accounts: Iterable[Row], ledger: Iterable[Row], conversions: Sequence[Row], harm: Harm) -> None:
    """Balance, ledger and conversions say the same; a posted conversion has one entry, a reversed one two."""
    entries: dict[str, list[Row]] = defaultdict(list)
    for entry in ledger:
        entries[entry["account_id"]].append(entry)
    posted = Counter[str]()
    for conversion in conversions:
        posted[conversion["account_id"]] += conversion["half_credits"] * (conversion["status"] == "posted")
    for account in accounts:
        mine = entries.pop(account["id"], [])
        sums = {account["balance"], sum(entry["half_credits"] for entry in mine), posted[account["id"]]}
        if len(sums) > 1 or account["entry_count"] != len(mine) or account["balance"] < 0:
            harm.found("violated", f"{account['id']}: balance, ledger and conversions say {sorted(sums)}")
        _check_entries(mine, harm)
    harm.each("violated", (f"the ledger of {account} has no account" for account in entries))
    _check_conversions(conversions, ledger, harm)


def _check_entries(entries: list[Row], harm: Harm) -> None:
    balance = 0
    for number, entry in enumerate(sorted(entries, key=lambda row: row["number"]), start=1):
        balance += entry["half_credits"]
        if (entry["number"], entry["balance_after"]) != (number, balance):
            harm.found("violated", f"{entry['id']} is number {entry['number']} with {entry['balance_after']} after it")


def _check_conversions(conversions: Iterable[Row], ledger: Iterable[Row], harm: Harm) -> None:
    wanted = {"posted": ["convert"], "reversed": ["convert", "revoke"]}
    entered: dict[str, list[str]] = defaultdict(list)
    for entry in ledger:
        entered[entry["conversion_id"]].append(entry["entry_type"])
    for conversion in conversions:
        types = sorted(entered.get(conversion["id"], []))
        if types != wanted.get(conversion["status"], []):
            harm.found("violated", f"{conversion['id']} is {conversion['status']} and entered as {types}")


def check_lines(matches: Iterable[Row], harm: Harm) -> None:
    """PTN-06: at most ten answers are awaited for one line."""
    waiting = Counter((row["need_id"], row["line_no"]) for row in matches if row["status"] in _PENDING)
    for line, number in waiting.items():
        harm.found("violated", f"{line} has {number} pending matches", number - _PLACES)
