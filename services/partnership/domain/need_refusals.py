"""Why a need may not be posted or changed so."""

from shared.errors import Conflict, Forbidden, Invalid


class NotYourNeed(Forbidden):
    """A need is changed by whoever posted it; whom it names may only read it."""

    en = "Only the organisation that posted the need may change it."
    zh = "仅发布该需求的组织可以变更。"


class NeedClosed(Conflict):
    """A withdrawn or expired need stays as it is."""

    en = "The need is {status}; a new one would have to be posted."
    zh = "该需求状态为{status}，须重新发布。"


class NotAmendable(Conflict):
    """Once a line is matched, both sides rely on what the need says."""

    en = "The need is {status}; only a posted or matching need can be amended."
    zh = "该需求状态为{status}，仅已发布或匹配中的需求可修改。"


class NotWithdrawable(Conflict):
    """What is contracted ends by its agreement."""

    en = "The need is {status}; only a posted, matching or matched need can be withdrawn or expire."
    zh = "该需求状态为{status}，仅已发布、匹配中或已匹配的需求可撤回或失效。"


class LinesRepeat(Invalid):
    """Lines are told apart by their number."""

    en = "Two lines have the same number; give each line_no once."
    zh = "需求明细编号重复，每个 line_no 只能出现一次。"


class NoSuchLine(Invalid):
    """The need has no line of this number."""

    en = "The need has no line {line_no}; name one of its lines."
    zh = "该需求没有第 {line_no} 条明细，请填写已有明细编号。"


class WrongNames(Invalid):
    """Named organisations and the visibility `named` belong together."""

    en = "Name organisations if, and only if, the visibility is named."
    zh = "当且仅当可见范围为 named 时列出指定组织。"


class ExpiredFromTheStart(Invalid):
    """A need is posted to be met."""

    en = "The need would be expired already; let expires_at (or ends_on, where it is left out) be later."
    zh = "该需求已过期，请推迟 expires_at（未填写时为 ends_on）。"
