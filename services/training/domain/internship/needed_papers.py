"""Which papers an internship needs, as its checklist shows it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.training.domain.internship.evidence import Evidence, EvidenceKind
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import Insurance
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT, PlacementStatus
from services.training.domain.internship.placement_terms import InternshipKind, Mode
from services.training.domain.internship.rules.papers import INT_05, INT_06
from shared.documents.checklist import Held, Needed

_UPON_REFUSAL = {"INT-13": EvidenceKind.FILING, "INT-25": EvidenceKind.OVERSEAS_APPROVAL}
"""What is asked for once a rule has refused for want of it."""


def papers_needed(placement: Placement, _on: date) -> tuple[Needed, ...]:
    """The papers that a placement needs until it is over; one that was called off or has ended needs none."""
    if placement.status not in BEFORE_APPROVAL | CONCURRENT:
        return ()
    return (*_signed(placement), *_proven(placement), *_granted(placement))


def _signed(placement: Placement) -> Iterator[Needed]:
    """What the sides sign (INT-05, INT-06). Consents are given by account or link, and need no paper."""
    tripartite = placement.papers.tripartite
    if placement.internship_kind is not InternshipKind.COGNITION:
        needed = _needed(
            EvidenceKind.TRIPARTITE_AGREEMENT, INT_05.id, placement, tripartite.paper if tripartite else None
        )
        asks = ("official_model",) if tripartite and tripartite.on_official_model is None else ()
        yield replace(needed, asks=asks)
    refusing = placement.judgement.refusing if placement.judgement else ()
    open_ = placement.status is PlacementStatus.PLANNED or INT_06.id in refusing
    given = () if open_ else (Held(),)
    yield Needed(kind=EvidenceKind.CONSENT, rule="INT-06", held=given)
    if placement.mode is Mode.SELF_FOUND:
        yield _needed(EvidenceKind.MEETING_DECISION, "INT-06", placement, placement.unit_approval)


def _proven(placement: Placement) -> Iterator[Needed]:
    """The insurance (INT-19), and the safety training that the start asks for."""
    insured = tuple(_insured(insurance) for insurance in placement.papers.insurance)
    yield Needed(kind=EvidenceKind.INSURANCE, rule="INT-19", until=placement.ends_on, held=insured)
    training = placement.papers.safety_training
    passed = training.paper if training and training.passed else None
    yield Needed(kind=EvidenceKind.SAFETY_TRAINING, held=_held(passed))


def _granted(placement: Placement) -> Iterator[Needed]:
    """What an authority grants: as soon as it is there, or a rule has refused without it."""
    there = {"INT-13": placement.papers.filing, "INT-25": placement.papers.overseas_approval}
    refusing = placement.judgement.refusing if placement.judgement else ()
    for rule, kind in _UPON_REFUSAL.items():
        if there[rule] is not None or rule in refusing:
            yield _needed(kind, rule, placement, there[rule])


def _needed(kind: EvidenceKind, rule: str, placement: Placement, paper: Evidence | None) -> Needed:
    return Needed(kind=kind, rule=rule, until=placement.ends_on, held=_held(paper))


def _held(paper: Evidence | None) -> tuple[Held, ...]:
    return (paper.held,) if paper else ()


def _insured(insurance: Insurance) -> Held:
    return replace(insurance.paper.held, valid_to=insurance.covers_to)
