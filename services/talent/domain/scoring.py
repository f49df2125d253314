"""How well a candidate meets a line: five explained parts that add up to a score of at most 100.

Every part is a share from 0 to 1 times its weight, in whole hundredths of a point, so that the parts add up exactly.
"""

import math
from dataclasses import dataclass
from typing import Self

from services.talent.domain.candidate import Candidate
from services.talent.domain.filters import LEARNING, Meeting, overlap_days, refusals
from services.talent.domain.reasons import Reason
from services.talent.domain.skill import Skill, level_fit, likeness
from shared.contracts.talent import ScoreParts


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The points of the five parts, with two decimals."""

    skills: float
    capacity: float
    distance: float
    record: float
    time: float

    @property
    def score(self) -> float:
        """Their sum."""
        return round(self.skills + self.capacity + self.distance + self.record + self.time, 2)

    @classmethod
    def of(cls, meeting: Meeting, covered: float) -> Self:
        """The parts of one meeting in which this share of the skills is covered."""
        weights = meeting.measure.weights
        return cls(
            skills=_points(weights.skills, covered),
            capacity=_points(weights.capacity, capacity_share(meeting)),
            distance=_points(weights.distance, distance_share(meeting)),
            record=_points(weights.record, meeting.contender.record.share(meeting.measure)),
            time=_points(weights.time, time_share(meeting)),
        )

    def told(self) -> ScoreParts:
        """The parts as an event tells them."""
        return ScoreParts(
            skills=self.skills, capacity=self.capacity, distance=self.distance, record=self.record, time=self.time
        )


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate that could meet the line."""

    meeting: Meeting
    parts: Parts
    missing: tuple[str, ...]

    @property
    def candidate(self) -> Candidate:
        """Who it is."""
        return self.meeting.contender.candidate

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return self.parts.score


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that could not, and every reason why."""

    candidate: Candidate
    reasons: tuple[Reason, ...]


def assess(meeting: Meeting) -> Scored | Rejected:
    """Filter first, then score, then leave out what covers too little or scores too low."""
    candidate = meeting.contender.candidate
    if reasons := refusals(meeting):
        return Rejected(candidate, reasons)
    covered = skills_share(meeting)
    if meeting.terms.skills and covered < meeting.measure.limits.least_skills:
        return Rejected(candidate, (Reason.SKILLS,))
    scored = Scored(meeting, Parts.of(meeting, covered), missing_skills(meeting))
    if scored.score < meeting.measure.limits.least_score:
        return Rejected(candidate, (Reason.SCORE,))
    return scored


def skills_share(meeting: Meeting) -> float:
    """How much of the skills asked for is covered, by weight: for each the best that the candidate has."""
    asked = meeting.terms.skills
    if not asked:
        return meeting.measure.unstated
    covered = sum(skill.weight * _best(meeting, skill) for skill in asked)
    return covered / sum(skill.weight for skill in asked)


def missing_skills(meeting: Meeting) -> tuple[str, ...]:
    """The codes of the skills asked for that the candidate does not have by that very code."""
    held = {skill.code for skill in meeting.contender.skills}
    return tuple(skill.code for skill in meeting.terms.skills if skill.code not in held)


def room(meeting: Meeting) -> int | None:
    """For how many of the line's headcount there is room at best; None where nobody stated it."""
    contender = meeting.contender
    if contender.candidate.kind == "teacher":
        # One teacher takes one of the posts, and that is all that is asked of one.
        return meeting.line.headcount
    return max((offer.capacity for offer in contender.offers), default=contender.candidate.capacity)


def capacity_share(meeting: Meeting) -> float:
    """How much of the headcount there is room for."""
    there = room(meeting)
    return meeting.measure.unstated if there is None else min(1.0, there / meeting.line.headcount)


def distance_share(meeting: Meeting) -> float:
    """`exp(-km / scale)`: nearly all of it in the same town, little of it a hundred kilometres away."""
    if meeting.km is None:
        return meeting.measure.unstated
    return math.exp(-meeting.km / meeting.measure.scale_km)


def time_share(meeting: Meeting) -> float:
    """How much of the need's time the candidate is offered; among teachers, who still owes practice comes first."""
    if meeting.line.kind in LEARNING:
        return 1.0 if meeting.contender.owing else meeting.measure.settled_teacher
    days = overlap_days(meeting)
    if days is None:
        return meeting.measure.unstated
    return days / ((meeting.terms.ends_on - meeting.terms.starts_on).days + 1)


def _best(meeting: Meeting, asked: Skill) -> float:
    measure, level = meeting.measure, asked.level or meeting.terms.skill_level
    best = 0.0
    for held in meeting.contender.skills:
        # A level lifts nothing that is not alike: most skills are done with here.
        if (alike := likeness(asked, held, measure.likeness)) > best:
            best = max(best, alike * level_fit(level, held.level, measure))
    return best


def _points(weight: int, share: float) -> float:
    return round(weight * share * 100) / 100
