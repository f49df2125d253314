"""The filing of internships with the authority: one line of the public form for each, drawn from what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import CONCURRENT, PlacementStatus
from services.training.domain.internship.placement_terms import Mode
from shared.rules import Decision, Verdict

COLUMNS: Final = (
    "RelevantType", "IsWorkplace", "IsRest", "IsOvertime", "IsPlan", "IsEducation", "IsGuarantee", "IsWarning",
    "IsENumber", "IsPNumber", "IsExIntervention", "IsExForce", "IsGradeOne", "IsAdult", "IsTaboo", "IsWomenTaboo",
    "IsBar", "IsIntermediary", "EnterpriseSource",
)  # fmt: skip
"""The columns of the public form, under its own names and in its own order."""

FILED: Final = CONCURRENT | {PlacementStatus.COMPLETED, PlacementStatus.GRADED, PlacementStatus.ARCHIVED}
"""What is filed: whatever was approved and not ended before its time."""
_SOURCES: Final = {Mode.ARRANGED: "学校安排", Mode.SELF_FOUND: "学生自选"}
_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingWanted:
    """Which placements are filed: of these universities (None: of all), beginning between two days."""

    university_ids: Collection[str] | None
    first: date
    last: date


def filed(placement: Placement, decision: Decision | None) -> tuple[str, ...]:
    """The line of one internship in the order of `COLUMNS`. 1 is yes, 0 is no, and what is not known stays empty.

    Read so: IsWorkplace, the work has hazards; IsRest, no day of the week is off; IsPlan, the school planned it;
    IsGuarantee, it is insured; IsWarning, a supervisor is named who is warned; IsENumber and IsPNumber, the caps on
    interns of the unit and of the post are exceeded; IsExIntervention, somebody forced or sold it; IsExForce, the
    student had refused; IsTaboo and IsWomenTaboo, the work is barred to minors, to women.
    """
    said = {} if decision is None else {finding.rule: finding.verdict for finding in decision.findings}
    inputs = {} if decision is None else decision.inputs
    values = {
        **_conditions(inputs),
        **_care(placement, said),
        **_breaches(said),
        "RelevantType": _holds(said, "INT-17"),
        "IsPlan": True,
        "IsExForce": _refused(inputs),
        "IsAdult": _holds(said, "INT-08"),
    }
    return (*(_mark(values[column]) for column in COLUMNS[:-1]), _SOURCES[placement.mode])


def _conditions(inputs: Mapping[str, Any]) -> dict[str, bool | None]:
    hazards, barred = _fact(inputs, "INT-13", "strain", "hazards"), _fact(inputs, "INT-09", "strain", "barred_to")
    weekdays = _fact(inputs, "INT-13", "schedule", "weekdays")
    return {
        "IsWorkplace": None if hazards is None else bool(hazards),
        "IsRest": None if weekdays is None else len(set(weekdays)) == _WEEK,
        "IsTaboo": None if barred is None else "minors" in barred,
        "IsWomenTaboo": None if barred is None else "women" in barred,
    }


def _care(placement: Placement, said: Mapping[str, Verdict]) -> dict[str, bool | None]:
    training = placement.papers.safety_training
    return {
        "IsEducation": training is not None and training.passed,
        "IsGuarantee": _holds(said, "INT-19"),
        "IsWarning": placement.supervisor_id is not None,
    }


def _breaches(said: Mapping[str, Verdict]) -> dict[str, bool | None]:
    rules = {
        "IsOvertime": "INT-24",
        "IsENumber": "INT-03",
        "IsPNumber": "INT-04",
        "IsExIntervention": "INT-18",
        "IsGradeOne": "INT-07",
        "IsBar": "INT-10",
        "IsIntermediary": "INT-11",
    }
    held = {column: _holds(said, rule) for column, rule in rules.items()}
    return {column: None if holds is None else not holds for column, holds in held.items()}


def _refused(inputs: Mapping[str, Any]) -> bool | None:
    given = _fact(inputs, "INT-06", "consents", "student", "given")
    return None if given is None else not given


def _holds(said: Mapping[str, Verdict], rule: str) -> bool | None:
    """Whether a rule was kept; what an approver accepted was not."""
    verdict = said.get(rule, Verdict.UNKNOWN)
    return None if verdict is Verdict.UNKNOWN else verdict is Verdict.PASS


def _fact(inputs: Mapping[str, Any], *path: str) -> Any:
    value: Any = inputs
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _mark(value: bool | None) -> str:
    return "" if value is None else str(int(value))
