"""What a post for interns may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class NotThePostsEnterprise(Forbidden):
    """A post is changed and closed by the enterprise that offers it."""

    en = "Only the enterprise that offers the post may do this."
    zh = "仅提供该岗位的企业可以办理此事。"


class PostIsClosed(Conflict):
    """What is closed stays closed."""

    en = "The post is closed; create a new one."
    zh = "岗位已关闭，请另行发布。"


class NotAnInternshipAgreement(Invalid):
    """A post is offered under an agreement on internships, if it is offered under one at all."""

    en = "This agreement is on something else ({type}); name one on an internship base, or none."
    zh = "该协议类型为“{type}”；请填写实习基地协议，或留空。"


class AgreementUnknown(Conflict):
    """A post is offered under an agreement that is known here; news of agreements takes a moment to arrive."""

    en = "This agreement is not known here yet; if all parties have signed it, try again in a moment."
    zh = "本服务尚未收到该协议的信息；如各方均已签署，请稍后重试。"


class AgreementEnded(Conflict):
    """Nothing new is offered under an agreement that was ended."""

    en = "The agreement was ended; offer the post under another one, or under none."
    zh = "该协议已终止，请依据其他协议发布岗位，或不填写协议。"


class NotAtTheBase(Invalid):
    """A post is at a training base at which its enterprise is at home."""

    en = "Name a training base that your enterprise operates or takes part in, or none."
    zh = "请填写本企业运营或参与共建的实训基地，或留空。"


class RegionMissing(Invalid):
    """A place in China has a region, a place elsewhere has none."""

    en = "Give region_code for a post in China (CN), and leave it out for a post in another country."
    zh = "境内（CN）岗位须填写行政区划代码，境外岗位请留空。"


class NoRest(Invalid):
    """A shift lasts longer than its breaks, and the week's hours fit into the shifts."""

    en = "The hours do not add up: a shift is longer than its breaks, and weekly_hours fit into the shifts of a week."
    zh = "工时填写有误：班次时长须大于休息时间，每周工时不得超过各班次合计。"
