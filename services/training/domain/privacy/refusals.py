"""Why a person's entry is not corrected, not erased, or no longer changed."""

from shared.errors import Conflict, Invalid


class PersonErased(Conflict):
    """Of an erased person nothing is written down any more."""

    en = "This person's data were erased; nothing can be entered of them any more."
    zh = "该人员的个人信息已删除，不能再登记任何内容。"


class StillRegistered(Conflict):
    """Who studies or works there is not erased."""

    en = "Whoever studies or works here is not erased; enter first that they have graduated, withdrawn or left."
    zh = "在读学生、在职人员的个人信息不能删除，请先登记其毕业、退学或离职。"


class StillOpen(Conflict):
    """What is under way needs to know whom it is about."""

    en = "These are not settled and need the person's data: {open}. Settle or cancel them first."
    zh = "下列事项尚未办结，仍需使用该人员的个人信息：{open}。请先办结或取消。"


class NotHeld(Invalid):
    """Only what is held of somebody can be corrected."""

    en = "Of this person no {field} is held; name one of: {held}."
    zh = "系统未保存该人员的{field}，可更正的内容为：{held}。"


class NothingToCorrect(Invalid):
    """A request says what should stand there."""

    en = "Say at least one thing that should stand there instead."
    zh = "请至少填写一项需要更正的内容。"


class CorrectionDecided(Conflict):
    """A request is decided once."""

    en = "This request has been decided; ask anew if something is still wrong."
    zh = "该更正申请已处理；如仍有错误，请重新申请。"


class CorrectionAsked(Conflict):
    """The same is asked for once."""

    en = "The same correction has been asked for and is not decided yet; wait for the answer, or ask for another."
    zh = "相同的更正申请已提交，尚待处理；请等待答复，或提出其他更正。"


class NotTheNoticeInForce(Invalid):
    """One consents to what is in force."""

    en = "The notice in force is edition {edition}; read it and consent to that."
    zh = "现行告知书为第 {edition} 版，请阅读后就该版本表示同意。"


class ConsentWithdrawn(Conflict):
    """A consent is withdrawn once."""

    en = "This consent was withdrawn already."
    zh = "该同意已撤回。"


class BornLater(Invalid):
    """Nobody is entered before they are born."""

    en = "The date of birth is in the future; give one that is not after today."
    zh = "出生日期晚于今日，请填写今日或之前的日期。"
