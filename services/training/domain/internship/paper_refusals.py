"""What consents, logs, incidents, payments and absences may refuse, each named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class AnotherIntern(Forbidden):
    """Students speak for themselves."""

    en = "Only the student whose internship it is may do this."
    zh = "仅参加该实习的学生本人可以办理。"


class NotTheEnterprise(Forbidden):
    """What was paid is entered by whoever paid it."""

    en = "Only the enterprise of the internship may do this."
    zh = "仅该实习所在企业可以办理。"


class NoConsentText(Conflict):
    """Nobody consents before they are told to what."""

    en = "The university has published no text of consent yet; let its cooperation office publish one."
    zh = "学校尚未发布知情同意书文本，请由校企合作部门先行发布。"


class NotTheNewestText(Conflict):
    """Consent is given to the text that is in force."""

    en = "The university has published a newer text of consent; read that one and answer it."
    zh = "学校已发布新版知情同意书，请阅读新版后再作答复。"


class AnsweredTooLate(Conflict):
    """Consent comes before the internship; while that is under way, it is given where it is asked for anew."""

    en = (
        "The placement is {status}, and nobody is asked for consent now. "
        "It is given or refused before the internship starts, later only where it has to be given anew."
    )
    zh = "实习安排状态为{status}，目前无须答复。同意或拒绝须在实习开始前作出；实习期间仅在需要重新同意时办理。"


class NotStarted(Conflict):
    """What happens in an internship is written once it has begun."""

    en = "The placement is {status}; this is possible once the internship has started, until it is archived."
    zh = "实习安排状态为{status}；仅在实习开始之后、归档之前可以办理。"


class NotUnderWay(Conflict):
    """Leave is taken from an internship that goes on."""

    en = "The placement is {status}; this is possible while the internship is ongoing or suspended."
    zh = "实习安排状态为{status}；仅在实习进行或中止期间可以办理。"


class LogsClosed(Conflict):
    """Logs are part of what is graded."""

    en = "The placement is {status}; logs are written from the start of the internship until it is graded."
    zh = "实习安排状态为{status}；日志须在实习开始之后、评定成绩之前填写。"


class DaysOutsideTheWeek(Invalid):
    """A weekly log holds days of its week, each once."""

    en = "Each day stands once in the log, lies in the week {week} and inside the internship."
    zh = "日志所列日期不得重复，且须在 {week} 这一周及实习期内。"


class WeekAhead(Invalid):
    """Nobody logs what has not happened."""

    en = "A log holds no day after {last}."
    zh = "日志所列日期不得晚于 {last}。"


class DayAbsent(Invalid):
    """A day of leave is no day of work."""

    en = "The student is on leave on {day}; leave the day out of the log, or end the leave first."
    zh = "学生于 {day} 请假；请从日志中删去该日，或先销假。"


class HoursContradict(Invalid):
    """The hours of a day fit between its beginning and its end."""

    en = "The hours of {day} do not fit between the times given; correct the times or the hours."
    zh = "{day} 的工时与起止时间不符，请更正时间或工时。"


class LogStands(Conflict):
    """A log that was not returned is not written again."""

    en = "The log of this week is {status}; it is written again after the supervisor has returned it."
    zh = "该周日志状态为{status}；经指导教师退回后方可重写。"


class NotForReview(Conflict):
    """A log is reviewed once after it was written."""

    en = "The log is {status}; one that is submitted can be reviewed."
    zh = "日志状态为{status}；仅已提交的日志可以批阅。"


class RemarkMissing(Invalid):
    """Who returns a log says what is wrong with it."""

    en = "Say what is to be corrected in the log that is returned."
    zh = "退回日志须说明需更正之处。"


class HappenedLater(Invalid):
    """An incident has happened when it is reported."""

    en = "The day of the incident lies ahead; give the day on which it happened."
    zh = "事件日期晚于今天，请填写实际发生日期。"


class IncidentHandled(Conflict):
    """An incident is closed once."""

    en = "The incident is handled already; report what happened since as a new one."
    zh = "该事件已处理完毕；后续情况请另行上报。"


class PaidLater(Invalid):
    """Money is entered after it was paid."""

    en = "The day of payment lies ahead; enter it once it was paid."
    zh = "支付日期晚于今天，请在支付后登记。"


class PeriodUpsideDown(Invalid):
    """A period has a first day and then a last."""

    en = "The period ends before it starts; give its last day as the same day or a later one."
    zh = "期间的结束日期早于开始日期，请改为同日或之后。"


class OutsideInternship(Invalid):
    """A period belongs to the days of the internship."""

    en = "The period lies within the internship ({first} to {last}) and holds at least one of its days."
    zh = "该期间须在实习期（{first} 至 {last}）之内，且至少包含一个实习日。"


class PaymentAnswered(Conflict):
    """The student answers a payment once; what the enterprise corrects is entered anew."""

    en = "The payment is {status}; the student answers one that is entered."
    zh = "该笔支付状态为{status}；仅已登记的支付可由学生确认或提出异议。"


class ObjectionMissing(Invalid):
    """Who disputes a payment says what is wrong with it."""

    en = "Say what is wrong with the payment that you dispute."
    zh = "提出异议须说明支付存在的问题。"


class PaymentNotDisputed(Conflict):
    """A payment that nobody disputes stands."""

    en = "The payment is {status}; the enterprise withdraws one that is entered or disputed."
    zh = "该笔支付状态为{status}；仅已登记或有异议的支付可由企业撤回。"


class AbsenceDecided(Conflict):
    """A leave is decided once."""

    en = "The leave is {status}; one that is requested can be decided."
    zh = "请假状态为{status}；仅待批准的请假可以审批。"


class DaysLogged(Conflict):
    """Days that were worked are no days of leave."""

    en = "A log says that the student worked on {day}; let the log be returned and corrected first."
    zh = "日志显示学生于 {day} 在岗，请先退回并更正日志。"
