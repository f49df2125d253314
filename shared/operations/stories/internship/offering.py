"""Step 1 of story S2: both sides agree, the enterprise offers posts, the university looks at it and lists it."""

from collections.abc import Mapping
from typing import Any, Final

from shared.operations.stories.agreeing import Matter, agree
from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.workshop import Post, Workshop
from shared.operations.stories.region import region
from shared.operations.stories.teller import Teller

_MATTER: Final = Matter(
    type="internship_base",
    goals="接收学生岗位实习，共同育人。",
    form="企业提供岗位与导师，学校指派指导教师，双方共同考核。",
    term=(-1, 730),
    terms={},
)
_BREAK_MINUTES: Final = 60
_WEEK: Final = {"weekdays": [1, 2, 3, 4, 5], "weekly_hours": 35}
_VISITED, _DECIDED, _PUBLISHED = -12, -10, -9
"""When the university looked at the place, decided and published its list, in days from the base date."""


async def offer(teller: Teller, workshop: Workshop, cast: InternshipCast) -> tuple[str, Mapping[str, str]]:
    """The id of the agreement, which names the story, and those of the posts by name."""
    teller.step(1, "University and enterprise agree on internships; it offers posts, and is inspected and listed")
    agreement = await agree(teller, cast.cooperation, cast.administrator, _MATTER)
    teller.diary.note(story=agreement)
    posts: dict[str, str] = {}
    for name, post in workshop.posts.items():
        teller.say(post.title)
        body = {**_terms(workshop, post), "agreement_id": agreement}
        made = await teller.post_when_ready(f"post/{name}", cast.administrator, "training", "/v1/posts", body)
        posts[name] = str(made["id"])
    unit_id = await _declare(teller, cast)
    await _look_up(teller, cast, unit_id)
    await _vouch(teller, workshop, cast)
    return agreement, posts


def _terms(workshop: Workshop, post: Post) -> dict[str, Any]:
    starts_at, ends_at = post.shift
    shift = {"starts_at": starts_at, "ends_at": ends_at, "break_minutes": _BREAK_MINUTES}
    return {
        "title": post.title,
        "occupation_code": post.occupation,
        "site": workshop.site,
        "region_code": workshop.organizations["enterprise"].region,
        "places": len(workshop.interns),
        "programme_categories": [workshop.field],
        "typical_tasks": [region().occupations[post.occupation].name.zh],
        "schedule": {**_WEEK, "shifts": [shift]},
        "pay": {
            "wage_same_post_fen": post.wage_fen,
            "wage_lowest_grade_fen": workshop.wage_lowest_grade_fen,
            "fees": [],
            "holds_documents": False,
            "asks_guarantee": False,
        },
        "conditions": {
            "venue_kind": post.venue,
            "labour_grade": 2,
            "hazards": [],
            "barred_to": [],
            "only_repetitive": False,
            "through_intermediary": False,
        },
    }


async def _declare(teller: Teller, cast: InternshipCast) -> str:
    """The enterprise states that it has no interns of schools outside the platform; its id as a unit."""
    unit = await unit_of(teller, cast)
    path = f"/v1/internship-units/{unit['id']}/external-interns"
    body: dict[str, Any] = {"interns": []}
    await teller.put("declaration", cast.administrator, "training", path, body, version=unit["version"])
    return str(unit["id"])


async def unit_of(teller: Teller, cast: InternshipCast) -> Mapping[str, Any]:
    """The enterprise as a unit for internships."""
    path, enterprise = "/v1/internship-units", cast.enterprise
    (unit,) = await teller.until_listed("unit", 1, cast.administrator, "training", path, enterprise_id=enterprise)
    return unit


async def _look_up(teller: Teller, cast: InternshipCast, unit_id: str) -> None:
    """The university looks up the record of the unit, and finds nothing."""
    check = {"looked_up_on": teller.run.day(_VISITED), "source": "国家企业信用信息公示系统（演示）"}
    await teller.post("record", cast.cooperation, "training", f"/v1/internship-units/{unit_id}/record-checks", check)


async def _vouch(teller: Teller, workshop: Workshop, cast: InternshipCast) -> None:
    run = teller.run
    visit = {
        "enterprise_id": cast.enterprise,
        "site": workshop.site,
        "visited_on": run.day(_VISITED),
        "inspector_ids": [cast.teacher],
        "findings": "车间整洁，安全设施齐全。",
        "fit": True,
        "evidence": {"number": "考察〔演示〕1号", "issuer": "校企合作处", "issued_on": run.day(_VISITED)},
    }
    await teller.post("inspection", cast.cooperation, "training", "/v1/site-inspections", visit)
    decision = {
        "enterprise_ids": [cast.enterprise],
        "meeting_ref": "校长办公会〔演示〕1号",
        "decided_on": run.day(_DECIDED),
        "published_on": run.day(_PUBLISHED),
    }
    await teller.post("list", cast.cooperation, "training", "/v1/site-lists", decision)
