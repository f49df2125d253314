"""What events tell of a refusal fits into them, however much is wrong."""

from services.training.domain.internship.placement_facts import failure_of
from shared.contracts.training.placement import RuleFailure
from shared.rules import told_together
from shared.rules.telling import MOST_TOLD
from tests.unit.rules.packs import shipped_rule


def test_a_refusal_that_tells_of_very_much_is_cut_where_the_event_ends() -> None:
    rule = shipped_rule("training", "INT-20")
    found = [rule.fails("record", actual=f"{number} {'x' * 300}") for number in range(MOST_TOLD + 5)]

    told = RuleFailure.model_validate(failure_of(told_together(found)))

    assert (len(told.message_zh), len(told.message_en)) == (2000, 2000)
    assert told.message_en.endswith("…")
