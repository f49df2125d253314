"""What is to stand for evidence that the standard names: never by years of service, always by a committee (TCH-10)."""

from typing import Final

from services.training.domain.faculty.recognition_rules.facts import CommitteeWord, EvidenceFact, Route, word_on
from shared.rules import Asked, Facts, Finding, RuleShape, Trial

TCH_10: Final = RuleShape("TCH-10", cases=("seniority",), facts=("committee",))


class EquivalenceFacts(Facts):
    """The evidence of one application, and what the committee said of it."""

    evidence: tuple[EvidenceFact, ...] = ()
    words: tuple[CommitteeWord, ...] = ()


def equivalence_is_judged(facts: EquivalenceFacts, asked: Asked) -> Finding:
    """TCH-10: nothing stands for evidence by seniority; any other equivalence or exception went to the committee.

    What the committee said is not asked here: a "no" is an answer too. Source: the national basic standard.
    """
    rule = asked.rule(TCH_10.id)
    by_years = [item for item in facts.evidence if item.seniority]
    if by_years:
        return rule.fails("seniority", actual=len(by_years), limit=0)
    routed = [item for item in facts.evidence if item.route is not Route.DIRECT and item.verified is not False]
    if any(word_on(item.evidence_id, facts.words) is None for item in routed):
        return rule.unknown("committee")
    return rule.passes(actual=len(routed))


TRIAL: Final = Trial(TCH_10, EquivalenceFacts, equivalence_is_judged)
