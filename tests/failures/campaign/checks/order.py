"""Order: what was told of one subject lies in one log, in the order of its versions, and a version has one fact."""

from collections import defaultdict

from tests.failures.campaign.evidence import Fact, Told
from tests.failures.campaign.harm import Harm

Subject = tuple[str, str]


def check_order(told: Told, harm: Harm) -> None:
    """Repeats were dropped by id when the facts were read."""
    by_subject: dict[Subject, list[Fact]] = defaultdict(list)
    for fact in told.facts.values():
        by_subject[(fact.source, fact.subject)].append(fact)
    harm.each("reordered", told.backwards)
    for (_, subject), facts in by_subject.items():
        _in_order(subject, facts, harm)
        _in_one_place(subject, facts, harm)
        _once_a_version(subject, facts, harm)


def _in_order(subject: str, facts: list[Fact], harm: Harm) -> None:
    highest = 0
    for fact in facts:
        if fact.sequence < highest:
            harm.found("reordered", f"{fact.type} {subject}: version {fact.sequence} came after {highest}")
        highest = max(highest, fact.sequence)


def _in_one_place(subject: str, facts: list[Fact], harm: Harm) -> None:
    places = {fact.place for fact in facts}
    harm.found("reordered", f"{subject} was told of in {len(places)} places", len(places) - 1)


def _once_a_version(subject: str, facts: list[Fact], harm: Harm) -> None:
    seen: dict[int, str] = {}
    for fact in facts:
        if fact.sequence in seen:
            harm.found("doubled", f"{subject}: version {fact.sequence} has {fact.id} and {seen[fact.sequence]}")
        seen[fact.sequence] = fact.id
