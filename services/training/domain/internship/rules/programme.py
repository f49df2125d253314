"""Whether the work belongs to the student's programme (INT-17)."""

from collections.abc import Iterator
from typing import Final

from services.training.domain.internship.rules.facts import StudiesFacts, TasksFacts
from services.training.domain.internship.rules.weighing import gravest, listed
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Severity, Trial

INT_17: Final = RuleShape(
    "INT-17",
    cases=("other_category", "repetitive", "typical_tasks"),
    facts=("programme_category", "post_categories", "repetitive", "typical_tasks"),
)


class MatchingWorkFacts(Facts):
    """What INT-17 is judged by."""

    studies: StudiesFacts = StudiesFacts()
    tasks: TasksFacts = TasksFacts()


def matching_work(facts: MatchingWorkFacts, asked: Asked) -> Finding:
    """INT-17: the work stays within the programme's category and is more than repetitive labour.

    That it covers typical tasks of its group of posts is asked for by a warning.
    """
    rule = asked.rule(INT_17.id)
    return gravest(rule, (*_of_category(facts, rule), *_of_tasks(facts.tasks, rule)))


def _of_category(facts: MatchingWorkFacts, rule: Rule) -> Iterator[Finding]:
    category, offered = facts.studies.programme_category, facts.tasks.programme_categories
    missing = [
        name for name, known in (("programme_category", category), ("post_categories", offered)) if known is None
    ]
    if missing:
        yield rule.unknown(*missing)
    elif offered is not None and category not in offered:
        yield rule.fails("other_category", actual=category, limit=listed(offered) or None)


def _of_tasks(tasks: TasksFacts, rule: Rule) -> Iterator[Finding]:
    if tasks.only_repetitive is None:
        yield rule.unknown("repetitive")
    elif tasks.only_repetitive:
        yield rule.fails("repetitive")
    if tasks.typical_tasks is None:
        yield rule.unknown("typical_tasks", severity=Severity.WARN)
    elif not tasks.typical_tasks:
        yield rule.fails("typical_tasks", severity=Severity.WARN)


TRIALS: Final = (Trial(INT_17, MatchingWorkFacts, matching_work),)
