"""Steps 4 and 5: a framework and three agreements under it are drawn up, submitted and signed, one by a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.cast import Cast
from shared.operations.stories.docking import BASE, ORDER_CLASS, TEACHERS, Docking
from shared.operations.stories.region import Region
from shared.operations.stories.teller import Teller
from shared.operations.visitor import AnswerError

IN_FORCE: Final = -200
"""Framework and teachers' practice take effect so many days before the base date."""
_HIRE_BP: Final = 8000
_ALREADY_DONE: Final = "already_done"
_CONTENT: Final = {
    "framework": ("校企双方共同育人、共建基地、互派师资。", "框架协议，下设订单班、共建基地和教师实践三份协议。"),
    "order_class": ("为企业培养设备维护人才。", "订单班，校企共同授课，毕业后按约录用。"),
    "base_co_build": ("共建产线设备维护实训基地。", "学校提供场地，企业提供设备和导师，共同运行。"),
    "teacher_practice": ("接收专业课教师到企业实践。", "顶岗实践，企业导师带教，按周记录。"),
}
_DUTIES: Final = "双方按各自职责投入人员、场地与设备，成果共享，安全责任由实施方承担。"


@dataclass(frozen=True, slots=True)
class Contracts:
    """The agreements by type."""

    agreements: Mapping[str, str]

    @property
    def order_class(self) -> str:
        """For the class."""
        return self.agreements["order_class"]

    @property
    def base(self) -> str:
        """For the base."""
        return self.agreements["base_co_build"]

    @property
    def practice(self) -> str:
        """For the teachers' practice."""
        return self.agreements["teacher_practice"]


async def contract(teller: Teller, region: Region, cast: Cast, docking: Docking) -> Contracts:
    """Draw up, submit and sign; wait until all four are in force."""
    teller.step(4, "The university draws up a framework and three agreements, and submits them")
    framework = await _draft(teller, cast, docking, "framework", term=(IN_FORCE, 1200), more={})
    agreements = {"framework": framework}
    for kind, (line, term, terms) in _children(region, cast).items():
        more = {"parent_id": framework, "line_no": line, "match_ids": list(docking.accepted[line])}
        agreements[kind] = await _draft(teller, cast, docking, kind, term=term, more={**more, "terms": {kind: terms}})
    for kind, agreement in agreements.items():
        path = f"/v1/agreements/{agreement}/submission"
        await teller.post(f"submit/{kind}", cast.cooperation, "partnership", path)
    teller.step(5, "The university signs four, the enterprise three, and the last by a link without an account")
    await _sign(teller, region, cast, agreements)
    await _until_in_force(teller, cast, agreements)
    return Contracts(agreements)


def _children(region: Region, cast: Cast) -> Mapping[str, tuple[int, tuple[int, int], dict[str, Any]]]:
    need = region.need
    order_class = {
        "programme_id": cast.programmes[0],
        "occupation_code": need.occupation,
        "headcount": need.order_class,
        "hire_bp": _HIRE_BP,
    }
    base = {
        "operator_id": cast.university,
        "base_kind": "on_campus_productive",
        "industry_codes": [region.organizations["enterprise"].industry],
        "functions": ["construction", "training_teaching", "production_service"],
        "host_base_id": cast.bases[0],
    }
    practice = {"seats": need.teacher_posts, "teacher_ids": list(cast.teachers[: need.teacher_posts])}
    return {
        "order_class": (ORDER_CLASS, (0, 730), order_class),
        "base_co_build": (BASE, (0, 1095), base),
        "teacher_practice": (TEACHERS, (IN_FORCE, 365), practice),
    }


async def _draft(
    teller: Teller, cast: Cast, docking: Docking, type: str, *, term: tuple[int, int], more: Mapping[str, Any]
) -> str:
    goals, form = _CONTENT[type]
    starts_on, ends_on = (teller.run.day(days) for days in term)
    body = {
        "type": type,
        "parties": [
            {"organization_id": cast.university, "role": "university"},
            {"organization_id": cast.enterprise, "role": "enterprise"},
        ],
        "need_id": docking.need,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "content": {"goals": goals, "content_and_form": form, "rights_and_duties": _DUTIES},
        **more,
    }
    made = await teller.post(f"draft/{type}", cast.cooperation, "partnership", "/v1/agreements", body)
    return str(made["id"])


async def _sign(teller: Teller, region: Region, cast: Cast, agreements: Mapping[str, str]) -> None:
    *by_account, by_link = agreements
    for kind, agreement in agreements.items():
        path = f"/v1/agreements/{agreement}/signatures"
        await teller.post(f"sign/{kind}/university", cast.cooperation, "partnership", path)
    for kind in by_account:
        path = f"/v1/agreements/{agreements[kind]}/signatures"
        await teller.post(f"sign/{kind}/enterprise", cast.administrator, "partnership", path)
    await _sign_by_link(teller, cast, agreements[by_link], region.signatory)


async def _sign_by_link(teller: Teller, cast: Cast, agreement: str, signatory: str) -> None:
    shown = await teller.get(cast.administrator, "partnership", f"/v1/agreements/{agreement}")
    if cast.enterprise not in shown["pending_organization_ids"]:
        return
    link = await _link(teller, cast, agreement, signatory)
    await teller.post("sign-by-link", None, "partnership", f"{link['path']}/signature")


async def _link(teller: Teller, cast: Cast, agreement: str, signatory: str) -> Mapping[str, Any]:
    """A new link. Its token is told once: where that telling was cut short, another link is made."""
    turn = 0

    async def made() -> Mapping[str, Any] | None:
        nonlocal turn
        turn += 1
        step, path = f"signature-link/{turn}", f"/v1/agreements/{agreement}/signature-links"
        try:
            return await teller.post(step, cast.administrator, "partnership", path, {"signatory": signatory})
        except AnswerError as error:
            if error.code != _ALREADY_DONE:
                raise
            return None

    return await teller.until("a link to sign with", made)


async def _until_in_force(teller: Teller, cast: Cast, agreements: Mapping[str, str]) -> None:
    statuses: dict[str, str] = {}

    async def look() -> bool | None:
        for kind, agreement in agreements.items():
            shown = await teller.get(cast.cooperation, "partnership", f"/v1/agreements/{agreement}")
            statuses[kind] = shown["status"]
        return True if set(statuses.values()) == {"active"} else None

    await teller.until("four agreements in force", look, lambda: statuses)
