"""BAS-01 asked of a base: with which enterprises, under which version, and kept as a decision."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.base_rules import BAS_01, SectorFacts, base_has_its_sector
from services.training.domain.training_base import TrainingBase
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.ports import Work
from shared.rules import Decision, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorJudgement:
    """What BAS-01 says of a base today, and what it was told."""

    base: TrainingBase
    finding: Finding
    facts: SectorFacts
    on: date
    jurisdiction: str

    def decision(self, id: str, finding: Finding) -> Decision:
        """The judgement as it is kept, with the finding that counts in the end."""
        return Decision(
            id=id,
            subject=self.base.id,
            findings=(finding,),
            inputs={BAS_01.id: self.facts.model_dump(mode="json")},
            on=self.on,
            jurisdiction=self.jurisdiction,
        )


async def judge_sector(base: TrainingBase, work: Work) -> SectorJudgement:
    """Ask BAS-01, at the operator's home, about the enterprises that have confirmed."""
    on, jurisdiction = work.context.today, await jurisdiction_at(base.operator_id, work)
    known = {found.id: found.industry_code for found in await work.organizations.where(id=list(base.enterprise_ids))}
    facts = SectorFacts(
        base_codes=base.industry_codes, enterprise_codes={id: known.get(id) for id in base.enterprise_ids}
    )
    finding = base_has_its_sector(facts, work.rules.rule(BAS_01.id, on=on, jurisdiction=jurisdiction))
    return SectorJudgement(base=base, finding=finding, facts=facts, on=on, jurisdiction=jurisdiction)
