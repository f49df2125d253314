"""What a recruitment may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Duplicate, Invalid


class RecruitmentNotOpen(Conflict):
    """Candidates are checked and decided before the result is public."""

    en = "The recruitment is {status}; this is possible while it is open."
    zh = "招聘状态为{status}；仅进行中的招聘可办理此事。"


class TooManySelected(Conflict):
    """A notice has so many places."""

    en = "All {places} places of the notice are given; decline another candidate, or publish a new notice."
    zh = "公告的 {places} 个名额已满，如需增加请另行发布公告。"


class PublicBeforeNotice(Invalid):
    """A result is public after the notice that it answers."""

    en = "The notice is of {notice}; the result can be public from that day on, not before."
    zh = "招聘公告日期为 {notice}，公示不得早于该日。"


class PublicityBackwards(Invalid):
    """Publicity ends on the day it begins or later."""

    en = "The publicity ends before it begins; give the same day or a later one."
    zh = "公示结束日期早于开始日期，请填写同日或之后的日期。"


class CandidatesUndecided(Conflict):
    """The result is public once everybody is decided."""

    en = "{undecided} candidates are not decided yet; select or decline each of them first."
    zh = "尚有 {undecided} 名应聘人未作出决定，请先逐一录用或不予录用。"


class NotPublicised(Conflict):
    """What was not public is not closed."""

    en = "The recruitment is {status}; one that is publicised can be closed."
    zh = "招聘状态为{status}；仅公示中的招聘可以办结。"


class PublicityNotOver(Conflict):
    """The publicity runs to the end of its last day."""

    en = "The result is public until {last}; close the recruitment after that day."
    zh = "公示至 {last} 止，请在次日起办结。"


class CandidateTaken(Duplicate):
    """A recruitment gives each candidate number once."""

    en = "This recruitment has a candidate with this number already; check that entry again instead."
    zh = "本次招聘已有使用该编号的应聘人，请重新核查原有记录。"


class CandidateDecided(Conflict):
    """What is decided stays."""

    en = "The candidate is {status}; facts and exceptions belong before the decision."
    zh = "应聘人状态为{status}；事实与例外须在作出决定前办理。"


class ExceptionNotListed(Invalid):
    """An exception is granted for a reason that the rule lists."""

    en = "That is no reason for an exception; it is one of {listed}."
    zh = "该例外情形不在规定之列，可选情形：{listed}。"


class NoExceptionNeeded(Conflict):
    """An exception is granted where the rule refuses, and only there."""

    en = "The rule does not refuse this candidate; no exception is needed."
    zh = "该规则并未限制此应聘人，无需准许例外。"


class FactsMissing(Conflict):
    """What is not known is found out, not excused."""

    en = "Facts are missing ({missing}); complete them and check again before an exception is granted."
    zh = "尚缺事实（{missing}），请补充并重新核查后再办理例外。"
