"""What tests of training may ask for. Whatever they decide on the way must come out the same from what was kept."""

import json
from collections.abc import Iterator

import pytest

from services.training.domain.rule_catalogue import TRIALS
from shared.kernel.working_days import LawfulCalendar
from shared.rules import Decision
from shared.rules.rejudging import Judge
from tests.fakes import MemoryStore
from tests.unit.training.college import RULEBOOK, College

JUDGE = Judge(RULEBOOK, {trial.shape.id: trial for trial in TRIALS}, LawfulCalendar())


@pytest.fixture
def college() -> Iterator[College]:
    """A college; at its end every decision that it kept is judged again."""
    made = College()
    yield made
    assert not_reproduced(made.store) == []


def not_reproduced(store: MemoryStore) -> list[str]:
    """Findings of which something else comes out of the kept inputs, or nothing at all."""
    kept = (Decision.from_json(json.dumps(row["body"])) for changes in store.changes for row in changes.decisions)
    judged = [finding for decision in kept for finding in JUDGE.as_then(decision)]
    return [f"{one.kept.rule}: {one.reason or one.again}" for one in judged if not one.same]
