"""The acceptance pack of a base: what it is, who stands behind it, what rules and papers say, and what is open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.training.domain.acceptance.case import AcceptanceCase, RuleSaid
from services.training.domain.acceptance.holes import holes_of, is_complete
from services.training.domain.acceptance.pack_parts import (
    Applied,
    PackAgreement,
    PackBase,
    PackHole,
    PackPaper,
    PackParty,
    PackPosts,
    PackRule,
)
from services.training.domain.cohort import CohortStatus
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.internship.placement_status import PlacementStatus
from shared.documents.checklist import Line
from shared.errors import State
from shared.words import Word, word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptancePack:
    """All that a committee looks at, as it stands on a day. As a paper it is the same in both languages."""

    kind: ClassVar[str] = "acceptance_pack"
    code: ClassVar[str] = "ACP"
    title_zh: ClassVar[str] = "实训基地验收资料汇编"
    title_en: ClassVar[str] = "Acceptance Pack of a Training Base"
    reference: str
    on: date
    complete: bool
    base: PackBase
    parties: tuple[PackParty, ...]
    agreement: PackAgreement | None
    rules: tuple[PackRule, ...]
    papers: tuple[PackPaper, ...]
    posts: PackPosts
    applied: Applied
    holes: tuple[PackHole, ...]

    @classmethod
    def of(cls, case: AcceptanceCase, rules: Sequence[RuleSaid], papers: Sequence[Line], *, on: date) -> Self:
        """The pack of a base with what its rules say and how it stands with its papers."""
        holes = holes_of(case, rules, papers)
        return cls(
            reference=case.base.id,
            on=on,
            complete=is_complete(holes),
            base=PackBase.of(case.base),
            parties=tuple(_parties(case)),
            agreement=PackAgreement.of(case.base.agreement_id, case.agreement) if case.base.agreement_id else None,
            rules=tuple(PackRule.of(each) for each in rules),
            papers=tuple(PackPaper.of(line) for line in papers),
            posts=PackPosts.of(case.offered),
            applied=_applied(case),
            holes=tuple(map(PackHole.of, holes)),
        )


def _parties(case: AcceptanceCase) -> Iterator[PackParty]:
    base = case.base
    for id in dict.fromkeys((base.operator_id, *base.party_ids, *base.invited_ids)):
        known = case.organizations.get(id)
        yield PackParty(
            organization_id=id,
            name=known.name_zh if known else None,
            industry_code=known.industry_code if known else None,
            operates=id == base.operator_id,
            invited=id in base.invited_ids,
            confirmed=id in base.enterprise_ids,
            confirmed_on=case.confirmed_on(id) if id in base.enterprise_ids else None,
        )


def _applied(case: AcceptanceCase) -> Applied:
    use = case.use
    return Applied(
        placements=_counted(PlacementStatus, use.placements),
        cohorts=_counted(CohortStatus, use.cohorts),
        trainees=use.trainees,
        practices=_counted(PracticeStatus, use.practices),
        verified_days=use.verified_days,
    )


def _counted(states: type[State], counts: Mapping[str, int]) -> tuple[tuple[Word, int], ...]:
    """How many there are of each status, in the order of the steps."""
    return tuple((word_of(states, status.value), counts[status]) for status in states if counts.get(status))
