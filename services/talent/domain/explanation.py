"""What a score is made of, in a sentence of each language: English on the first line, Chinese on the second."""

from typing import Final

from services.talent.domain.filters import LEARNING, overlap_days
from services.talent.domain.scoring import Scored, room
from shared.rules import Bilingual

_MISSING_NAMED: Final = 5
"""So many missing skills are named in the sentence; all of them stand beside it."""


def explanation(scored: Scored) -> str:
    """Both sentences, each part with its points and what they were given for."""
    parts, weights = scored.parts, scored.meeting.measure.weights
    told = (
        (Bilingual("技能", "skills"), parts.skills, weights.skills, _skills(scored)),
        (Bilingual("容量", "capacity"), parts.capacity, weights.capacity, _capacity(scored)),
        (Bilingual("距离", "distance"), parts.distance, weights.distance, _distance(scored)),
        (Bilingual("履约记录", "record"), parts.record, weights.record, _record(scored)),
        (Bilingual("时间", "time"), parts.time, weights.time, _time(scored)),
    )
    english = "; ".join(f"{name.en} {points:g} of {most} ({why.en})" for name, points, most, why in told)
    chinese = "；".join(f"{name.zh} {points:g}/{most}（{why.zh}）" for name, points, most, why in told)
    return f"Score {scored.score:g}: {english}.\n得分 {scored.score:g}：{chinese}。"


def _skills(scored: Scored) -> Bilingual:
    asked, missing = scored.meeting.terms.skills, scored.missing
    if not asked:
        return Bilingual("需求未列明技能", "the need names none")
    held = len(asked) - len(missing)
    if not missing:
        return Bilingual(f"具备全部 {held} 项", f"has all {held}")
    shown = ", ".join(missing[:_MISSING_NAMED]) + (", …" if len(missing) > _MISSING_NAMED else "")
    return Bilingual(f"具备 {len(asked)} 项中的 {held} 项，缺 {shown}", f"has {held} of {len(asked)}, lacks {shown}")


def _capacity(scored: Scored) -> Bilingual:
    there, wanted = room(scored.meeting), scored.meeting.line.headcount
    if scored.candidate.kind == "teacher":
        return Bilingual(f"{wanted} 个岗位中的一个", f"takes one of {wanted} posts")
    if there is None:
        return Bilingual("未说明", "not stated")
    return Bilingual(f"可容纳 {there}，需要 {wanted}", f"room for {there}, asked for {wanted}")


def _distance(scored: Scored) -> Bilingual:
    km = scored.meeting.km
    if km is None:
        return Bilingual("同一区域，距离未知", "same region, distance not known")
    return Bilingual(f"约 {km:.0f} 公里", f"about {km:.0f} km")


def _record(scored: Scored) -> Bilingual:
    record = scored.meeting.contender.record
    return Bilingual(
        f"此前 {record.answered} 次匹配中确认 {record.confirmed} 次",
        f"{record.confirmed} of {record.answered} earlier matches confirmed",
    )


def _time(scored: Scored) -> Bilingual:
    if scored.meeting.line.kind in LEARNING:
        if scored.meeting.contender.owing:
            return Bilingual("尚欠企业实践", "still owes practice")
        return Bilingual("没有未完成的实践义务", "owes no practice")
    days = overlap_days(scored.meeting)
    if days is None:
        return Bilingual("未说明", "not stated")
    return Bilingual(f"与需求重叠 {days} 天", f"offered on {days} days of it")
