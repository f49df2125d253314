"""Why a paper was not printed."""

from shared.errors import Invalid, Refusal


class NotPrintable(Invalid):
    """A character that the fonts of papers lack would be an empty box, and one that turns the direction deceives."""

    en = (
        "Something that is to stand on the paper holds a character that cannot be printed: a control character, an "
        "emoji, or a rare character outside of GB 18030. Replace it where it was entered, and print again."
    )
    zh = "待打印内容含有无法打印的字符（控制字符、表情符号或 GB 18030 以外的生僻字），请在原登记处更正后重新生成。"


class TooManyPapers(Refusal):
    """Each paper is printed by a process of its own; only so many may wait for their turn."""

    en = "Too many papers are waiting to be printed; please try again shortly."
    zh = "等待生成的文书过多，请稍后重试。"


class TooLong(Invalid):
    """What takes longer to print than anybody waits is no paper."""

    en = "This is too long for one paper; shorten its texts, or print a smaller part."
    zh = "内容过长，无法生成文书，请精简文本或缩小范围。"
