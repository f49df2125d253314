"""Short ways to say what a test of talent is about: a region with partners, candidates and a need."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from services.talent.domain.candidate import Candidate, KnownObligation, KnownOrganization, Offer
from services.talent.domain.demand import Demand, DemandLine
from services.talent.domain.filters import Meeting, meet
from services.talent.domain.measure import Measure
from services.talent.domain.pool import Pool
from services.talent.domain.rule_catalogue import RULES
from services.talent.domain.skill import Skill
from services.talent.domain.track_record import TrackRecord
from shared.contracts import partnership
from shared.contracts.partnership import NeedAmended, NeedPosted
from shared.rules import Rulebook, load_packs

RULEBOOK = Rulebook(load_packs(files("services.talent") / "rules"), RULES)
MEASURE = Measure.of(RULEBOOK, date(2026, 9, 1), "CN/CN-SC/alliance")
NOW = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)

MAINTENANCE, WELDING, PLC = "6-31-01-03", "6-18-02-04", "460301"
ASKED = (Skill(MAINTENANCE, "设备维修", weight=2), Skill(WELDING, "焊接"), Skill(PLC, "机电一体化技术"))
HELD = (Skill(MAINTENANCE, "设备维修", "intermediate"), Skill(WELDING, "焊接", "intermediate"))


def named(prefix: str, number: int) -> str:
    """A valid id of this kind."""
    return f"{prefix}_{number:026d}"


UNIVERSITY, ENTERPRISE, OTHER = (named("org", number) for number in (1, 2, 3))
NEED = named("need", 1)


def organization(id: str = UNIVERSITY, kind: str = "university", **other: Any) -> KnownOrganization:
    values = {"region_code": "500101", "latitude": None, "longitude": None, "status": "verified", **other}
    return KnownOrganization(id=id, version=1, kind=kind, **values)


def programme(number: int = 1, **other: Any) -> Candidate:
    values = {"status": "active", "capacity": 40, "skills": HELD, "region_code": "500101", **other}
    values = {"organization_id": UNIVERSITY, **values}
    return Candidate(id=named("prog", number), version=1, kind="programme", **values)


def base(number: int = 1, **other: Any) -> Candidate:
    values = {"kind": "base", "status": "open", "open_scope": "alliance", "capacity": 10, **other}
    return replace(programme(number), id=named("base", number), **values)


def teacher(number: int = 1, **other: Any) -> Candidate:
    values = {"kind": "teacher", "teacher_kind": "professional_course", "capacity": None, **other}
    return replace(programme(number), id=named("tch", number), **values)


def offer(candidate: Candidate, kind: str, number: int = 1, **other: Any) -> Offer:
    values = {"capacity": 40, "starts_on": FIRST, "ends_on": LAST, "skills": (), "published": True, **other}
    return Offer(
        id=named("cap", number),
        version=1,
        organization_id=candidate.organization_id,
        kind=kind,
        candidate_ids=(candidate.id,),
        **values,
    )


def posted(
    lines: Sequence[tuple[str, int]] = (("order_class", 12),),
    *,
    skills: Iterable[Skill] = ASKED,
    amended: bool = False,
    **other: Any,
) -> NeedPosted | NeedAmended:
    """The event of a need with these lines (kind, headcount), or of its amendment."""
    values: dict[str, Any] = {
        "starts_on": FIRST,
        "ends_on": LAST,
        "region_code": "511702",
        "visibility": "alliance",
        "skill_level": "intermediate",
        "expires_at": datetime(2026, 12, 1, tzinfo=UTC),
        **other,
    }
    return (NeedAmended if amended else NeedPosted)(
        need_id=NEED,
        organization_id=ENTERPRISE,
        lines=[
            partnership.NeedLine(line_no=number, kind=kind, headcount=headcount)
            for number, (kind, headcount) in enumerate(lines, start=1)
        ],
        skills=[skill.told() for skill in skills],
        **values,
    )


def demand(kind: str = "order_class", headcount: int = 12, **other: Any) -> Demand:
    return Demand.of(posted([(kind, headcount)], **other), story=NEED, at=NOW)


def pool(
    *candidates: Candidate,
    organizations: Iterable[KnownOrganization] = (organization(),),
    offers: Iterable[Offer] = (),
    owing: Iterable[str] = (),
    records: Iterable[TrackRecord] = (),
) -> Pool:
    owed = [KnownObligation(id=named("obl", at), version=1, teacher_id=teacher) for at, teacher in enumerate(owing)]
    return Pool.of(candidates, organizations=organizations, offers=offers, obligations=owed, records=records)


def meeting(candidate: Candidate, need: Demand | None = None, among: Pool | None = None) -> Meeting:
    """The candidate held against the first line of the need."""
    wanted = need or demand()
    line: DemandLine = wanted.lines[0]
    return meet(wanted, line, (among or pool(candidate)).contender(candidate, line.kind), MEASURE)
