"""What a training base may refuse, each refusal named after what was broken."""

from shared.errors import Conflict, Forbidden, Invalid


class NotTheOperator(Forbidden):
    """A base is built, opened and closed by its operator."""

    en = "Only the operator of the base may do this."
    zh = "仅基地运营方可办理此事。"


class NotInvited(Forbidden):
    """An enterprise takes part when the agreement or the operator names it."""

    en = "Only an enterprise that the agreement or the operator names may confirm that it takes part."
    zh = "仅协议或运营方列明的企业可以确认参与。"


class ParticipationConfirmed(Conflict):
    """An enterprise confirms once."""

    en = "This enterprise has confirmed already; nothing is left to do."
    zh = "该企业已确认参与，无需重复办理。"


class NotBeforeBuilding(Conflict):
    """Enterprises are found before the base is built."""

    en = "The base is {status}; this is possible while it is planned or confirmed by the enterprise."
    zh = "基地状态为{status}；仅在规划或企业已确认阶段可办理。"


class NotBuilding(Conflict):
    """Only what is being built is accepted."""

    en = "The base is {status}; one that is building can be accepted."
    zh = "基地状态为{status}；仅建设中的基地可以验收。"


class NotAccepted(Conflict):
    """A base opens once, after it was accepted."""

    en = "The base is {status}; one that is accepted can be opened."
    zh = "基地状态为{status}；仅通过验收的基地可以开放。"


class NotOpen(Conflict):
    """Only an open base is suspended."""

    en = "The base is {status}; one that is open can be suspended."
    zh = "基地状态为{status}；仅开放中的基地可以暂停。"


class NotSuspended(Conflict):
    """Only a suspended base is resumed."""

    en = "The base is {status}; one that is suspended can be resumed."
    zh = "基地状态为{status}；仅暂停中的基地可以恢复。"


class BaseClosed(Conflict):
    """What is closed stays closed."""

    en = "The base is closed already; plan a new one."
    zh = "基地已关闭，请另行规划。"


class NothingToOverride(Conflict):
    """An exception is accepted where the rule refuses, and only there."""

    en = "The rule does not refuse this base; no exception is needed."
    zh = "该规则并未限制此基地，无需准许例外。"


class HalfAPlace(Invalid):
    """A place on the map has both its numbers."""

    en = "Give latitude and longitude together, or neither."
    zh = "经度与纬度须同时填写或同时留空。"
