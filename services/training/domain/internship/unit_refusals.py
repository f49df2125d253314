"""What a unit for internships may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class NotTheUnit(Forbidden):
    """A unit speaks for itself."""

    en = "Only the enterprise itself declares the interns that it has from other schools."
    zh = "仅企业本单位可以申报其接收的其他学校实习学生。"


class InternsEndBeforeTheyStart(Invalid):
    """A period includes both its ends, so the last day is not before the first."""

    en = "A period ends before it starts; let ends_on be the same day as starts_on or later."
    zh = "申报时段的结束日期早于开始日期，请改为同日或之后。"


class LookUpAhead(Invalid):
    """A record is looked up before anybody says what stood in it."""

    en = "The look-up lies in the future; give the day on which the record was looked up."
    zh = "查询日期不得晚于今日，请填写实际查询日期。"


class ViolationAhead(Invalid):
    """What is put on record has happened."""

    en = "The violation lies in the future; give the day on which it occurred."
    zh = "违规日期不得晚于今日，请填写实际发生日期。"


class NoSuchViolation(Invalid):
    """A violation is withdrawn where it stands on record."""

    en = "The unit has no violation with this id on its record; name one that it has."
    zh = "该单位没有此编号的违规记录，请核对编号。"


class ViolationWithdrawn(Conflict):
    """A violation is withdrawn once."""

    en = "This violation was withdrawn already; nothing is left to do."
    zh = "该违规记录已撤销，无需重复办理。"


class VisitAhead(Invalid):
    """A report is about a visit that took place."""

    en = "The visit lies in the future; report it once it has taken place."
    zh = "考察日期不得晚于今日，请在考察完成后提交报告。"


class InspectorUnknown(Invalid):
    """Whoever inspects for a university belongs to it."""

    en = "An inspector is no registered teacher of your university; name teachers (tch_) whom it has registered."
    zh = "考察人员中有非本校已登记的教师；请填写本校已登记教师的编号（tch_）。"


class ListedBeforeDecided(Invalid):
    """A list is decided first, published then, and holds for some time after that."""

    en = "The dates are out of order: a list is decided, then published, then valid; none may lie ahead but valid_to."
    zh = "日期顺序有误：名单应先经会议决定、后公布，有效期在公布之后；除有效期外不得晚于今日。"
