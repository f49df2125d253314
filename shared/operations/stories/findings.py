"""What must hold after story S1."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from ulid import ULID

from shared.operations.stories.crediting import HALF_CREDITS
from shared.operations.stories.docking import BASE, ORDER_CLASS, PROPOSED, TEACHERS
from shared.operations.stories.evidence import Evidence
from shared.operations.stories.feed import Event
from shared.operations.stories.finding import Finding, listed, name_of, told_of
from shared.operations.stories.s1 import Told
from shared.operations.stories.telling import DELIVERED, everybody_was_told, nothing_set_aside, say, was_told

QUICKLY: Final = 3.0
"""Seconds from the posting of the need until its matches are there."""
HAPPENED: Final[Mapping[str, int]] = {
    "partnership.need.posted": 1,
    "talent.match.proposed": sum(PROPOSED.values()),
    "partnership.match.accepted": 6,
    "partnership.match.confirmed": 6,
    "partnership.agreement.signature_requested": 4,
    "partnership.agreement.signed": 4,
    "partnership.agreement.activated": 4,
    "partnership.need.contracted": 3,
    "training.base.planned": 1,
    "training.cohort.planned": 1,
    "training.base.enterprise_confirmed": 1,
    "training.base.opened": 1,
    "partnership.need.fulfilled": 2,
    "training.cohort.formed": 1,
    "training.cohort.started": 1,
    "training.practice.approved": 1,
    "training.practice.started": 1,
    "training.practice.completed": 1,
    "training.practice.verified": 1,
    "training.obligation.fulfilled": 2,
    "training.outcome.registered": 2,
    "training.outcome.recognised": 1,
    "training.credit.converted": 1,
}
"""How often each event is published in the story; notify's own are as many as there are notifications."""


def find(story: Told, evidence: Evidence) -> list[Finding]:
    """Everything that S1 asserts."""
    return [
        *_of_the_business(evidence),
        *_of_the_events(story.docking.need, evidence),
        *_of_the_notifications(story, evidence),
        nothing_set_aside(evidence.set_aside),
        _quickly(story.docking.seconds),
    ]


def _of_the_business(evidence: Evidence) -> Iterator[Finding]:
    statuses = evidence.obligations
    both = len(statuses) == 2 and set(statuses.values()) == {"fulfilled"}
    yield Finding("both obligations of the teacher are fulfilled", both, told_of(statuses))
    filled = {line["line_no"]: line["headcount_filled"] for line in evidence.need["lines"]}
    wanted = {ORDER_CLASS: 12, BASE: 1, TEACHERS: 1}
    yield Finding("headcount filled is 12, 1 and 1", filled == wanted, ", ".join(map(str, filled.values())))
    entries = [entry["half_credits"] for entry in evidence.statement["entries"]]
    balance = evidence.statement["account"]["balance"]
    sums = sum(entries) == balance == HALF_CREDITS
    yield Finding("the ledger's sum is the balance: 4.0 credits", sums, f"{sum(entries) / 2} and {balance / 2}")


def _of_the_events(need: str, evidence: Evidence) -> Iterator[Finding]:
    counts = Counter(name_of(event) for event in evidence.events if event["type"] != DELIVERED)
    differs = {
        name: f"{counts[name]} instead of {HAPPENED.get(name, 0)}"
        for name in sorted({*counts, *HAPPENED})
        if counts[name] != HAPPENED.get(name, 0)
    }
    found = told_of(differs) or f"{sum(counts.values())} events of {len(counts)} types"
    yield Finding("every event of the story happened, as often as it says", not differs, found)
    strays = list(_strays(need, evidence))
    found = listed(strays) or f"{len(evidence.events)} events carry {need}"
    yield Finding("all events of the story share its correlation id", not strays, found)
    unmarked = [name_of(event) for event in evidence.events if event.get("test") is not True]
    found = listed(unmarked) or f"{len(evidence.events)} marked"
    yield Finding("every event is marked as a demonstration", not unmarked, found)


def _strays(need: str, evidence: Evidence) -> Iterator[str]:
    """Events that were caused by the story, or are about a thing of it since it began, under another id.

    What was told of that thing before may arrive later than the story begins, and what is older than the story may be
    acted on late: an offer of the seed whose state came behind its event is then held against the story's need.
    """
    if not evidence.events:
        return
    ids = {event["id"] for event in evidence.events}
    subjects = {event["subject"] for event in evidence.events}
    begun = min(map(_happened, evidence.events))
    for event in evidence.around:
        about = event["subject"] in subjects and _happened(event) >= begun
        about = about and not _is_older(event["correlationid"], begun)
        if event["correlationid"] != need and (event.get("causationid") in ids or about):
            yield f"{name_of(event)} {event['correlationid']}"


def _is_older(id: str, moment: datetime) -> bool:
    """Whether a thing was there before: its id says when it was made."""
    try:
        return ULID.from_str(id.rpartition("_")[2]).datetime < moment
    except ValueError:
        return False


def _happened(event: Event) -> datetime:
    return datetime.fromisoformat(event["time"])


def _of_the_notifications(story: Told, evidence: Evidence) -> Iterator[Finding]:
    told = evidence.told
    yield from everybody_was_told(evidence.rest)
    doubled = [say(key) for key, number in evidence.inboxes.items() if number > 1]
    lost = [say(key) for key in told if key not in evidence.inboxes]
    found = listed([*doubled, *lost]) or f"{len(evidence.inboxes)} in the inboxes"
    yield Finding(
        "the parties' inboxes hold exactly these", not doubled and evidence.inboxes.keys() == told.keys(), found
    )
    yield Finding("the live streams bring them too", all(evidence.streamed.values()), told_of(evidence.streamed))
    unheard = [f"{template} to {party}" for template, party in _at_least(story) if not was_told(told, template, party)]
    yield Finding("everybody whom the story names was told", not unheard, listed(unheard) or "all of them")


def _at_least(story: Told) -> Iterator[tuple[str, str]]:
    """Who must have heard of what, whatever the table of notify says."""
    cast = story.cast
    university, enterprise = cast.university, cast.enterprise
    administrator = f"role:enterprise_admin@{enterprise}"
    cooperation, operator = f"role:university_coop_office@{university}", f"role:base_operator@{university}"
    yield "need_posted", administrator
    for party in (administrator, cooperation, operator, f"role:university_hr@{university}"):
        yield "match_proposed", party
    for template in ("signature_requested", "agreement_signed"):
        yield template, administrator
        yield template, cooperation
    yield "base_opened", operator
    yield "obligation_fulfilled", f"person:{cast.teachers[0]}"
    yield "credit_converted", f"person:{cast.students[0]}"


def _quickly(seconds: float | None) -> Finding:
    sentence = f"the matches are there within {QUICKLY:g} s of the need"
    if seconds is None:
        return Finding(sentence, None, "not seen: the run was interrupted in between")
    return Finding(sentence, seconds < QUICKLY, f"{seconds:.2f} s")
