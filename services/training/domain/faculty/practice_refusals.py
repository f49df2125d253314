"""What a practice period may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class EndsBeforeItStarts(Invalid):
    """A period includes both its ends, so the last day is not before the first."""

    en = "The period ends before it starts; let ends_on be the same day as starts_on or later."
    zh = "结束日期早于开始日期，请改为同日或之后。"


class AnotherTeacher(Forbidden):
    """A teacher plans and logs their own practice."""

    en = "A teacher plans for themselves; name a teacher id that your token holds."
    zh = "教师仅能为本人安排实践，请填写本人的教师编号。"


class NotPlanned(Conflict):
    """Only a planned period is approved."""

    en = "The practice is {status}; one that is planned can be approved."
    zh = "实践状态为{status}；仅已规划的实践可以审批。"


class NotApproved(Conflict):
    """Only an approved period starts."""

    en = "The practice is {status}; one that is approved can be started."
    zh = "实践状态为{status}；仅已审批的实践可以开始。"


class TooEarly(Conflict):
    """A period does not start before its first day."""

    en = "The practice begins on {first}; start it on that day or later."
    zh = "实践自 {first} 开始，请于当日或之后办理。"


class NotOngoing(Conflict):
    """Hours are logged, and a period is completed, while it goes on."""

    en = "The practice is {status}; this is possible while it is ongoing."
    zh = "实践状态为{status}；仅进行中的实践可办理。"


class NotPaused(Conflict):
    """Only a paused period is resumed."""

    en = "The practice is {status}; one that is paused can be resumed."
    zh = "实践状态为{status}；仅已暂停的实践可以恢复。"


class PauseOutside(Invalid):
    """A pause begins on a day of the period that has come and after the pause before it."""

    en = "A pause begins on a day from {first} to {last} that is not in the future."
    zh = "暂停首日须在 {first} 至 {last} 之间，且不得为将来日期。"


class LoggedWhilePaused(Conflict):
    """Nobody practises during a pause, so no log lies on one of its days."""

    en = "{day} is logged, and a pause holds no logs; let the pause begin later, or leave the day out."
    zh = "{day} 已有日志，暂停期间不得有日志；请推迟暂停首日，或不提交该日日志。"


class NotVerified(Conflict):
    """Only what was verified is revoked."""

    en = "The practice is {status}; one that is verified can be revoked."
    zh = "实践状态为{status}；仅已核实的实践可以撤销。"


class OutsidePractice(Invalid):
    """Every log lies on a day of the period that has come."""

    en = "Logs are for days from {first} to {last} that are not in the future."
    zh = "日志日期须在 {first} 至 {last} 之间，且不得为将来日期。"


class NotOneWeek(Invalid):
    """One call carries one week."""

    en = "Send the days of one week at a time: at most seven days in a row, each once."
    zh = "每次提交一周的日志：连续七天以内，每天一条。"


class DayLogged(Conflict):
    """A day is logged once."""

    en = "{day} is logged already; leave it out."
    zh = "{day} 已有日志，请勿重复提交。"


class NotOver(Conflict):
    """A period is completed once its last day has passed."""

    en = "The practice ends on {last}; complete it on a later day."
    zh = "实践至 {last} 结束，请于次日或之后办结。"


class NothingLogged(Conflict):
    """The logs prove the practice."""

    en = "Nothing is logged; log at least one day before completing the practice."
    zh = "尚无实践日志，请先提交至少一天的日志。"


class NotCompleted(Conflict):
    """Only a completed period is verified."""

    en = "The practice is {status}; one that is completed can be verified."
    zh = "实践状态为{status}；仅已完成的实践可以核实。"


class NotASide(Forbidden):
    """The enterprise and the university verify, each for itself."""

    en = "Only the enterprise and the university of this practice verify it."
    zh = "仅该实践的企业与学校可以核实。"


class SideHasSpoken(Conflict):
    """Each side verifies once."""

    en = "Your side has verified already; the other one is still to answer."
    zh = "贵方已作出核实意见，尚待另一方核实。"


class ReasonMissing(Invalid):
    """Who refuses says why."""

    en = "Give a reason when you do not confirm the practice."
    zh = "不予确认时请说明理由。"
