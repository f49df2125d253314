"""Every rule of every service can be tried with stated facts, or it is said here why not."""

from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from shared.rules import Facts, Trial
from shared.web.service import Service, installed_services

SERVICES = installed_services()
KEY_FIGURES = {
    "GET /v1/internship-kpis": ("KPI-08", "KPI-10", "KPI-12", "KPI-21", "KPI-22", "KPI-23", "KPI-24"),
    "GET /v1/teacher-kpis": ("KPI-02", "KPI-03", "KPI-04", "KPI-05", "KPI-06", "KPI-07", "KPI-25"),
}
NOT_TRIED = {
    **{id: f"counted over everything that is kept: {seen}" for seen, ids in KEY_FIGURES.items() for id in ids},
    "MAT-01": "weights of the parts of a score: the ranking itself is asked by GET /v1/needs/{need_id}/candidates",
    "MAT-02": "bounds within which the ranking proposes",
    "MAT-03": "how alike two skills are for the ranking",
    "MAT-04": "how the ranking counts distance and track record",
}
"""Rules that give numbers to a calculation and judge no case, each with where it is seen instead."""
TRIALS = [trial for service in SERVICES.values() for trial in service.trials]
every_trial = pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.shape.id)


def test_every_rule_is_tried_or_says_why_not() -> None:
    rules = {shape.id for service in SERVICES.values() for shape in service.rule_shapes}

    assert rules - {trial.shape.id for trial in TRIALS} == set(NOT_TRIED)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_a_trial_is_of_a_rule_that_the_same_service_applies(service: Service) -> None:
    shapes, trials = service.rule_shapes, service.trials

    assert [trial.shape.id for trial in trials if trial.shape not in shapes] == []
    assert len({trial.shape.id for trial in trials}) == len(trials)


@every_trial
def test_facts_are_published_as_a_schema_that_admits_no_others(trial: Trial) -> None:
    schema = trial.facts.model_json_schema()

    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


@every_trial
def test_facts_explain_themselves(trial: Trial) -> None:
    assert [shape.__name__ for shape in shapes_of(trial.facts) if not shape.__doc__] == []


def shapes_of(shape: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model of facts, and those that stand in it by themselves."""
    yield shape
    for field in shape.model_fields.values():
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, Facts):
                yield from shapes_of(inner)
