"""Rules for tests: any trial of the catalogue, asked as a clerk or an auditor asks it."""

from collections.abc import Mapping
from datetime import date

from services.training.domain.rule_catalogue import TRIALS
from shared.rules import Asked, DayKind, Finding
from tests.unit.rules.packs import WANZHOU, shipped
from tests.unit.training.wording import in_plain_chinese


class NoHolidays:
    """Every day is a working day."""

    @property
    def known_until(self) -> date:
        return date.max

    def kind_of(self, day: date) -> DayKind | None:
        return DayKind.WORKING


def ask(rule_id: str, facts: Mapping[str, object], *, on: date = date(2026, 9, 1)) -> Finding:
    """What a rule says of raw facts, on a day in Wanzhou."""
    trial = next(trial for trial in TRIALS if trial.shape.id == rule_id)
    asked = Asked(
        on=on,
        jurisdiction=WANZHOU,
        rule=lambda name: shipped("training").rule(name, on, WANZHOU),
        calendar=NoHolidays(),
    )
    known = trial.facts.model_validate_json(trial.facts.model_validate(facts).model_dump_json())
    return in_plain_chinese(trial.judge(known, asked))
