"""All that a base's acceptance pack is drawn from, read at once, and what its rules say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.training.domain.agreement import Agreement
from services.training.domain.base_functions import FunctionsFacts, is_comprehensive
from services.training.domain.base_rules import BAS_01, SectorFacts, base_has_its_sector
from services.training.domain.directory import KnownOrganization, OrganizationUnknown
from services.training.domain.internship.post import Post
from services.training.domain.training_base import TrainingBase
from shared.documents.document import Document
from shared.rules import Decision, Finding, Rule, jurisdiction_of

MOST_POSTS: Final = 200
"""So many open posts are listed; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What came of a base: internships on its posts, and what else was agreed in its story, by status.

    `trainees` have a place in these cohorts, `verified_days` are those of the practices.
    """

    placements: Mapping[str, int]
    cohorts: Mapping[str, int]
    trainees: int
    practices: Mapping[str, int]
    verified_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The open posts at a base: how many there are, with how many places, and the first of them.

    `present` says how many interns are on a post that is listed on the day of the pack.
    """

    posts: int
    places: int
    listed: tuple[Post, ...]
    present: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSaid:
    """What a rule says of the base today, of which facts, and when it was last decided and kept."""

    finding: Finding
    facts: Mapping[str, Any]
    decided: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceCase:
    """A base with everything around it. `decisions` are those kept about it, the oldest first."""

    base: TrainingBase
    agreement: Agreement | None
    organizations: Mapping[str, KnownOrganization]
    decisions: tuple[Decision, ...]
    documents: tuple[Document, ...]
    offered: Offered
    use: Use

    @property
    def jurisdiction(self) -> str:
        """Where the rules are asked, at the operator's home. Raises `OrganizationUnknown`."""
        home = self.organizations.get(self.base.operator_id)
        if home is None:
            raise OrganizationUnknown
        return jurisdiction_of(home.region_code, home.id)

    def confirmed_on(self, enterprise_id: str) -> date | None:
        """The day on which an enterprise first confirmed that it takes part; None where it has not."""
        return next((each.on for each in self.decisions if enterprise_id in _judged_with(each)), None)

    def sector(self, rule: Rule) -> RuleSaid:
        """BAS-01 as it stands today, with the exception where one was accepted."""
        codes = {id: self._industry_code(id) for id in self.base.enterprise_ids}
        facts = SectorFacts(base_codes=self.base.industry_codes, enterprise_codes=codes)
        return self._said(self.base.excused(base_has_its_sector(facts, rule)), facts.model_dump(mode="json"))

    def functions(self, rule: Rule) -> RuleSaid:
        """BAS-02 as it stands today, be the base accepted already or not."""
        facts = FunctionsFacts(functions=self.base.functions)
        return self._said(is_comprehensive(facts, rule), facts.model_dump(mode="json"))

    def _said(self, finding: Finding, facts: Mapping[str, Any]) -> RuleSaid:
        kept = (each for each in reversed(self.decisions) if finding.rule in each.inputs)
        return RuleSaid(finding=finding, facts=facts, decided=next(kept, None))

    def _industry_code(self, organization_id: str) -> str | None:
        known = self.organizations.get(organization_id)
        return known.industry_code if known else None


def _judged_with(decision: Decision) -> Mapping[str, Any]:
    """The enterprises with which BAS-01 was judged then."""
    facts = decision.inputs.get(BAS_01.id)
    codes = facts.get("enterprise_codes") if isinstance(facts, Mapping) else None
    return codes if isinstance(codes, Mapping) else {}
