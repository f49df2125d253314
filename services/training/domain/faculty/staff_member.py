"""Teachers as the share of the dual-qualified is counted by: what they teach, where, and what was granted them."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.ratio import RatioFacts, RecognisedFrom, TeacherFact
from services.training.domain.teacher import TeacherKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedLevel:
    """A recognition that was granted, and its level."""

    level: Level
    validity: RecognisedFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """An active teacher of a university, by reference."""

    teacher_id: str
    kind: TeacherKind
    full_time: bool
    programme_ids: tuple[str, ...]
    granted: tuple[GrantedLevel, ...]

    def highest(self, on: date) -> GrantedLevel | None:
        """The highest level in force on a day, and of those the one that lasts longest."""
        order = tuple(Level)
        held = [each for each in self.granted if each.validity.holds(on)]
        return max(held, key=lambda each: (order.index(each.level), each.validity.ends_on), default=None)

    @property
    def fact(self) -> TeacherFact:
        """The teacher as the rule is asked."""
        recognitions = tuple(each.validity for each in self.granted)
        return TeacherFact(kind=self.kind, full_time=self.full_time, recognitions=recognitions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The active teachers of one university, which lies in a region."""

    university_id: str
    region_code: str
    members: tuple[StaffMember, ...]

    @property
    def programme_ids(self) -> tuple[str, ...]:
        """Every programme that somebody teaches in."""
        return tuple(sorted({id for member in self.members for id in member.programme_ids}))

    def of(self, programme_id: str | None) -> tuple[StaffMember, ...]:
        """Those of one programme, or all where none is named."""
        return tuple(each for each in self.members if programme_id is None or programme_id in each.programme_ids)

    def facts(self, programme_id: str | None = None) -> RatioFacts:
        """The teachers of one programme, or all of them, as the rule is asked. Who teaches in two counts in both."""
        return RatioFacts(teachers=tuple(member.fact for member in self.of(programme_id)))
