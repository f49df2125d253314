"""The refusals that only HTTP knows: unreadable requests, preconditions, repeated keys, places that are gone."""

from starlette.responses import Response

from shared.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class Answered(Exception):
    """The answer is already known: stored for a repeated request, or in another form than JSON."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("answered")


class PreconditionFailed(Refusal):
    """The object is no longer at the version that the caller has seen."""

    en = "The object has changed since you read it; read it again and repeat."
    zh = "对象在您读取后已变更，请重新读取后再提交。"


class NoPrecondition(Refusal):
    """PUT and PATCH ask for an `If-Match`, so that nobody writes over what they have not seen."""

    en = "Send the ETag of the version that you change in the If-Match header."
    zh = "请在 If-Match 请求头中携带所修改版本的 ETag。"


class KeyReused(Invalid):
    """An `Idempotency-Key` names one request; another body needs another key."""

    en = "This Idempotency-Key was used for a request with another body; use a new key."
    zh = "该 Idempotency-Key 已用于不同内容的请求，请使用新的键。"


class KeyTooLong(Invalid):
    """An `Idempotency-Key` is kept as it is, so it may not be of any length."""

    en = "An Idempotency-Key has at most {limit} characters."
    zh = "Idempotency-Key 最多 {limit} 个字符。"


class AlreadyDone(Conflict):
    """The first request with this key succeeded, and its answer held a secret that is told once only."""

    en = "This was done already, and its answer is told only once."
    zh = "该请求已完成，其结果仅返回一次。"


class StillRunning(Conflict):
    """The first request with this key has not ended yet."""

    en = "A request with this Idempotency-Key is still running; repeat later."
    zh = "使用该 Idempotency-Key 的请求仍在处理中，请稍后重试。"


class NoRuleInForce(Invalid):
    """A business date lies before any rule pack says what is asked of such things."""

    en = "No rule pack was in force yet on the business date (an internship's first day); choose a later one."
    zh = "业务日期（如实习首日）早于相关规则的施行日期，无规则可依，请改用较晚的日期。"


class NoOrganization(Forbidden):
    """The act is an organisation's, and the token names none."""

    en = "This is done for an organisation, and your token names none."
    zh = "此操作须以机构名义办理，而您的令牌未指定机构。"


class NotSortable(Invalid):
    """Lists are sorted only by what the database has in order."""

    en = "Sort by one of: {columns}; put a minus before it for descending order."
    zh = "可排序字段：{columns}；加减号表示倒序。"


class BadCursor(Invalid):
    """A cursor is given out by a list and given back unchanged."""

    en = "The cursor is not one that this list gave out; begin without one."
    zh = "游标无效，请从第一页开始。"


class TooManyListed(Invalid):
    """A file holds so many rows and no more: beyond, nobody looks at them one by one."""

    en = "The list has more than {limit} rows; narrow it, or read it page by page with a limit."
    zh = "列表超过 {limit} 行，请缩小范围，或使用 limit 分页读取。"


class TooManyTries(Refusal):
    """One-time links are tried a few times a minute, from one address and on one link."""

    en = "Too many tries with one-time links; wait {seconds} seconds and try again."
    zh = "一次性链接访问过于频繁，请 {seconds} 秒后再试。"


class TooBusy(Refusal):
    """More is waiting than this process will hold."""

    en = "Too many requests are waiting; please try again shortly."
    zh = "等待处理的请求过多，请稍后重试。"


class Gone(Refusal):
    """What was asked for is no longer kept."""

    en = "This is no longer kept; the oldest that is kept is at position {oldest}."
    zh = "该内容已不再保留，当前最早的位置为 {oldest}。"


class Unreadable(Refusal):
    """What was sent is no request at all."""

    en = "The request cannot be read: its body must be JSON in UTF-8, its address UTF-8 without NUL."
    zh = "请求无法读取：正文须为 UTF-8 编码的 JSON，地址须为 UTF-8 编码且不含空字符。"


class InvalidRequest(Refusal):
    """Values that do not fit; `errors` beside it say where, and what would."""

    en = "Some values do not fit; each of the errors says where and what would."
    zh = "部分取值不符合要求，详见 errors 中的位置与说明。"


class NoSuchAddress(NotFound):
    """No route has this path."""

    en = "There is nothing at this address; /openapi.json lists what there is."
    zh = "此地址不存在，可用地址见 /openapi.json。"

    @property
    def code(self) -> str:
        """The code of a thing that does not exist."""
        return "not_found"


class MethodNotAllowed(Refusal):
    """The address is there, and answers other methods."""

    en = "This address does not answer this method; the Allow header names those that it answers."
    zh = "此地址不支持该请求方法，可用方法见 Allow 响应头。"


class TooLarge(Refusal):
    """The body is larger than any request has reason to be."""

    en = "The body is too large; send at most 2 MiB at once, a table of at most 16 MiB, a document of at most 20 MiB."
    zh = "请求正文过大，单次最多 2 MiB，表格文件最多 16 MiB，文件材料最多 20 MiB。"


class InternalError(Refusal):
    """What nobody foresaw; its cause is in the log, never in the answer."""

    en = "Something went wrong on our side; the request id helps to find it."
    zh = "服务内部出错，请凭请求编号联系运维人员。"


class Unavailable(Refusal):
    """What the service cannot do without does not answer: its database."""

    en = "The service cannot reach its database; please try again shortly."
    zh = "服务暂时无法访问数据库，请稍后重试。"


class Stopping(Refusal):
    """The process stops, and this request took longer than it waits for. What it asked for may be done or not."""

    en = "The service was stopped before it was done; please try again shortly, under the same Idempotency-Key if any."
    zh = "服务在办理完成前停止，请稍后重试；如带有 Idempotency-Key，请使用同一个。"
