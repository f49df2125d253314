"""Exceptions from rules that an approver granted."""

from shared.contracts.event import Event, named
from shared.contracts.fields import Code, Name, RegionCode, Text
from shared.contracts.ids import DecisionId


@named("training.rule.overridden", key="override_id")
class RuleOverridden(Event):
    """A named approver accepted, with a reason, what a rule refuses in principle.

    `region_code` is where the rule was asked: where the base lies, or the university of an internship or recruitment.
    """

    override_id: DecisionId
    subject_id: Code
    rule_id: Code
    rule_version: Name
    approver_role: Code
    reason: Text
    region_code: RegionCode | None = None
