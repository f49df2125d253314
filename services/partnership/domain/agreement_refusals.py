"""Why an agreement may not be drafted, signed or ended so."""

from shared.errors import Conflict, Forbidden, Invalid


class UnfitParties(Invalid):
    """Parties are verified organisations, each named once, in roles that fit what they are."""

    en = "The parties must be two or more verified organisations, each once, in fitting roles, yours among them."
    zh = "协议方须为两个以上已核验的组织，各列一次，角色与组织类型相符，并包含本组织。"


class UnfitParent(Invalid):
    """A child belongs under a framework of the same parties."""

    en = "The parent must be a framework agreement of the same parties that has not ended."
    zh = "上级协议须为相同各方之间尚未终止的框架协议。"


class UnfitNeed(Invalid):
    """An agreement carries out an open need of one of its parties."""

    en = "The need must be an open need of one of the parties, and a line one of its lines, of a kind that fits."
    zh = "需求须为协议一方的有效需求，明细须属于该需求且与协议类型相符。"


class UnfitMatches(Invalid):
    """What the agreement carries out was confirmed between its parties before."""

    en = "A line and its matches go together: one or more confirmed matches of that line, all between the parties."
    zh = "明细与匹配须一并填写：须为该明细下已确认、且双方均为协议方的匹配。"


class UnfitTerms(Invalid):
    """What the terms name is what was matched."""

    en = "The programme, host base and teachers of the terms must be matched ones, and the operator a party."
    zh = "条款中的专业、承建基地和教师须为已匹配对象，运营方须为协议方。"


class NotAParty(Forbidden):
    """An agreement is signed by its parties, each through its own office."""

    en = "A party signs through its own office: {roles}."
    zh = "协议方须由本单位的{roles}签署。"


class NotADraft(Conflict):
    """Once it is out for signature, an agreement says what it says."""

    en = "The agreement is {status}; only a draft can be changed or submitted."
    zh = "协议状态为{status}，仅草稿可修改或提交。"


class NotToBeSigned(Conflict):
    """Signatures are given between submission and the last of them."""

    en = "The agreement is {status}; it is signed only while signatures are pending."
    zh = "协议状态为{status}，仅待签署状态可签署。"


class SignedAlready(Conflict):
    """Each party signs once."""

    en = "This party has signed already."
    zh = "该协议方已签署。"


class NotInForce(Conflict):
    """What has ended cannot end again, and a draft binds nobody."""

    en = "The agreement is {status}; only one that was submitted and has not ended can be terminated."
    zh = "协议状态为{status}，仅已提交且尚未结束的协议可终止。"
