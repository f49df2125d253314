"""An alert of the monitoring, as those who operate the platform are told of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.notify.domain.notification import Notice
from services.notify.domain.preference import EventClass
from shared.contracts.ids import new_event_id

TEMPLATES = frozenset({"alert_firing", "alert_resolved"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert at one time. `fingerprint` is that of its labels: the same alert keeps it."""

    fingerprint: str
    name: str
    severity: str
    service: str
    status: Literal["firing", "resolved"]
    started_at: datetime
    summary: str
    summary_zh: str

    def notice(self) -> Notice:
        """What is told of it: once that it fires, however often the monitoring repeats it, and once that it is over."""
        return Notice(
            template=f"alert_{self.status}",
            event_class=EventClass.OPERATIONS,
            recipients=(),
            dedupe_key=f"{self.fingerprint}/{self.started_at.isoformat()}",
            subject=self.fingerprint,
            source_event_id=new_event_id(),
            variables={
                "alert": self.name,
                "severity": self.severity,
                "service": self.service,
                "summary": self.summary,
                "summary_zh": self.summary_zh,
            },
        )
