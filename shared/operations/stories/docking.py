"""Steps 1 to 3: the enterprise posts a need, candidates are proposed, both sides accept."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.region import Region
from shared.operations.stories.teller import Caller, Teller

ORDER_CLASS, BASE, TEACHERS = 1, 2, 3
"""The lines of the need."""
PROPOSED: Final = {ORDER_CLASS: 3, BASE: 2, TEACHERS: 6}
"""How many candidates each line gets: all that the seed has made."""
_WATCHFUL: Final = 0.05
"""Seconds between two looks where the time until something is there is measured."""
_LOOKED_FOR: Final = (-30, 540)
_MATCHED: Final = frozenset({"matched", "contracted", "fulfilled"})
"""A run that is continued finds the need further on than it left it."""

Match = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Docking:
    """The need with its proposed and its accepted matches. `seconds` until they were there, None where unobserved."""

    need: str
    proposed: tuple[Match, ...]
    accepted: Mapping[int, tuple[str, ...]]
    seconds: float | None


def need_of(teller: Teller, region: Region) -> dict[str, Any]:
    """What the enterprise looks for, as partnership takes it."""
    need = region.need
    kinds = {"order_class": need.order_class, "co_build_base": need.bases, "teacher_practice_posts": need.teacher_posts}
    lines = [{"line_no": number, "kind": kind, "headcount": kinds[kind]} for number, kind in enumerate(kinds, start=1)]
    starts_on, ends_on = (teller.run.day(days) for days in _LOOKED_FOR)
    return {
        "lines": lines,
        "title": need.title,
        "occupation_codes": [need.occupation],
        "skills": region.skills(need.skills, need.level),
        "skill_level": need.level,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "region_code": region.organizations["enterprise"].region,
    }


async def dock(teller: Teller, region: Region, cast: Cast) -> Docking:
    """Post the need, wait for the candidates, accept a programme, a base and as many teachers as there are posts."""
    teller.step(1, "The enterprise posts a need with three lines")
    begun = time.monotonic()
    answer = await teller.send("need", cast.administrator, "partnership", "/v1/needs", need_of(teller, region))
    need = str(answer.json()["id"])
    teller.diary.note(story=need)
    teller.step(2, "talent scores, partnership keeps the proposed matches")
    proposed = await proposed_matches(teller, cast, need)
    # A run that is continued did not see when they came.
    seconds = None if "idempotent-replayed" in answer.headers else time.monotonic() - begun
    teller.step(3, "Both sides accept a programme, a base and four teachers")
    accepted = await _accept(teller, region, cast, proposed)
    await _until_matched(teller, cast, need)
    return Docking(need, proposed, accepted, seconds)


async def proposed_matches(teller: Teller, cast: Cast, need: str) -> tuple[Match, ...]:
    """The matches with candidates of this run, once they are all there."""
    found: Counter[int] = Counter()

    async def look() -> tuple[Match, ...] | None:
        listed = await teller.all(cast.administrator, "partnership", "/v1/matches", need_id=need)
        own = tuple(match for match in listed if match["candidate"]["organization_id"] == cast.university)
        found.clear()
        found.update(match["line_no"] for match in own)
        return own if found == PROPOSED else None

    what = f"matches by line: {PROPOSED}"
    return await teller.until(what, look, lambda: dict(found), longest_pause=_WATCHFUL)


async def until_line(teller: Teller, cast: Cast, need: str, line_no: int, **wanted: object) -> None:
    """Wait until a line of the need is so."""
    line: dict[str, Any] = {}

    async def look() -> bool | None:
        shown = await teller.get(cast.administrator, "partnership", f"/v1/needs/{need}")
        line.update(next(line for line in shown["lines"] if line["line_no"] == line_no))
        return True if wanted.items() <= line.items() else None

    await teller.until(f"line {line_no} of the need to have {wanted}", look, lambda: line)


async def _accept(
    teller: Teller, region: Region, cast: Cast, proposed: tuple[Match, ...]
) -> Mapping[int, tuple[str, ...]]:
    accepted: dict[int, tuple[str, ...]] = {}
    for line, office, candidates in _chosen(region, cast):
        matches = {match["candidate"]["id"]: str(match["id"]) for match in proposed if match["line_no"] == line}
        accepted[line] = tuple(matches[candidate] for candidate in candidates)
        for match in accepted[line]:
            for side, who in (("need", cast.administrator), ("candidate", office)):
                teller.say(f"{who.role} accepts {match}")
                path = f"/v1/matches/{match}/acceptances"
                await teller.post(f"accept/{match}/{side}", who, "partnership", path)
    return accepted


def _chosen(region: Region, cast: Cast) -> Iterator[tuple[int, Caller, tuple[str, ...]]]:
    """For each line: which candidates are accepted, and by whose office."""
    yield ORDER_CLASS, cast.cooperation, cast.programmes[:1]
    yield BASE, cast.operator, cast.bases[:1]
    yield TEACHERS, cast.personnel, cast.teachers[: region.need.teacher_posts]


async def _until_matched(teller: Teller, cast: Cast, need: str) -> None:
    seen: dict[str, Any] = {}

    async def look() -> bool | None:
        seen.update(await teller.get(cast.administrator, "partnership", f"/v1/needs/{need}"))
        return True if seen["status"] in _MATCHED else None

    await teller.until("the need to be matched", look, lambda: seen.get("status"))
