"""What the rules are asked about one paper of an internship: the hours of a log (INT-13, INT-24), a payment's pay."""

from typing import Final

from services.training.domain.internship.paper_facts import payments_facts, week_log_facts
from services.training.domain.internship.payment import Payment
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_case import evidence_facts, pay_facts, schedule_facts, span_of
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.post import Post
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.facts import PeriodFacts, StrainFacts
from services.training.domain.internship.rules.pay import INT_14, INT_15
from services.training.domain.internship.rules.work_time import INT_13, INT_24

ON_HOURS: Final = frozenset({INT_13.id, INT_24.id})
"""The rules that the hours of a log are held against."""
ON_PAY: Final = frozenset({INT_14.id, INT_15.id})
"""The rules that a payment is held against."""


def hours_case(log: PlacementLog, placement: Placement, post: Post) -> PlacementCase:
    """One week's hours beside the plan of work. That the post itself is dangerous is not asked again of every log."""
    return PlacementCase(
        kind=placement.internship_kind.value,
        period=_period(placement),
        strain=StrainFacts(hazards=()),
        schedule=schedule_facts(post),
        filing=evidence_facts(placement.papers.filing),
        logs=(week_log_facts(log),),
    )


def pay_case(payment: Payment, placement: Placement, post: Post) -> PlacementCase:
    """One payment beside what was agreed."""
    return PlacementCase(
        kind=placement.internship_kind.value,
        period=_period(placement),
        pay=pay_facts(placement, post),
        payments=payments_facts([payment]),
    )


def _period(placement: Placement) -> PeriodFacts:
    return PeriodFacts(segments=tuple(span_of(segment) for segment in placement.segments))
