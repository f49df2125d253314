"""Where Alertmanager hands in what fires: the body is that of its webhook, version 4.

https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
"""

from datetime import datetime
from typing import Final, Literal

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from services.notify import handlers
from services.notify.commands import TellAlerts
from services.notify.domain.alert import Alert
from services.notify.settings import notify_settings
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn

router: Final = AccessRouter(tags=["alerts"])

_LONGEST: Final = 500


class AlertBody(BaseModel):
    """One alert. What Alertmanager says beyond this is not looked at."""

    model_config = ConfigDict(frozen=True)

    status: Literal["firing", "resolved"]
    labels: dict[str, str]
    annotations: dict[str, str] = Field(default_factory=dict)
    starts_at: datetime = Field(alias="startsAt")
    fingerprint: str = Field(min_length=1, max_length=64)

    def alert(self) -> Alert:
        """As the domain knows it; texts that are missing are the alert's name."""
        name = self.labels.get("alertname", "alert")[:_LONGEST]
        summary = self.annotations.get("summary", name)[:_LONGEST]
        return Alert(
            fingerprint=self.fingerprint,
            name=name,
            severity=self.labels.get("severity", "none")[:_LONGEST],
            service=self.labels.get("service", "-")[:_LONGEST],
            status=self.status,
            started_at=self.starts_at,
            summary=summary,
            summary_zh=self.annotations.get("summary_zh", summary)[:_LONGEST],
        )


class AlertGroupBody(BaseModel):
    """A group of alerts, as one call of the webhook brings them."""

    model_config = ConfigDict(frozen=True)

    alerts: list[AlertBody] = Field(max_length=1000)


class ReceivedView(BaseModel):
    """How many alerts were taken, and how many parties hear of each."""

    model_config = ConfigDict(frozen=True)

    alerts: int
    parties: int

    @classmethod
    def of(cls, told: TellAlerts) -> "ReceivedView":
        """What came of a call."""
        return cls(alerts=len(told.alerts), parties=len(told.parties))


@router.post("/v1/alerts", access=allow("ops", scope="alerts:write"))
async def receive(body: AlertGroupBody, request: Request, edge: EdgeIn) -> ReceivedView:
    """Tell the parties of SUNMAO_NOTIFY_ALERTS_TO of these alerts; repeats are told once."""
    alerts = tuple(each.alert() for each in body.alerts)
    runtime = request.app.state.runtime
    received = await edge.act(
        handlers.tell_alerts,
        TellAlerts(alerts=alerts, parties=notify_settings().parties_alerted),
        answer=ReceivedView.of,
    )
    numbers = runtime.metrics.notifying(runtime.service)
    for alert in alerts:
        numbers.alerted(alert.name, alert.severity)
    return received
