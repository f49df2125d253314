"""The audit trail over HTTP: offices read what was done for their organisation, and who has read their documents."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from tests.integration.edge.door import Door
from tests.integration.edge.test_documents import PDF, ROOT, Desk, desk

__all__ = ["desk"]

AUDIT = "/v1/audit"


async def acts(door: Door, who: Mapping[str, str], **params: Any) -> list[tuple[str, str]]:
    """What the caller's trail says was done, and to what."""
    answer = await door.client.get(AUDIT, headers=dict(who), params=params)
    return [(row["act"], row["subject"]) for row in answer.raise_for_status().json()["items"]]


async def test_an_office_reads_what_was_done_for_its_organisation_and_the_alliance_reads_all(desk: Desk) -> None:
    kept = await desk.kept()
    await desk.get(f"{ROOT}/{kept['id']}/content", desk.university)
    void = {"reason": "signed twice"}
    await desk.door.client.post(f"{ROOT}/{kept['id']}/voiding", json=void, headers=desk.enterprise)

    trail = (await desk.get(AUDIT, desk.enterprise)).json()["items"]
    both = await acts(desk.door, desk.door.office, subject=kept["id"])

    assert [(row["act"], row["reason"]) for row in trail] == [
        ("document.void", "signed twice"),
        ("document.keep", None),
    ]
    assert trail[0]["actor"].startswith("enterprise_admin:")
    assert trail[0]["request_id"]
    assert await acts(desk.door, desk.university) == [("document.read", kept["id"])]
    assert await acts(desk.door, desk.stranger) == []
    assert [act for act, _ in both] == ["document.void", "document.read", "document.keep"]


async def test_the_trail_is_narrowed_by_day_and_act_and_read_in_pages_and_as_a_file(desk: Desk) -> None:
    kept = [await desk.kept(PDF + b"\n" * place) for place in range(3)]
    today = desk.door.clock.now.date().isoformat()

    first = (await desk.get(AUDIT, limit=2)).json()
    rest = (await desk.get(AUDIT, limit=2, cursor=first["next"])).json()
    table = await desk.get(AUDIT, {**desk.enterprise, "accept-language": "zh"}, format="csv")

    said = [row["subject"] for row in (*first["items"], *rest["items"])]
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert (said, rest["next"]) == ([document["id"] for document in reversed(kept)], None)
    assert await acts(desk.door, desk.enterprise, until="2026-08-31") == []
    assert len(await acts(desk.door, desk.enterprise, since=today, until=today, act="document.keep")) == 3
    assert (rows[0], len(rows)) == (["编号", "时间", "经办人", "机构编号", "事项", "对象编号", "原因", "请求编号"], 4)


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 30, "²"])
async def test_a_cursor_of_another_list_is_refused(desk: Desk, cursor: str) -> None:
    answer = await desk.get(AUDIT, cursor=cursor)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_whoever_adds_such_documents_learns_who_has_read_one(desk: Desk) -> None:
    kept = await desk.kept()
    await desk.get(f"{ROOT}/{kept['id']}/content", desk.university)
    await desk.get(f"{ROOT}/{kept['id']}/content", desk.door.office)

    readings = (await desk.get(f"{ROOT}/{kept['id']}/readings")).json()["items"]
    strange = await desk.get(f"{ROOT}/{kept['id']}/readings", desk.stranger)

    assert [row["actor"].partition(":")[0] for row in readings] == ["alliance_office", "university_coop_office"]
    assert strange.status_code == 404
