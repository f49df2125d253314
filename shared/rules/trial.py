"""A rule asked of raw facts, with nothing changed: what a clerk asks before a decision, and an auditor after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.rules.rule import Rule, RuleShape
from shared.rules.verdict import Finding
from shared.rules.working_calendar import WorkingCalendar


class Facts(BaseModel):
    """What a rule is judged by, as somebody can state it: dates, periods, logs, amounts in fen; never sums.

    A fact that is None (or left out, where it has None as its default) is not known. Its JSON Schema is published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a judgement may look up beside the facts: the business date, the place, the rules and the calendar there."""

    on: date
    jurisdiction: str
    rule: Callable[[str], Rule]
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Trial:
    """How a rule is judged: the facts it takes, and the function that the service itself decides by.

    `judge` gets an instance of `facts` and an `Asked`, and answers with one finding; it is pure.
    """

    shape: RuleShape
    facts: type[Facts]
    judge: Callable[[Any, Asked], Finding]


def tried_alone(shape: RuleShape, facts: type[Facts], judge: Callable[[Any, Rule], Finding]) -> Trial:
    """The trial of a rule that is judged by its facts and its own numbers alone."""
    return Trial(shape, facts, lambda given, asked: judge(given, asked.rule(shape.id)))
