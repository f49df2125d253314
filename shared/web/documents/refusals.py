"""Why a document is not taken in or not handed out."""

from collections.abc import Iterable
from typing import Final

from shared.documents.documented import Kind
from shared.errors import Invalid
from shared.rules import Bilingual
from shared.web.refusals import Gone
from shared.words import Choice

_NONE: Final = Bilingual("无", "none")


class NoSuchKind(Invalid):
    """An object has documents of certain kinds."""

    en = "Documents of this kind are not kept about this object; those that are: {kinds}."
    zh = "此对象不保存该类文件，可选类别：{kinds}。"

    def __init__(self, kinds: Iterable[Kind]) -> None:
        said = tuple(Choice(kind.title, kind.name) for kind in kinds)
        super().__init__(kinds=said or _NONE)


class EndsBeforeItIsIssued(Invalid):
    """A paper holds from the day on which it is issued."""

    en = "The document ends before it is issued; the last day of validity is on or after the day of issue."
    zh = "文件有效期截止日早于签发日，截止日应不早于签发日。"


class IssuedAhead(Invalid):
    """A paper is issued before it is handed in."""

    en = "The document is issued on a day to come; state the day on which it was issued."
    zh = "文件签发日晚于今日，请填写实际签发日期。"


class ContentGone(Gone):
    """The document was erased, or its bytes were removed from outside."""

    en = "The content of this document is no longer kept."
    zh = "该文件的内容已不再保留。"
