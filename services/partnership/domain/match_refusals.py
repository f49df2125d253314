"""Why a match may not be answered so."""

from shared.errors import Conflict, Forbidden


class NotYourSide(Forbidden):
    """Each side of a match is answered for by one office of one organisation."""

    en = "This match is answered by the enterprise on the need's side and the {role} of the candidate's."
    zh = "该匹配由需求方的企业管理员和候选方的{role}答复。"


class NotPending(Conflict):
    """Only what is still to be answered can be accepted."""

    en = "The match is {status}; only one that is still to be answered can be accepted."
    zh = "该匹配状态为{status}，仅待答复的匹配可以接受。"


class AnsweredTooLate(Conflict):
    """An offer stands for a time."""

    en = "The match could be answered until {until}; another one would have to be proposed."
    zh = "该匹配的答复截止时间为 {until}，须等待新的匹配。"


class NotDeclinable(Conflict):
    """What has ended cannot be declined."""

    en = "The match is {status}; only a pending or confirmed one can be declined."
    zh = "该匹配状态为{status}，仅待答复或已确认的匹配可以谢绝。"


class MatchAgreed(Conflict):
    """Who has signed, or is asked to, relies on the match."""

    en = "An agreement carries out this match; end the agreement instead."
    zh = "已有协议依据该匹配，请通过终止协议处理。"
