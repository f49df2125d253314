"""Steps 2 and 3 of story S4: internships are planned from a workbook, and consents are collected, some by link."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter import Workbook

from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.workshop import Intern, Workshop
from shared.operations.stories.teller import Teller
from shared.operations.visitor import AnswerError

_COLUMNS: Final = (
    "学号", "岗位编号", "开始日期", "结束日期", "指导教师工号",
    "月报酬（元）", "支付周期（天）", "强制实习", "借实习牟利",
)  # fmt: skip
_SUPERVISOR: Final = "T001"
_NO: Final = "否"
_FEN: Final = 100
_GIVEN: Final = {"given": True}
_ALREADY_DONE: Final = "already_done"


async def plan(teller: Teller, group: Workshop, cast: InternshipCast, posts: Mapping[str, str]) -> Mapping[str, str]:
    """The ids of the placements by student's name."""
    teller.step(2, "The office plans all internships of a year group from one workbook")
    book = _workbook(group, cast, posts)
    said = await teller.post_table("table", cast.cooperation, "training", "/v1/tables/placements/imports", book)
    teller.say(f"{said['taken']} of {len(group.interns)} rows are planned")
    there = await teller.until_listed(
        "placements", len(group.interns), cast.cooperation, "training", "/v1/placements", university_id=cast.university
    )
    by_student = {str(placement["student_id"]): str(placement["id"]) for placement in there}
    return {name: by_student[student] for name, student in cast.students.items()}


async def consent(teller: Teller, group: Workshop, cast: InternshipCast, planned: Mapping[str, str]) -> None:
    """Let everybody consent."""
    teller.step(3, "Students consent; the guardians of who is not of age are asked by one request, and use their links")
    text = await teller.post(
        "consent-text", cast.cooperation, "training", "/v1/consent-texts", group.consent.model_dump()
    )
    for intern in group.interns:
        placement = planned[intern.name]
        path = f"/v1/placements/{placement}/consents"
        answer = {**_GIVEN, "text_id": text["id"]}
        await teller.post(f"consent/{placement}", cast.student(intern.name), "training", path, answer)
    minors = [planned[intern.name] for intern in group.interns if intern.guardian]
    await _by_link(teller, group, cast, minors)


async def _by_link(teller: Teller, group: Workshop, cast: InternshipCast, placements: Sequence[str]) -> None:
    given = await teller.all(cast.cooperation, "training", "/v1/consents")
    answered = {consent["placement_id"] for consent in given if consent["giver"] == "guardian"}
    asked = [placement for placement in placements if placement not in answered]
    if not asked:
        return
    for link in await _links(teller, group.guardian, cast, asked):
        teller.say(f"the guardian consents to {link['placement_id']}")
        await teller.post(f"guardian/{link['id']}", None, "training", f"{link['path']}/answer", _GIVEN)


async def _links(
    teller: Teller, guardian: str, cast: InternshipCast, placements: Sequence[str]
) -> Sequence[Mapping[str, Any]]:
    """New links. Their tokens are told once: where that telling was cut short, other links are made."""
    rows = [{"id": placement, "body": {"guardian_name": guardian}} for placement in placements]
    turn = 0

    async def made() -> list[dict[str, Any]] | None:
        nonlocal turn
        turn += 1
        try:
            step = f"consent-links/{len(rows)}/{turn}"
            return await teller.batch(step, cast.cooperation, "training", "placements/consent-links", rows)
        except AnswerError as error:
            if error.code != _ALREADY_DONE:
                raise
            return None

    return await teller.until("links to consent with", made)


def _workbook(group: Workshop, cast: InternshipCast, posts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _COLUMNS)
        for number, intern in enumerate(group.interns, start=1):
            sheet.write_row(number, 0, _row(number, intern, group, cast, posts))
    return file.getvalue()


def _row(
    number: int, intern: Intern, group: Workshop, cast: InternshipCast, posts: Mapping[str, str]
) -> tuple[object, ...]:
    stipend = group.posts[intern.post].stipend_fen // _FEN
    days = (cast.starts_on.isoformat(), cast.ends_on.isoformat())
    return (f"S{number:03d}", posts[intern.post], *days, _SUPERVISOR, stipend, intern.cycle_days, _NO, _NO)
