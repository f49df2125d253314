"""What a conversion may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Invalid


class NotRecognised(Conflict):
    """Only what a university has recognised becomes credits, each outcome once."""

    en = "Each outcome must be named once, be in this account, and be recognised by the academic office first."
    zh = "各项成果仅可列出一次，须在本账户内并已由教务处认定。"


class AnotherUniversity(Invalid):
    """Credits are converted into a programme of the learner's university."""

    en = "The target programme belongs to another university; choose one of the learner's own."
    zh = "目标专业属于其他院校，请选择本校专业。"


class NotProposed(Conflict):
    """A proposal is reviewed once."""

    en = "The conversion is {status}; one that is proposed can be reviewed."
    zh = "转换状态为{status}；仅已提出的转换可以受理。"


class NotReviewed(Conflict):
    """What is approved was reviewed first."""

    en = "The conversion is {status}; one under academic review can be approved."
    zh = "转换状态为{status}；仅审核中的转换可以批准。"


class AlreadyDecided(Conflict):
    """A decided conversion is not rejected any more."""

    en = "The conversion is {status}; one that is proposed or under academic review can be rejected."
    zh = "转换状态为{status}；仅未决的转换可以驳回。"


class NotPosted(Conflict):
    """Only what was posted is reversed."""

    en = "The conversion is {status}; one that is posted can be reversed."
    zh = "转换状态为{status}；仅已入账的转换可以冲销。"
