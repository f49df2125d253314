"""What the environment may say about notify alone, as `SUNMAO_NOTIFY_<NAME>`."""

from datetime import timedelta
from functools import cache
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.notify.domain.party import PARTY_PATTERN

_PARTY: Final = PARTY_PATTERN.strip("^$")


class NotifySettings(BaseSettings):
    """The settings of notify."""

    model_config = SettingsConfigDict(env_prefix="SUNMAO_NOTIFY_", frozen=True)

    feed_days: int = Field(30, ge=1, le=3650, description="how long the feed keeps an event")
    tasks_days: int = Field(90, ge=31, le=3650, description="how long the work-list keeps a task that is done")
    streams: int = Field(500, ge=1, le=100_000, description="live streams that one process holds open")
    stream_seconds: float = Field(3600, gt=0, description="after which a stream ends and its reader comes again")
    heartbeat_seconds: float = Field(15, gt=0, description="after which a silent stream says that it is alive")

    alerts_to: str = Field(
        "",
        pattern=rf"^({_PARTY}(,{_PARTY})*)?$",
        description="who hears of the monitoring's alerts, with commas between: person:<id> or role:ops@<organisation>",
    )

    @property
    def parties_alerted(self) -> tuple[str, ...]:
        """Who hears of the monitoring's alerts."""
        return tuple(party for party in self.alerts_to.split(",") if party)

    @property
    def feed_kept(self) -> timedelta:
        """How long the feed keeps an event."""
        return timedelta(days=self.feed_days)

    @property
    def tasks_kept(self) -> timedelta:
        """How long the work-list keeps a task that is done: longer than an event may come late."""
        return timedelta(days=self.tasks_days)


@cache
def notify_settings() -> NotifySettings:
    """The settings, read when they are first needed."""
    return NotifySettings()
