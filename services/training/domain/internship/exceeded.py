"""Which caps on interns a unit exceeds because it has fewer employees than before."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from services.training.domain.directory import Stated, employees_at
from services.training.domain.internship.quota_board import Present
from services.training.domain.internship.rules.occupancy import peak
from services.training.domain.internship.rules.quota import cap_of
from services.training.domain.internship.rules.quota_calendar import PostKind
from shared.contracts.training import ExceededCap
from shared.rules import Rule
from shared.rules.fact_types import DaySpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcounts:
    """How many people a unit employs, in all and on kinds of post; what it has not stated limits nothing here."""

    total: int | None
    on_post: Collection[Stated]


def exceeded_caps(
    present: Collection[Present], headcounts: Headcounts, *, first: date, unit_rule: Rule, post_rule: Rule
) -> tuple[ExceededCap, ...]:
    """The caps of INT-03 and INT-04 that are exceeded on some day from `first` on."""
    to_come = [each for each in present if each.ends_on >= first]
    judged = _exceeded(to_come, headcounts, first=first, unit_rule=unit_rule, post_rule=post_rule)
    return tuple(cap for cap in judged if cap is not None)


def _exceeded(
    present: Collection[Present], headcounts: Headcounts, *, first: date, unit_rule: Rule, post_rule: Rule
) -> Iterator[ExceededCap | None]:
    yield _over(None, present, headcounts.total, first, unit_rule)
    by_kind: defaultdict[PostKind, list[Present]] = defaultdict(list)
    for each in present:
        by_kind[PostKind(each.occupation_code, each.site)].append(each)
    for kind, there in sorted(by_kind.items()):
        yield _over(kind, there, employees_at(headcounts.on_post, *kind), first, post_rule)


def _over(
    kind: PostKind | None, present: Collection[Present], employees: int | None, first: date, rule: Rule
) -> ExceededCap | None:
    if employees is None or not present:
        return None
    days = DaySpan(starts_on=first, ends_on=max(each.ends_on for each in present))
    busiest, cap = peak(present, [days]), cap_of(employees, rule)
    if busiest is None or busiest.count <= cap:
        return None
    return ExceededCap(
        rule_id=rule.id,
        occupation_code=kind.occupation_code if kind else None,
        site=kind.site if kind else None,
        exceeded_on=busiest.starts_on,
        interns=busiest.count,
        cap=cap,
    )
