"""What must hold after story S4."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.finding import Finding, listed, name_of, told_of
from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.paperwork.signing import Signed
from shared.operations.stories.teller import Teller
from shared.operations.stories.telling import Rest, everybody_was_told, nothing_set_aside, set_aside

_FACTS: Final = ("placement.planned", "placement.approved", "document.kept", "signing.requested", "signing.completed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperworkTold:
    """Story S4, told to its end.

    `planned` are the placements by student, `rest` what had been told when nothing moved any more and nobody had left
    yet, `erasure` that of the one who left.
    """

    teller: Teller
    cast: InternshipCast
    planned: Mapping[str, str]
    signed: Signed
    rest: Rest
    leaver: str
    erasure: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperworkEvidence:
    """What is there once somebody has left."""

    statuses: Mapping[str, str]
    signings: Mapping[str, str]
    papers: Sequence[Mapping[str, Any]]
    student: Mapping[str, Any]
    set_aside: Mapping[str, Sequence[str]]


async def gather(story: PaperworkTold) -> PaperworkEvidence:
    """Read what the findings are made of."""
    teller, cast = story.teller, story.cast
    placements = await teller.all(cast.cooperation, "training", "/v1/placements", university_id=cast.university)
    signings = await teller.all(cast.cooperation, "training", "/v1/signings")
    left = story.planned[story.leaver]
    student = cast.students[story.leaver]
    return PaperworkEvidence(
        statuses={placement["id"]: placement["status"] for placement in placements},
        signings={signing["about"]: signing["status"] for signing in signings},
        papers=await teller.all(cast.cooperation, "training", "/v1/documents", about=left),
        student=await teller.get(cast.academic, "training", f"/v1/students/{student}"),
        set_aside=await set_aside(teller),
    )


def find(story: PaperworkTold, evidence: PaperworkEvidence) -> list[Finding]:
    """Everything that S4 asserts."""
    return [
        *_of_the_batches(story, evidence),
        *_of_the_events(story),
        *_of_the_leaver(story, evidence),
        *everybody_was_told(story.rest),
        nothing_set_aside(evidence.set_aside),
    ]


def _of_the_batches(story: PaperworkTold, evidence: PaperworkEvidence) -> Iterator[Finding]:
    number = len(story.planned)
    approved = Counter(story.signed.approved)
    yield Finding(
        f"all {number} internships are approved by one request", approved == {"approved": number}, told_of(approved)
    )
    stand = Counter(evidence.signings.get(placement, "none") for placement in story.signed.signings)
    wanted = {"complete": number - 1, "void": 1}
    yield Finding("agreements signed by all three stand, but for that of who left", stand == wanted, told_of(stand))


def _of_the_events(story: PaperworkTold) -> Iterator[Finding]:
    counts = Counter(name_of(event).removeprefix("training.") for event in story.rest.events)
    found = {name: counts[name] for name in _FACTS}
    yield Finding("each row of each batch was told once", set(found.values()) == {len(story.planned)}, told_of(found))
    said = str(story.rest.events)
    named = [name for name in story.planned if name in said]
    yield Finding("no event names a student", not named, f"{len(story.rest.events)} events, {len(named)} names")


def _of_the_leaver(story: PaperworkTold, evidence: PaperworkEvidence) -> Iterator[Finding]:
    left = story.planned[story.leaver]
    after = Counter(evidence.statuses.values())
    wanted = {"approved": len(story.planned) - 1, "cancelled": 1}
    yield Finding("of who left the internship is called off, all others stay", after == wanted, told_of(after))
    status = evidence.statuses[left]
    yield Finding("it stays in the file, without the person", status == "cancelled", status)
    receipts = [receipt["service"] for receipt in story.erasure["receipts"] if receipt["confirmed_at"]]
    yield Finding("every service has confirmed the erasure", story.erasure["status"] == "complete", listed(receipts))
    unerased = [paper["id"] for paper in evidence.papers if paper["status"] != "erased"]
    yield Finding("the signed agreement of who left is gone", not unerased, listed(unerased) or "no paper is left")
    named = story.leaver in str(evidence.student)
    yield Finding("the register names the student no more", not named, "named" if named else "no name is left")
