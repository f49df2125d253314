"""What is said of an event that was set aside: what is wrong with it, never what it held."""

import pytest
from sqlalchemy.exc import IntegrityError

from shared.contracts.partnership import NeedWithdrawn
from shared.messaging.dead_letters import cause_of


def test_a_validators_cause_names_the_field_and_not_its_content() -> None:
    with pytest.raises(ValueError, match="validation error") as refused:
        NeedWithdrawn.read(b'{"need_id": "Li Wei", "organization_id": "org_01K5A7Z3N4Q6R8S9T0V1W2X3Y4", "reason": "x"}')

    assert cause_of(refused.value).startswith("need_id: String should match pattern")
    assert "Li Wei" not in cause_of(refused.value)


def test_a_databases_cause_ends_before_it_quotes_the_row() -> None:
    quoted = Exception('new row violates check constraint "c"\nDETAIL:  Failing row contains (Li Wei, 13800000000).')
    refused = IntegrityError("INSERT", None, quoted, hide_parameters=True)

    assert "check constraint" in cause_of(refused)
    assert "Li Wei" not in cause_of(refused)


def test_a_cause_without_words_is_named_by_its_kind() -> None:
    assert cause_of(KeyError()) == "KeyError"
