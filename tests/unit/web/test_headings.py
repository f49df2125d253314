"""Whoever opens a list in a spreadsheet reads what its columns are."""

from collections.abc import Iterator
from typing import get_args

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from shared.tables.labels import heading, labels_of
from shared.web.app import routers_of
from shared.web.pages import Page
from shared.web.service import Service, installed_services

SERVICES = installed_services()


def views(service: Service) -> Iterator[type[BaseModel]]:
    """What the lists of a service show."""
    for router in routers_of(service):
        for route in router.routes:
            model = getattr(route, "response_model", None) if isinstance(route, APIRoute) else None
            if isinstance(model, type) and issubclass(model, Page):
                yield get_args(model.model_fields["items"].annotation)[0]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_field_of_every_list_has_a_name_in_chinese(name: str) -> None:
    labels = labels_of(SERVICES[name].package)
    fields = {
        field.serialization_alias or name for view in views(SERVICES[name]) for name, field in view.model_fields.items()
    }

    assert fields
    assert fields - labels.keys() == set()


@pytest.mark.parametrize(("language", "expected"), [(None, "starts_on"), ("zh", "开始日期"), ("en", "Starts on")])
def test_a_heading_is_in_the_caller_s_language(language: str | None, expected: str) -> None:
    assert heading(labels_of("services.training"), "starts_on", language) == expected
