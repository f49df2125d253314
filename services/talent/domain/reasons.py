"""Why a candidate is not proposed: the names of the filters, and the sentences that go with them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from shared.rules import Bilingual


class Reason(StrEnum):
    """Why a candidate is not proposed; in the order in which the reasons are told."""

    ORGANIZATION_UNKNOWN = "organization_unknown"
    ORGANIZATION_SUSPENDED = "organization_suspended"
    OWN_OFFER = "own_offer"
    NOT_NAMED = "not_named"
    NOT_OFFERED = "not_offered"
    NOT_OPEN = "not_open"
    OPERATOR_KIND = "operator_kind"
    BASE_SCOPE = "base_scope"
    TEACHER_KIND = "teacher_kind"
    REGION = "region"
    PLACE_UNKNOWN = "place_unknown"
    DATES = "dates"
    LEVEL = "level"
    MUST_SKILLS = "must_skills"
    SKILLS = "skills"
    SCORE = "score"
    NOT_LISTED = "not_listed"
    LINE_GONE = "line_gone"


SENTENCES: Final = {
    Reason.ORGANIZATION_UNKNOWN: Bilingual("其所属单位尚未登记", "its organisation is not registered yet"),
    Reason.ORGANIZATION_SUSPENDED: Bilingual("其所属单位已暂停", "its organisation is suspended"),
    Reason.OWN_OFFER: Bilingual("属于需求方自身", "it belongs to whoever posted the need"),
    Reason.NOT_NAMED: Bilingual("需求仅面向指定单位", "the need is kept to organisations that it names"),
    Reason.NOT_OFFERED: Bilingual("未就此类需求提供", "it is not offered for needs of this kind"),
    Reason.NOT_OPEN: Bilingual("当前未开放或未在用", "it is not open or active now"),
    Reason.OPERATOR_KIND: Bilingual("基地运营方不是院校", "the base is not run by a university"),
    Reason.BASE_SCOPE: Bilingual("基地仅供自用", "the base is kept for its own"),
    Reason.TEACHER_KIND: Bilingual("不是专业课教师", "not a teacher of professional courses"),
    Reason.REGION: Bilingual("不在同一区域且距离过远", "it lies in another region and too far away"),
    Reason.PLACE_UNKNOWN: Bilingual("所在地未知", "nobody knows where it lies"),
    Reason.DATES: Bilingual("可提供的时间与需求不重叠", "it is not offered while it is needed"),
    Reason.LEVEL: Bilingual("技能等级不足", "the level is below the one asked for"),
    Reason.MUST_SKILLS: Bilingual("缺少必备技能", "a skill that is a must is missing"),
    Reason.SKILLS: Bilingual("技能相差过大", "it covers too little of the skills asked for"),
    Reason.SCORE: Bilingual("综合得分过低", "the score is too low"),
    Reason.NOT_LISTED: Bilingual("不再提供", "it is not offered any more"),
    Reason.LINE_GONE: Bilingual("该需求明细已取消", "the need no longer has this line"),
}


def explain(reasons: Iterable[Reason]) -> str:
    """The reasons as sentences, English and then Chinese, each on a line."""
    told = [SENTENCES[reason] for reason in reasons]
    return f"{'; '.join(said.en for said in told)}\n{'；'.join(said.zh for said in told)}"
