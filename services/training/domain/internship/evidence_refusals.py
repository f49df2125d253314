"""What a paper may be refused for, wherever it is handed in."""

from shared.errors import Invalid


class PaperAhead(Invalid):
    """Nobody hands in what is not issued yet, or a training that has not taken place."""

    en = "The paper, or what it proves, lies in the future; hand it in once it is issued."
    zh = "材料的签发或办理日期不得晚于今日，请在签发后提交。"


class PaperNotKept(Invalid):
    """Evidence points to a document that is kept, counts, fits in kind and belongs to one of the same parties."""

    en = (
        "The document that is named is not kept, no longer counts, is of another kind ({kind} is asked for), or "
        "belongs to others; upload the paper first and name its id."
    )
    zh = "所引用的文件不存在、已作废、类别不符（应为{kind}）或属于其他主体，请先上传该材料并填写其编号。"


class PaperEndsBeforeItIsIssued(Invalid):
    """A paper holds for at least the day on which it is issued."""

    en = "The paper ends before it is issued; let valid_to be the day of issued_on or later."
    zh = "材料的有效期止日早于签发日期，请改为同日或之后。"
