"""What must hold after story S2."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from shared.operations.stories.finding import Finding, listed, name_of, told_of
from shared.operations.stories.internship.evidence import InternshipEvidence, InternshipTold
from shared.operations.stories.internship.judging import POST_CAP, UNIT_CAP
from shared.operations.stories.telling import everybody_was_told, nothing_set_aside

APPROVED, BLOCKED, OVERRIDDEN = "training.placement.approved", "training.placement.blocked", "training.rule.overridden"
CAP: Final = 8
"""10 % of 85 employees."""
_PERSONAL: Final = frozenset({"INT-06", "INT-08"})
"""What these found concerns the student as a person, and is not told in events."""


def find(story: InternshipTold, evidence: InternshipEvidence) -> list[Finding]:
    """Everything that S2 asserts."""
    failures = {event["data"]["placement_id"]: event["data"]["failures"] for event in _named(evidence, BLOCKED)}
    return [
        *_of_the_caps(story, evidence, failures),
        *_of_the_wrong(story, failures),
        *_of_the_right(story, evidence),
        *_of_the_override(story, evidence),
        *_of_the_events(story, evidence),
        *everybody_was_told(evidence.rest),
        nothing_set_aside(evidence.set_aside),
    ]


def _of_the_caps(
    story: InternshipTold, evidence: InternshipEvidence, failures: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Finding]:
    judged = story.judged
    yield Finding(
        "the 8th intern of 85 employees is approved", len(judged.approved) == CAP, f"{len(judged.approved)} approved"
    )
    for placement, rule, actual, limit in (
        (judged.over_post, POST_CAP, 2, 1),
        (judged.over_unit, UNIT_CAP, CAP + 1, CAP),
    ):
        said = failures.get(placement, ())
        wanted = [(rule, str(actual), str(limit))]
        yield Finding(
            f"placement.blocked with {rule} limit {limit} actual {actual}",
            [(failure["rule_id"], failure.get("actual"), failure.get("limit")) for failure in said] == wanted,
            "; ".join(_say(failure) for failure in said) or "not blocked",
        )
    free = [stretch["free"] for stretch in evidence.quota["free"]]
    why = [f"{stretch['rule']}: {stretch['taken']} of {stretch['cap']}" for stretch in evidence.quota["free"]]
    yield Finding("the enterprise's quota says that no more are free", set(free) == {0}, listed(why))


def _of_the_wrong(story: InternshipTold, failures: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Finding]:
    for rule, placement in story.judged.wrong.items():
        said = failures.get(placement, ())
        found = "; ".join(f"{failure['rule_id']} {failure['verdict']}: {_why(failure)}" for failure in said)
        yield Finding(
            f"{_WHAT[rule]} is blocked by {rule} and nothing else",
            [failure["rule_id"] for failure in said] == [rule],
            found or "not blocked",
        )
    told = [failure for said in failures.values() for failure in said if failure["rule_id"] in _PERSONAL]
    silent = all(failure.get("actual") is None and failure.get("limit") is None for failure in told)
    yield Finding("no event tells of age or family", bool(told) and silent, f"{len(told)} failures without a value")


_WHAT: Final[Mapping[str, str]] = {
    "INT-07": "a student in the first year",
    "INT-08": "a student of 15 years",
    "INT-10": "a bar",
    "INT-14": "70 % of the wage, below the lowest grade,",
    "INT-15": "pay every 45 days",
    "INT-06": "a minor without a guardian's consent",
    "INT-13": "a night shift without a filing",
}


def _of_the_right(story: InternshipTold, evidence: InternshipEvidence) -> Iterator[Finding]:
    verdicts = {
        event["data"]["placement_id"]: {one["rule_id"]: one["verdict"] for one in event["data"]["verdicts"]}
        for event in _named(evidence, APPROVED)
    }
    low_paid = verdicts.get(story.judged.approved[1], {})
    yield Finding(
        "70 % of the wage that reaches the lowest grade passes INT-14",
        low_paid.get("INT-14") == "pass",
        low_paid.get("INT-14", "not approved"),
    )
    unknown = sorted({rule for said in verdicts.values() for rule, verdict in said.items() if verdict == "unknown"})
    yield Finding(
        "of what was approved every rule knows what it must, holidays too", not unknown, listed(unknown) or "all known"
    )


def _of_the_override(story: InternshipTold, evidence: InternshipEvidence) -> Iterator[Finding]:
    placement = story.judged.over_unit
    told = [event["data"] for event in _named(evidence, OVERRIDDEN)]
    found = told_of({one["rule_id"]: f"{one['approver_role']}, {one['reason']}" for one in told})
    right = [(one["subject_id"], one["rule_id"]) for one in told] == [(placement, UNIT_CAP)]
    yield Finding("rule.overridden tells who accepted what, and why", right, found or "nothing")
    status = evidence.statuses.get(placement, "gone")
    yield Finding("the internship with the exception is approved", status == "approved", status)
    for party, digests in (("the authority", evidence.authority), ("the alliance's office", evidence.alliance)):
        found = digests[0]["text"] if digests else "nothing"
        yield Finding(f"{party} reads of the exception in its digest", len(digests) == 1, found)


def _of_the_events(story: InternshipTold, evidence: InternshipEvidence) -> Iterator[Finding]:
    judged = story.judged
    wanted = {APPROVED: len(judged.approved) + 1, BLOCKED: len(judged.blocked), OVERRIDDEN: 1}
    counts = {name: len(_named(evidence, name)) for name in wanted}
    yield Finding("each was told once, under the agreement's story", counts == wanted, told_of(counts))
    unmarked = [name_of(event) for event in evidence.rest.events if event.get("test") is not True]
    found = listed(unmarked) or f"{len(evidence.rest.events)} marked"
    yield Finding("every event is marked as a demonstration", not unmarked, found)


def _named(evidence: InternshipEvidence, name: str) -> list[Mapping[str, Any]]:
    return [event for event in evidence.rest.events if name_of(event) == name]


def _say(failure: Mapping[str, Any]) -> str:
    return f"{failure['rule_id']} limit {failure.get('limit')} actual {failure.get('actual')}: {_why(failure)}"


def _why(failure: Mapping[str, Any]) -> str:
    return str(failure["message_zh"])
