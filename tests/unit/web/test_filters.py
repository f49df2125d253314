"""What a list is narrowed by is one of what there is: an unknown code is refused and never answered with nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from services.notify.main import SERVICE as NOTIFY
from services.partnership.main import SERVICE as PARTNERSHIP
from services.talent.main import SERVICE as TALENT
from services.training.main import SERVICE as TRAINING
from shared.web import operations
from shared.web.faults import told
from shared.web.regions import Region
from shared.web.rules import rules_router
from shared.web.service import Service

SERVICES = pytest.mark.parametrize("service", [PARTNERSHIP, TRAINING, TALENT, NOTIFY], ids=lambda each: each.name)

_BOUNDS = {"enum", "const", "pattern", "format", "maxLength", "x-known-values"}
_CODED = re.compile(r"(^|_)(kind|status|severity|level|confidence)$")
"""What is called so has a closed set of values."""


def filters(service: Service) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, name and schema of everything that may stand in the query of a service's reading routes."""
    app = FastAPI()
    for router in (*service.routers, operations.router, rules_router(service)):
        app.include_router(router)
    document = app.openapi()
    shapes = document["components"]["schemas"]
    for path, routes in document["paths"].items():
        for parameter in routes.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query":
                yield path, parameter["name"], plain(parameter["schema"], shapes)


def plain(schema: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that is there."""
    found = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)
    return shapes[found["$ref"].rpartition("/")[2]] if "$ref" in found else found


@SERVICES
def test_every_text_that_narrows_a_list_says_what_would_pass(service: Service) -> None:
    texts = [(path, name, schema) for path, name, schema in filters(service) if schema.get("type") == "string"]

    assert not [(path, name) for path, name, schema in texts if not _BOUNDS & set(schema)]


@SERVICES
def test_every_number_that_narrows_a_list_is_one_that_a_database_takes(service: Service) -> None:
    numbers = [(path, name, schema) for path, name, schema in filters(service) if schema.get("type") == "integer"]

    assert not [(path, name) for path, name, schema in numbers if not {"minimum", "maximum"} <= set(schema)]


@SERVICES
def test_every_code_that_narrows_a_list_is_one_of_a_closed_set(service: Service) -> None:
    codes = [(path, name, schema) for path, name, schema in filters(service) if _CODED.search(name)]

    assert codes
    assert not [(path, name) for path, name, schema in codes if not {"enum", "x-known-values"} & set(schema)]


@pytest.mark.parametrize("code", ["500101", "511702", "110101", "420102", "460301", "820000"])
def test_a_region_of_any_province_passes(code: str) -> None:
    assert TypeAdapter(Region).validate_python(code) == code


@pytest.mark.parametrize("code", ["999999", "000000", "161234", "50010", "5001011"])
def test_a_region_that_no_province_has_is_refused_with_what_would_pass(code: str) -> None:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(Region).validate_python(code)

    (zh,), (en,) = (told(error.value.errors(), language) for language in ("zh", "en"))

    assert code not in zh["message"] + en["message"]
    assert re.search("500101|6位数字", zh["message"])
    assert re.search("500101|6 digits", en["message"])
