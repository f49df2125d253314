"""What a placement may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Duplicate, Forbidden, Invalid


class OutOfTurn(Conflict):
    """Each step of a placement follows certain others."""

    en = "The placement is {status}; this is possible while it is {possible}."
    zh = "实习安排状态为{status}；仅在以下状态可办理：{possible}。"


class SegmentsOverlap(Invalid):
    """The segments of a placement follow each other."""

    en = "Each segment ends on the day it starts or later, and the next one starts after that."
    zh = "各实习时段的结束日期不得早于开始日期，且后一时段须在前一时段结束之后开始。"


class NotAnIntern(Invalid):
    """A university places its own students, while they are enrolled."""

    en = "Name a student who is enrolled at your university."
    zh = "请填写本校在读学生。"


class NotASupervisor(Invalid):
    """A supervisor is a teacher of the student's university who is still there."""

    en = "Name a teacher who is active at the student's university as the supervisor."
    zh = "请指定学生所在学校的在职教师担任校内指导教师。"


class NoSuchPost(Invalid):
    """An internship is on a post that is offered here."""

    en = "There is no post with this id; name one of the posts that are offered."
    zh = "不存在此编号的岗位，请填写已发布的岗位编号。"


class AlreadyPlanned(Duplicate):
    """A student is planned once for the same days of a post."""

    en = "The student is planned for this post on some of these days already; cancel that plan or choose other days."
    zh = "该学生在此岗位的部分日期已有实习安排，请先取消原安排或更换日期。"


class NoLongerOpen(Conflict):
    """Papers and guides belong to a placement that is not over."""

    en = "The placement is {status}; this is possible until it is completed."
    zh = "实习安排状态为{status}；仅在实习完成之前可以办理。"


class GuidesMissing(Conflict):
    """Nobody starts without a supervisor and a mentor."""

    en = "Name a supervisor at the university and a mentor at the enterprise before the internship starts."
    zh = "学生上岗前须确定校内指导教师和企业指导人员，请先指定。"


class NotAPaperOfPlacements(Invalid):
    """Evidence of some kinds belongs to other things: consents, inspections, decisions, payments."""

    en = "Evidence of this kind ({kind}) is not kept with a placement; use the route that is made for it."
    zh = "“{kind}”不在实习安排中登记，请通过相应接口提交。"


class CoverEndsBeforeItStarts(Invalid):
    """An insurance covers at least a day."""

    en = "The cover ends before it starts; let covers_to be the same day as covers_from or later."
    zh = "保险期间的结束日期早于开始日期，请改为同日或之后。"


class NotOverridden(Conflict):
    """An exception is accepted where a rule refuses in principle, and only there."""

    en = "{rule} does not refuse this placement in principle; rules that do: {possible}."
    zh = "规则 {rule} 并未在原则上限制此实习安排；可准许例外的规则：{possible}。"


class TooEarlyToStart(Conflict):
    """An internship does not start before its first day."""

    en = "The internship begins on {first}; start it on that day or later."
    zh = "实习自 {first} 开始，请于当日或之后办理。"


class StartsAfterItsEnd(Conflict):
    """An internship whose days have passed is not started any more."""

    en = "The internship was to end on {last}; plan another one."
    zh = "实习期已于 {last} 届满，请重新安排。"


class RefusedSince(Conflict):
    """What was approved may lose a paper that it rested on."""

    en = (
        "Since the approval papers have been voided, and {rules} refuse the internship now. "
        "Let what is missing be signed or given anew; the compliance of the placement says what."
    )
    zh = "批准后有材料失效，{rules} 现不予通过。请重新签署或补交所缺材料（详见该实习安排的合规核查结果）。"


class SafetyTrainingMissing(Conflict):
    """Nobody starts without safety training and a passed test."""

    en = "Record the safety training with a passed test before the internship starts."
    zh = "学生须完成岗前安全教育培训并考核合格后方可上岗，请先登记培训及考核结果。"


class StudentElsewhere(Conflict):
    """A student is at one place at a time."""

    en = "The student has another approved internship on some of these days, from {first} to {last}."
    zh = "该学生在 {first} 至 {last} 期间已有获批的实习，日期重叠。"


class SelfFoundOnly(Conflict):
    """The school approves the unit of an internship that a student has found."""

    en = "The school arranged this internship; only a unit that a student has found is approved so."
    zh = "该实习由学校安排；仅学生自行选择的实习单位需经此审批。"


class NotForStudentsToPlan(Invalid):
    """A student plans the unit that they found; what the school states, it states itself."""

    en = "Students plan units they found: say mode self_found, and leave supervisor and statements to the school."
    zh = "学生仅可登记自行选择的单位：mode 填 self_found；校内指导教师及学校声明事项由学校填写。"


class AnotherStudent(Forbidden):
    """Students ask for themselves."""

    en = "A student asks for the end of their own internship only."
    zh = "学生仅能申请终止本人的实习。"


class InternshipNotOver(Conflict):
    """An internship is completed once its last day has passed."""

    en = "The internship ends on {last}; complete it on a later day, or terminate it."
    zh = "实习至 {last} 结束，请于次日或之后办结，或办理终止。"


class NothingAmended(Invalid):
    """An amendment says something anew."""

    en = "Nothing would change; name other days, another pay or other guides."
    zh = "内容与现有安排一致，请填写需变更的时段、报酬或指导人员。"


class PastAmended(Conflict):
    """Days that have passed stay as they were."""

    en = "Days before today cannot be amended; let the segments up to yesterday be as they are."
    zh = "今日之前的实习日期不可变更，请保持截至昨日的时段不变。"


class LogsNotReviewed(Conflict):
    """The supervisor reviews all logs before a grade is given."""

    en = "{reviewed} of {logs} logs are reviewed; the supervisor reviews all of at least one before a grade is given."
    zh = "实习日志共 {logs} 篇，已批阅 {reviewed} 篇；须至少有一篇日志且全部批阅后方可评定成绩。"
