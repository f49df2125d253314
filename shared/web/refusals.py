"""The refusals that only HTTP knows: preconditions, repeated keys, places in a feed that are gone."""

from starlette.responses import Response

from shared.errors import Conflict, Forbidden, Invalid, Refusal


class Answered(Exception):
    """The answer is already known: stored for a repeated request, or in another form than JSON."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("answered")


class PreconditionFailed(Refusal):
    """The object is no longer at the version that the caller has seen."""

    en = "The object has changed since you read it; read it again and repeat."
    zh = "对象在您读取后已变更,请重新读取后再提交。"


class NoPrecondition(Refusal):
    """PUT and PATCH ask for an `If-Match`, so that nobody writes over what they have not seen."""

    en = "Send the ETag of the version that you change in the If-Match header."
    zh = "请在 If-Match 请求头中携带所修改版本的 ETag。"


class KeyReused(Invalid):
    """An `Idempotency-Key` names one request; another body needs another key."""

    en = "This Idempotency-Key was used for a request with another body; use a new key."
    zh = "该 Idempotency-Key 已用于不同内容的请求,请使用新的键。"


class AlreadyDone(Conflict):
    """The first request with this key succeeded, and its answer held a secret that is told once only."""

    en = "This was done already, and its answer is told only once."
    zh = "该请求已完成,其结果仅返回一次。"


class StillRunning(Conflict):
    """The first request with this key has not ended yet."""

    en = "A request with this Idempotency-Key is still running; repeat later."
    zh = "使用该 Idempotency-Key 的请求仍在处理中,请稍后重试。"


class NoOrganization(Forbidden):
    """The act is an organisation's, and the token names none."""

    en = "This is done for an organisation, and your token names none."
    zh = "此操作须以机构名义办理,而您的令牌未指定机构。"


class NotSortable(Invalid):
    """Lists are sorted only by what the database has in order."""

    en = "Sort by one of: {columns}; put a minus before it for descending order."
    zh = "可排序字段:{columns};加减号表示倒序。"


class BadCursor(Invalid):
    """A cursor is given out by a list and given back unchanged."""

    en = "The cursor is not one that this list gave out; begin without one."
    zh = "游标无效,请从第一页开始。"


class TooBusy(Refusal):
    """More is waiting than this process will hold."""

    en = "Too many requests are waiting; please try again shortly."
    zh = "等待处理的请求过多,请稍后重试。"


class Gone(Refusal):
    """What was asked for is no longer kept."""

    en = "This is no longer kept; the oldest that is kept is at position {oldest}."
    zh = "该内容已不再保留,当前最早的位置为 {oldest}。"
