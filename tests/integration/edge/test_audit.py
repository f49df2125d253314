"""The audit trail over HTTP: offices read what was done for their organisation, and who has read their documents."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from shared.identity.principal import Principal
from shared.kernel.calendar import midnight
from shared.persistence.spine import AuditRow, table_of
from shared.web.audit import acts, whose
from shared.web.pages import PageWanted
from tests.integration.edge.door import Door
from tests.integration.edge.test_documents import PDF, ROOT, Desk, desk
from tests.plans import plan_of

__all__ = ["desk"]

AUDIT = "/v1/audit"
TRAIL = table_of(AuditRow)


async def told(door: Door, who: Mapping[str, str], **params: Any) -> list[tuple[str, str]]:
    """What the caller's trail says was done, and to what."""
    answer = await door.client.get(AUDIT, headers=dict(who), params=params)
    return [(row["act"], row["subject"]) for row in answer.raise_for_status().json()["items"]]


async def test_an_office_reads_what_was_done_for_its_organisation_and_the_alliance_reads_all(desk: Desk) -> None:
    kept = await desk.kept()
    await desk.get(f"{ROOT}/{kept['id']}/content", desk.university)
    void = {"reason": "signed twice"}
    await desk.door.client.post(f"{ROOT}/{kept['id']}/voiding", json=void, headers=desk.enterprise)

    trail = (await desk.get(AUDIT, desk.enterprise)).json()["items"]
    both = await told(desk.door, desk.door.office, subject=kept["id"])

    assert [(row["act"], row["reason"]) for row in trail] == [
        ("document.void", "signed twice"),
        ("document.keep", None),
    ]
    assert trail[0]["actor"].startswith("enterprise_admin:")
    assert trail[0]["request_id"]
    assert await told(desk.door, desk.university) == [("document.read", kept["id"])]
    assert await told(desk.door, desk.stranger) == []
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
    assert await told(desk.door, desk.enterprise, until="2026-08-31") == []
    assert len(await told(desk.door, desk.enterprise, since=today, until=today, act="document.keep")) == 3
    assert (rows[0], len(rows)) == (["编号", "时间", "经办人", "机构编号", "事项", "对象编号", "原因", "请求编号"], 4)


async def test_the_trail_is_in_the_order_of_time(desk: Desk) -> None:
    later = await desk.kept()
    desk.door.clock.now -= timedelta(days=1)
    earlier = await desk.kept(PDF + b"\n")
    desk.door.clock.now += timedelta(days=1)

    first = (await desk.get(AUDIT, limit=1)).json()
    rest = (await desk.get(AUDIT, limit=1, cursor=first["next"])).json()

    assert [page["items"][0]["subject"] for page in (first, rest)] == [later["id"], earlier["id"]]
    assert rest["next"] is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("who", "search"),
    [
        (Principal(subject="ops", alliance_wide=True), "audit_by_time (at>? AND at<?)"),
        (
            Principal(subject="admin", organization_id="org_1"),
            "audit_of_organization (organization_id=? AND at>? AND at<?)",
        ),
    ],
)
async def test_no_more_of_the_trail_is_read_than_a_page(door: Door, who: Principal, search: str) -> None:
    days = whose(who).where(TRAIL.c.at >= midnight(date(2026, 9, 1)))

    plan = await plan_of(door.database, lambda connection: acts(connection, days, PageWanted(cursor="7")))

    assert sum(search in step for step in plan) == 1, plan
    assert [step for step in plan if "B-TREE" in step] == [], "the trail is sorted for each page"


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
