"""A link that opens once, for somebody without an account: what every kind of it has in common."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.errors import Conflict, NotFound
from shared.kernel.aggregate import Aggregate

LINK_STANDS: Final = timedelta(days=14)
"""How long a link opens that nobody uses."""


class NoSuchLink(NotFound):
    """A link opens only as it was given out; on its way to a phone the end of it gets lost easily."""

    en = (
        "This link opens nothing: it is incomplete, was never given out, or is over. "
        "Open it exactly as it was sent to you, or ask whoever sent it for a new one."
    )
    zh = "该链接不完整、不存在或已失效，请按收到的完整链接重新打开，或向发送单位索取新链接。"

    @property
    def code(self) -> str:
        """The code of a thing that does not exist."""
        return "not_found"


class LinkSpent(Conflict):
    """A link is used once, within its time."""

    en = "This link was used or has expired; ask the party's office for a new one."
    zh = "该链接已使用或已过期，请向所属单位索取新链接。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeLink(Aggregate):
    """A permission to act once. Only the hash of its token is kept, and who gave it out."""

    token_hash: str
    created_by: str
    expires_at: datetime
    used_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether it opens still."""
        return self.used_at is None and at < self.expires_at

    def require_standing(self, at: datetime) -> None:
        """Raise `LinkSpent` where it was used or has expired."""
        if not self.stands(at):
            raise LinkSpent
