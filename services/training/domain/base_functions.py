"""What a comprehensive training base is for (BAS-02)."""

from typing import Final

from shared.rules import Facts, Finding, Rule, RuleShape, Trial, tried_alone
from shared.rules.fact_types import Name

BAS_02: Final = RuleShape("BAS-02", params={"functions": tuple}, cases=("partial",))


class FunctionsFacts(Facts):
    """What BAS-02 is judged by: the functions that a base declares."""

    functions: tuple[Name, ...]


def is_comprehensive(facts: FunctionsFacts, rule: Rule) -> Finding:
    """BAS-02: a base unites construction, training teaching and production service; else it is a partial one."""
    wanted = rule.names("functions")
    missing = ", ".join(function for function in wanted if function not in facts.functions)
    return rule.fails("partial", actual=missing, limit=", ".join(wanted)) if missing else rule.passes()


TRIALS: Final[tuple[Trial, ...]] = (tried_alone(BAS_02, FunctionsFacts, is_comprehensive),)
