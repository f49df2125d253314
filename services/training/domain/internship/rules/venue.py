"""Where interns may not be sent (INT-10), what work is too hard (INT-12), and which bases count as units (INT-23)."""

from collections.abc import Iterator
from typing import Final

from services.training.domain.internship.rules.facts import BaseFacts, StrainFacts, VenueFacts
from services.training.domain.internship.rules.weighing import gravest, listed
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_10: Final = RuleShape("INT-10", params={"barred_venues": tuple}, cases=("venue",), facts=("venue_kind",))
INT_12: Final = RuleShape(
    "INT-12",
    params={"labour_grade_most": int, "harmful": tuple},
    cases=("labour_grade", "harmful"),
    facts=("labour_grade", "hazards"),
)
INT_23: Final = RuleShape(
    "INT-23", params={"base_kinds": tuple}, cases=("no_organisation",), facts=("run_by_organisation",)
)


class VenueKindFacts(Facts):
    """What INT-10 is judged by."""

    venue: VenueFacts = VenueFacts()


class HardWorkFacts(Facts):
    """What INT-12 is judged by."""

    strain: StrainFacts = StrainFacts()


class BaseAsUnitFacts(Facts):
    """What INT-23 is judged by; `base` is None where the internship is at no training base."""

    base: BaseFacts | None = None


def no_barred_venue(facts: VenueKindFacts, asked: Asked) -> Finding:
    """INT-10: no bars, night clubs, karaoke, bath houses, video-game halls, internet cafés."""
    rule, kind = asked.rule(INT_10.id), facts.venue.venue_kind
    if kind is None:
        return rule.unknown("venue_kind")
    return rule.fails("venue", actual=kind) if kind in rule.names("barred_venues") else rule.passes(actual=kind)


def no_hard_work(facts: HardWorkFacts, asked: Asked) -> Finding:
    """INT-12: physical work below grade III, and nothing else that harms body or mind."""
    rule = asked.rule(INT_12.id)
    return gravest(rule, _too_hard(facts.strain, rule))


def _too_hard(strain: StrainFacts, rule: Rule) -> Iterator[Finding]:
    most = rule.number("labour_grade_most")
    if strain.labour_grade is None:
        yield rule.unknown("labour_grade")
    elif strain.labour_grade > most:
        yield rule.fails("labour_grade", actual=strain.labour_grade, limit=most)
    if strain.hazards is None:
        yield rule.unknown("hazards")
    elif harmful := [hazard for hazard in strain.hazards if hazard in rule.names("harmful")]:
        yield rule.fails("harmful", actual=listed(harmful))


def base_as_unit(facts: BaseAsUnitFacts, asked: Asked) -> Finding:
    """INT-23: a base on campus or in a park is a unit for internships if an organisation runs it."""
    rule, base = asked.rule(INT_23.id), facts.base
    if base is None or base.base_kind not in rule.names("base_kinds"):
        return rule.passes()
    if base.run_by_organisation is None:
        return rule.unknown("run_by_organisation")
    return rule.passes(actual=base.base_kind) if base.run_by_organisation else rule.fails("no_organisation")


TRIALS: Final = (
    Trial(INT_10, VenueKindFacts, no_barred_venue),
    Trial(INT_12, HardWorkFacts, no_hard_work),
    Trial(INT_23, BaseAsUnitFacts, base_as_unit),
)
