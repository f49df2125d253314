"""What a technician's engagement may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class EngagementEndsBeforeItStarts(Invalid):
    """An engagement ends on the day it starts or later."""

    en = "The engagement ends before it starts; give the same day or a later one."
    zh = "聘任结束日期早于开始日期，请填写同日或之后的日期。"


class PostMissing(Invalid):
    """A special or mobile engagement holds a seat of a post."""

    en = "An engagement on a special or mobile post names the post; give special_post_id."
    zh = "特聘岗或流动岗聘任须指明岗位，请填写 special_post_id。"


class NoPostHere(Invalid):
    """Part-time teaching and lectures hold no seat."""

    en = "Part-time teaching and lectures hold no special post; leave special_post_id out."
    zh = "兼职授课与讲座不占用特聘岗或流动岗，请勿填写 special_post_id。"


class NotTheEnterprise(Forbidden):
    """The technician's enterprise agrees that they teach."""

    en = "Only the technician's enterprise may approve the engagement."
    zh = "仅技师所在企业可以同意该聘任。"


class NotTheUniversity(Forbidden):
    """The university that engages somebody runs the engagement."""

    en = "Only the university that engages the technician may do this."
    zh = "仅聘任技师的高校可办理此事。"


class NotProposed(Conflict):
    """Only what is proposed is approved."""

    en = "The engagement is {status}; one that is proposed can be approved."
    zh = "聘任状态为{status}；仅待同意的聘任可以同意。"


class EngagementNotApproved(Conflict):
    """Only what is approved begins."""

    en = "The engagement is {status}; one that is approved can begin."
    zh = "聘任状态为{status}；仅已同意的聘任可以开始。"


class EngagementNotActive(Conflict):
    """Hours are recorded, and the engagement completed, while it goes on."""

    en = "The engagement is {status}; this is possible while it is active."
    zh = "聘任状态为{status}；仅进行中的聘任可办理此事。"


class EngagementOver(Conflict):
    """What has ended stays ended."""

    en = "The engagement has ended already; propose a new one."
    zh = "该聘任已结束，请另行发起。"


class EngagementTooEarly(Conflict):
    """It begins on its first day or later."""

    en = "The engagement begins on {first}; start it then or later."
    zh = "聘任自 {first} 起，请在当日或之后开始。"


class OutsideEngagement(Invalid):
    """Hours are recorded for days of the engagement that have come."""

    en = "Hours are recorded for days from {first} to {last} that are not in the future."
    zh = "仅可登记 {first} 至 {last} 之间且不晚于今日的课时。"


class DayTwice(Invalid):
    """Each day stands once in what is recorded at a time."""

    en = "A day stands twice; put all of its hours into one entry."
    zh = "同一日期重复，请将当日课时合并填写。"


class NothingTaught(Conflict):
    """An engagement is completed after something was taught."""

    en = "No hours are recorded; record them first, or end the engagement early."
    zh = "尚无授课记录，请先登记课时，或提前结束聘任。"


class HoursLeft(Conflict):
    """It is completed on its last day or with all hours done."""

    en = "The engagement runs until {last} and {done} of {planned} hours are done; end it early, or complete it later."
    zh = "聘任至 {last} 止，计划 {planned} 课时已完成 {done} 课时；请提前结束，或届时再办理完成。"
