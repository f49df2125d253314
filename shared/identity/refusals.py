"""Why somebody was not let in, as the answer says it and as the metric counts it; never with the token."""

from enum import StrEnum
from typing import Final

from shared.errors import Forbidden, Refusal
from shared.words import Verbatim, roles_told


class Reason(StrEnum):
    """The label `reason` of `sunmao_auth_failures_total`."""

    MISSING = "missing"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    CLAIMS = "claims"
    ISSUER_UNAVAILABLE = "issuer_unavailable"
    ROLE = "role"


_SENTENCES: Final[dict[Reason, tuple[str, str]]] = {
    Reason.MISSING: (
        "Send a bearer token in the Authorization header.",
        "请在 Authorization 请求头中携带 Bearer 令牌。",
    ),
    Reason.MALFORMED: (
        "The Authorization header holds no readable bearer token.",
        "Authorization 请求头中的令牌无法识别。",
    ),
    Reason.ALGORITHM: (
        "The token must be signed with RS256, ES256 or EdDSA.",
        "令牌须使用 RS256、ES256 或 EdDSA 签名。",
    ),
    Reason.UNKNOWN_KEY: (
        "The token's key is not among those that the issuer publishes.",
        "令牌所用密钥不在签发方公布的密钥之列。",
    ),
    Reason.SIGNATURE: ("The token's signature does not hold.", "令牌签名无效。"),
    Reason.ISSUER: ("The token comes from another issuer.", "令牌的签发方不符。"),
    Reason.AUDIENCE: ("The token was issued for another audience.", "令牌的受众不符。"),
    Reason.EXPIRED: ("The token has expired; ask for a new one.", "令牌已过期，请重新获取。"),
    Reason.NOT_YET_VALID: ("The token is not valid yet.", "令牌尚未生效。"),
    Reason.CLAIMS: (
        "The token lacks a claim, or a claim has the wrong form.",
        "令牌缺少必要声明，或声明格式有误。",
    ),
}


class Unauthenticated(Refusal):
    """Nobody we know is calling: the answer is 401, with `challenge` as its `WWW-Authenticate`."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__()

    @property
    def challenge(self) -> str:
        """What the header `WWW-Authenticate` says (RFC 6750, section 3)."""
        return 'Bearer realm="sunmao"' + ("" if self.reason is Reason.MISSING else ', error="invalid_token"')

    def say(self, language: str) -> str:
        """The sentence that belongs to the reason."""
        en, zh = _SENTENCES[self.reason]
        return zh if language == "zh" else en


class IssuerUnavailable(Refusal):
    """No key of the issuer is known and it does not answer, so no token can be judged: the answer is 503."""

    reason = Reason.ISSUER_UNAVAILABLE
    en = "The issuer of tokens cannot be reached; please try again shortly."
    zh = "暂时无法连接令牌签发方，请稍后重试。"


class RoleNotAllowed(Forbidden):
    """The caller is known, but nobody in their roles may do this: the answer is 403."""

    reason = Reason.ROLE
    en = "This needs one of these roles: {roles}; a machine client needs the scope {scope}."
    zh = "此操作需要以下角色之一：{roles}；机器客户端需要权限范围 {scope}。"

    def __init__(self, *, roles: tuple[str, ...], scope: str | None) -> None:
        self._admits = (bool(roles), scope is not None)
        super().__init__(roles=roles_told(roles), scope=Verbatim(scope or ""))

    def say(self, language: str) -> str:
        """What would let the caller in: a role, a scope, or either."""
        en, zh = _ADMITTING.get(self._admits, (self.en, self.zh))
        return self.told(zh if language == "zh" else en, language)


_ADMITTING: Final = {
    (True, False): (
        "This needs one of these roles: {roles}; machine clients may not do it.",
        "此操作需要以下角色之一：{roles}；不对机器客户端开放。",
    ),
    (False, True): ("This needs the scope {scope}.", "此操作需要权限范围 {scope}。"),
}
