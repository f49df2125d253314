"""What recognition may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Duplicate, Forbidden, Invalid


class ClosesBeforeItOpens(Invalid):
    """Applications are taken from the opening to the last day, both included."""

    en = "Applications would close before the batch opens; let closes_on be today or later."
    zh = "申报截止日期早于开放之日，请改为当日或之后。"


class BatchNotInOrder(Conflict):
    """A batch goes one way: drafted, published, opened, closed, reviewed, results published."""

    en = "The batch is {status}; one that is {wanted} can be taken further here."
    zh = "认定批次状态为{status}；仅{wanted}状态的批次可办理此事项。"


class BatchNotOpen(Conflict):
    """Applications are made while the batch is open, until its last day."""

    en = "This batch takes no applications today; it is {status}, and its last day is {last}."
    zh = "该批次今日不受理申报：状态为{status}，截止日期为 {last}。"


class BatchNotUnderReview(Conflict):
    """The committee meets after applications have closed."""

    en = "The batch is {status}; its applications are reviewed and decided once its review has begun."
    zh = "认定批次状态为{status}；评审开始后方可审核和决定。"


class ApplicationsOutstanding(Conflict):
    """Results are published once every application is decided and its publicity is over."""

    en = "{count} applications are not settled yet; decide them and let their publicity end first."
    zh = "尚有 {count} 份申报未办结，请先作出决定并待公示期满。"


class AnotherTeachersCase(Forbidden):
    """A teacher applies for themselves."""

    en = "A teacher applies for themselves; name a teacher id that your token holds."
    zh = "教师仅能为本人申报，请填写本人的教师编号。"


class OwnCase(Forbidden):
    """Nobody verifies, reviews or decides what concerns themselves."""

    en = "This is your own application; somebody else has to do this."
    zh = "此为您本人的申报，应由他人办理。"


class NotOfThisUniversity(Conflict):
    """A university recognises its own teachers."""

    en = "The batch is another university's; apply in one of your own university."
    zh = "该批次不属于本校，请申报本校的批次。"


class NotAProfessionalTeacher(Conflict):
    """Recognition is for active teachers of professional courses and internship instructors."""

    en = "Recognition is for active teachers of professional courses and internship instructors."
    zh = "仅在岗的专业课教师和实习指导教师可以申报。"


class LevelNotOffered(Invalid):
    """A batch says for which levels it takes applications."""

    en = "This batch takes applications for {levels}; choose one of them."
    zh = "该批次受理的级别为 {levels}，请从中选择。"


class AppliedAlready(Duplicate):
    """A teacher applies once in a batch."""

    en = "There is an application of this teacher in the batch already; go on with that one."
    zh = "该教师已在本批次申报，请继续办理原申报。"


class EnteredAlready(Duplicate):
    """One source shows one thing once."""

    en = "This source is entered for this already; enter another one."
    zh = "该依据已在此项下登记，请另行登记其他材料。"


class NoEvidence(Conflict):
    """An application is submitted with its evidence."""

    en = "Nothing is entered yet; enter evidence before submitting the application."
    zh = "尚未登记任何材料，请先登记后再提交。"


class NotInOrder(Conflict):
    """An application goes one way, step by step."""

    en = "The application is {status}; one that is {wanted} can be taken further here."
    zh = "申报状态为{status}；仅{wanted}状态的申报可办理此事项。"


class MoreVotesThanMembers(Invalid):
    """Whoever votes is present."""

    en = "There are more votes in favour than members present; correct the two numbers."
    zh = "同意票数多于到会委员人数，请核对。"


class MorePresentThanMembers(Invalid):
    """A committee meets in some or all of its members."""

    en = "More members are present than the committee has; correct the two numbers."
    zh = "到会委员人数多于全体委员人数，请核对。"


class EvidenceWithdrawn(Conflict):
    """What its teacher has withdrawn is looked at no more."""

    en = "This evidence was withdrawn; enter it anew if it is to count."
    zh = "该材料已撤回；如需使用，请重新登记。"


class NothingToJudge(Invalid):
    """The committee speaks of what only it judges, and of what is to stand for evidence."""

    en = "The committee's words name something that is neither a dimension it judges nor evidence of this application."
    zh = "委员会结论所指既非其评议事项，也非本申报的材料，请核对。"


class PublicityIsOver(Conflict):
    """Objections are heard while the result is public."""

    en = "The publicity ended on {last}; write to the staff office, which may have the recognition checked again."
    zh = "公示期已于 {last} 结束；请向人事处反映，由其决定是否复核。"


class NoSuchObjection(Invalid):
    """An objection is settled once."""

    en = "There is no open objection with this number."
    zh = "没有此编号的待处理异议。"


class NotInForce(Conflict):
    """Only a recognition in force is checked again or taken back."""

    en = "The recognition is {status}; this is possible while it is in force."
    zh = "认定状态为{status}；仅在有效期内可办理。"


class RestsOnSomethingElse(Invalid):
    """A recheck is opened for a source of the frozen evidence."""

    en = "The recognition does not rest on this source; name one of its frozen evidence."
    zh = "该认定并非以此为依据，请填写已固化材料中的依据。"


class NotRechecking(Conflict):
    """A recheck is concluded once."""

    en = "The recognition is {status}; there is no recheck to conclude."
    zh = "认定状态为{status}；没有待办结的复核。"
