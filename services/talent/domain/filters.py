"""The hard filters: who cannot meet a line at all, with every reason why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.talent.domain.demand import Demand, DemandLine, Terms
from services.talent.domain.measure import Measure
from services.talent.domain.pool import NATURAL, Contender
from services.talent.domain.reasons import Reason
from services.talent.domain.regions import kilometres, same_region
from services.talent.domain.skill import Skill, grade

LEARNING: Final = frozenset({"teacher_practice_posts"})
"""Lines whose candidates come to learn: what they cannot do yet does not exclude them."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contender held against a line. `km` is the distance, None where one of the places is not known."""

    demand: Demand
    line: DemandLine
    contender: Contender
    measure: Measure
    km: float | None

    @property
    def terms(self) -> Terms:
        """What is asked for."""
        return self.demand.terms


def meet(demand: Demand, line: DemandLine, contender: Contender, measure: Measure) -> Meeting:
    """Hold a contender against a line."""
    here, there = demand.terms.place, contender.place
    return Meeting(demand, line, contender, measure, kilometres(here, there) if here and there else None)


def refusals(meeting: Meeting) -> tuple[Reason, ...]:
    """Every reason why the contender cannot meet the line; none for one that is worth a score."""
    return tuple(reason for reason, applies in _FILTERS if applies(meeting))


def overlap_days(meeting: Meeting) -> int | None:
    """On how many days of the need the contender is offered at best; None where no dates are stated."""
    terms = meeting.terms
    return max((_shared(offer.starts_on, offer.ends_on, terms) for offer in meeting.contender.offers), default=None)


def _shared(starts_on: date, ends_on: date, terms: Terms) -> int:
    return max(0, (min(ends_on, terms.ends_on) - max(starts_on, terms.starts_on)).days + 1)


def _organization_unknown(meeting: Meeting) -> bool:
    return meeting.contender.organization is None


def _organization_suspended(meeting: Meeting) -> bool:
    organization = meeting.contender.organization
    return organization is not None and organization.status == "suspended"


def _own_offer(meeting: Meeting) -> bool:
    return meeting.contender.candidate.organization_id == meeting.demand.organization_id


def _not_named(meeting: Meeting) -> bool:
    named = meeting.terms.named_organization_ids
    return meeting.terms.named_only and meeting.contender.candidate.organization_id not in named


def _not_offered(meeting: Meeting) -> bool:
    return meeting.line.kind not in NATURAL and not meeting.contender.offers


def _not_open(meeting: Meeting) -> bool:
    return not meeting.contender.candidate.available


def _operator_kind(meeting: Meeting) -> bool:
    organization = meeting.contender.organization
    building = meeting.line.kind == "co_build_base"
    return building and organization is not None and organization.kind != "university"


def _base_scope(meeting: Meeting) -> bool:
    candidate = meeting.contender.candidate
    return candidate.open_scope == "own" and meeting.demand.organization_id not in candidate.enterprise_ids


def _teacher_kind(meeting: Meeting) -> bool:
    kind = meeting.contender.candidate.teacher_kind
    return kind is not None and kind != "professional_course"


def _region(meeting: Meeting) -> bool:
    return not _near(meeting) and meeting.km is not None


def _place_unknown(meeting: Meeting) -> bool:
    return not _near(meeting) and meeting.km is None


def _near(meeting: Meeting) -> bool:
    if same_region(meeting.terms.region_code, meeting.contender.candidate.region_code):
        return True
    return meeting.km is not None and meeting.km <= meeting.measure.limits.farthest_km


def _dates(meeting: Meeting) -> bool:
    return overlap_days(meeting) == 0


def _level(meeting: Meeting) -> bool:
    wanted = grade(meeting.terms.skill_level)
    stated = [there for skill in meeting.contender.skills if (there := grade(skill.level)) is not None]
    return _must_be_able(meeting) and wanted is not None and bool(stated) and max(stated) < wanted


def _must_skills(meeting: Meeting) -> bool:
    musts = [skill for skill in meeting.terms.skills if skill.must]
    return _must_be_able(meeting) and not all(_holds(meeting, skill) for skill in musts)


def _must_be_able(meeting: Meeting) -> bool:
    return meeting.line.kind not in LEARNING


def _holds(meeting: Meeting, asked: Skill) -> bool:
    wanted = grade(asked.level or meeting.terms.skill_level) or 0
    levels = [grade(held.level) for held in meeting.contender.skills if held.code == asked.code]
    return any(there is None or there >= wanted for there in levels)


_FILTERS: Final[tuple[tuple[Reason, Callable[[Meeting], bool]], ...]] = (
    (Reason.ORGANIZATION_UNKNOWN, _organization_unknown),
    (Reason.ORGANIZATION_SUSPENDED, _organization_suspended),
    (Reason.OWN_OFFER, _own_offer),
    (Reason.NOT_NAMED, _not_named),
    (Reason.NOT_OFFERED, _not_offered),
    (Reason.NOT_OPEN, _not_open),
    (Reason.OPERATOR_KIND, _operator_kind),
    (Reason.BASE_SCOPE, _base_scope),
    (Reason.TEACHER_KIND, _teacher_kind),
    (Reason.REGION, _region),
    (Reason.PLACE_UNKNOWN, _place_unknown),
    (Reason.DATES, _dates),
    (Reason.LEVEL, _level),
    (Reason.MUST_SKILLS, _must_skills),
)
