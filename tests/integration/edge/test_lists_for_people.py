"""Files of lists say to people in words what they give to programs as codes."""

import csv
import io

import pytest

from tests.integration.edge.door import Door
from tests.integration.edge.test_pages import on_one_database


@on_one_database
@pytest.mark.parametrize(("language", "state"), [("zh", "已核验"), ("en", "verified")])
@pytest.mark.parametrize("params", [{}, {"limit": 1}])
async def test_who_states_a_language_reads_how_far_a_thing_has_come(
    door: Door, language: str, state: str, params: dict[str, int]
) -> None:
    await door.organization()
    asked = {**door.office, "accept": "text/csv"}

    read = await door.client.get("/v1/organizations", params=params, headers={**asked, "accept-language": language})
    parsed = await door.client.get("/v1/organizations", params=params, headers=asked)

    heads, row = csv.reader(io.StringIO(read.content.decode("utf-8-sig")))
    (told,) = csv.DictReader(io.StringIO(parsed.text))
    assert dict(zip(heads, row, strict=True))["状态" if language == "zh" else "Status"] == state
    assert told["status"] == "verified"
