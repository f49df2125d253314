"""Why a document may not be put out for signature or signed so."""

from shared.errors import Conflict, Forbidden, Invalid


class NotSignedHere(Invalid):
    """Only papers of which it is known who signs them are put out for signature."""

    en = "A document of this kind, about such a thing, is not signed here; choose one of: {kinds}."
    zh = "此类材料不在本系统签署；可签署的材料类别：{kinds}。"


class AlreadyOut(Conflict):
    """A document is out for signature once at a time."""

    en = "This document is out for signature already; withdraw that signing first."
    zh = "该文件已在签署中；如需重新发起，请先撤回。"


class NotTheAsker(Forbidden):
    """A signing is looked after by whoever asked for it."""

    en = "Only the organisation that asked for the signatures withdraws them, or hands in what others have signed."
    zh = "仅发起签署的单位可撤回，或代交其他方已签署的纸质文件。"


class UnfitSigners(Invalid):
    """Who signs follows from what is signed; only the order and the names are chosen."""

    en = "Name each of those who must sign exactly once: {parties}."
    zh = "签署方须与应签各方完全一致且各列一次：{parties}。"


class DueAlready(Invalid):
    """Nobody is asked for what should have been done before."""

    en = "The last day for signing must be today or later."
    zh = "签署截止日不得早于今日。"


class RoundOver(Conflict):
    """Signatures are given from the request to the last of them."""

    en = "This signing is {status}; signatures are given only while it is open."
    zh = "该签署{status}，仅进行中的签署可办理。"


class NotASigner(Forbidden):
    """A signing names who signs."""

    en = "This is not one of those who are asked to sign; the signing names them."
    zh = "所涉签署方不在应签署之列，应签署方见该签署详情。"


class PartySigned(Conflict):
    """Each party signs once."""

    en = "This party has signed already."
    zh = "该签署方已签署。"


class NotYourTurn(Conflict):
    """Where the order is fixed, one signs after the other."""

    en = "The order of signing is fixed, and somebody before this party has not signed yet."
    zh = "签署顺序已固定，前一签署方尚未签署，请稍候。"


class OtherBytes(Conflict):
    """A signature is given to the exact bytes that were read."""

    en = "What you have read is not what is to be signed; read the document again."
    zh = "您所阅读的文件与待签署文件不一致，请重新阅读后签署。"


class NoAccount(Invalid):
    """Who has no account signs by a link or on paper."""

    en = "This party has no account; let it sign by a one-time link, or on paper."
    zh = "该签署方无账号，请使用一次性链接或纸质签署。"


class NotTheirOffice(Forbidden):
    """An organisation's link is given out by itself."""

    en = (
        "Only the office of the party itself gives out its link, and of a person the office that asked for the signing."
    )
    zh = "单位的签署链接由该单位自行生成，个人的签署链接由发起单位生成。"


class ScanElsewhere(Invalid):
    """A scan shows this very paper with its seals."""

    en = "The scan must be a kept document about the same thing, and not the unsigned document itself."
    zh = "扫描件须为同一事项下已保存的文件，且不得为未签署的原文件。"


class SignedAhead(Invalid):
    """Nobody hands in what is signed in the future."""

    en = "The day on which the paper was signed must be today or earlier."
    zh = "纸质文件的签署日期不得晚于今日。"


class NotAgreed(Invalid):
    """Nobody signs by accident."""

    en = "Confirm that the document was read and is agreed to: tick the box, or send agreed as true."
    zh = "请确认已阅读并同意该文件：勾选确认框，或将 agreed 设为 true。"
