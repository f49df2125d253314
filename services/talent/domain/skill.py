"""Skills as they are asked for and held: how alike two of them are, and whether the level suffices.

A taxonomy is read from the codes themselves. In a code with separators the last dot or hyphen ends the parent
(`6-31-01-03` lies under `6-31-01`); of a code of four or more digits the last two are its number (`460301` lies under
`4603`); a code with a slash or a colon is an address, and addresses have no parent.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from services.talent.domain.measure import Likeness, Measure
from shared.contracts import partnership

GRADES: Final[Mapping[str | None, int]] = {
    "apprentice": 0,
    "junior": 1,
    "intermediate": 2,
    "senior": 3,
    "technician": 4,
    "senior_technician": 5,
    "special_grade": 6,
    "chief": 7,
}
"""The eight grades of skilled workers, lowest first."""
_GRAMS: Final = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that is asked for or held. `weight` and `must` mean something only where it is asked for."""

    code: str
    name: str | None = None
    level: str | None = None
    weight: int = 1
    must: bool = False

    @classmethod
    def of(cls, told: partnership.Skill) -> Self:
        """The skill that an event tells of."""
        return cls(told.code, told.name, told.level, told.weight, told.must)

    def told(self) -> partnership.Skill:
        """The skill as an event tells of it."""
        return partnership.Skill(code=self.code, name=self.name, level=self.level, weight=self.weight, must=self.must)


def skills_of(told: Iterable[partnership.Skill]) -> tuple[Skill, ...]:
    """The skills that an event lists."""
    return tuple(Skill.of(skill) for skill in told)


@lru_cache(maxsize=20_000)
def parent_of(code: str) -> str | None:
    """The code one step up in the taxonomy, or None at its top."""
    if "/" in code or ":" in code:
        return None
    cut = max(code.rfind("."), code.rfind("-"))
    if cut > 0:
        return code[:cut]
    return code[:-2] if code.isdigit() and len(code) >= 4 else None


def related(one: str, other: str) -> bool:
    """Whether two codes have the same parent, or one is the other's parent."""
    above_one, above_other = parent_of(one), parent_of(other)
    if above_one is None and above_other is None:
        return False
    return above_one in {above_other, other} or above_other == one


def likeness(asked: Skill, held: Skill, numbers: Likeness) -> float:
    """How alike two skills are, from 0 to 1: the same code, the same parent, or else names that read alike."""
    if asked.code == held.code:
        return 1.0
    if related(asked.code, held.code):
        return numbers.same_parent
    if not asked.name or not held.name:
        return 0.0
    alike = text_likeness(asked.name, held.name)
    return alike * numbers.text if alike >= numbers.least_text else 0.0


def grade(level: str | None) -> int | None:
    """How high a level stands, 0 for the lowest; None where it is not stated or not known here."""
    return GRADES.get(level)


def level_fit(asked: str | None, held: str | None, measure: Measure) -> float:
    """How far the level held meets the level asked, from 0 to 1: all of it, or less for each grade that is missing."""
    wanted, there = grade(asked), grade(held)
    if wanted is None:
        return 1.0
    if there is None:
        return measure.unstated
    return max(0.0, 1.0 - max(0, wanted - there) * measure.likeness.per_grade)


@lru_cache(maxsize=20_000)
def text_likeness(one: str, other: str) -> float:
    """The cosine of the character 3- to 5-grams of two names, from 0 to 1; works for Chinese without a tokenizer."""
    left, right = grams(one), grams(other)
    shared = sum(count * right[gram] for gram, count in left.items() if gram in right)
    return min(1.0, shared / (_length(left) * _length(right))) if shared else 0.0


@lru_cache(maxsize=5_000)
def grams(name: str) -> Mapping[str, int]:
    """How often each run of 3, 4 or 5 characters occurs, with a blank before and after so that two letters count."""
    text = f" {' '.join(unicodedata.normalize('NFKC', name).casefold().split())} "
    return Counter(text[at : at + size] for size in _GRAMS for at in range(len(text) - size + 1))


def _length(counts: Mapping[str, int]) -> float:
    return math.sqrt(sum(count * count for count in counts.values()))
