"""Alerts of the monitoring, told to those who operate the platform."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError

from services.notify import handlers
from services.notify.commands import TellAlerts
from services.notify.domain.alert import Alert
from services.notify.domain.party import Locale
from services.notify.queries.texts import texts
from services.notify.settings import NotifySettings
from services.notify.storage import NotifyWork
from tests.fakes import NOON, MemoryStore, memory_work
from tests.unit.notify.world import notifications

OPS = "role:ops@org_01KM4C37M0M9AH7HZ0YVNAG2HK"
PERSON = "person:per_01KM4C37M0M9AH7HZ0YVNAG2HK"
STALLED = Alert(
    fingerprint="c6fb7c0a3a0f1e2d",
    name="OutboxStalled",
    severity="page",
    service="talent",
    status="firing",
    started_at=NOON,
    summary="talent has sent nothing for a minute",
    summary_zh="talent 已一分钟未发送事件",
)


async def told(store: MemoryStore, *alerts: Alert, parties: tuple[str, ...] = (OPS,)) -> None:
    work = memory_work(NotifyWork, store, actor="system:alertmanager")
    await handlers.tell_alerts(TellAlerts(alerts=alerts, parties=parties), work)
    await work.flush()


async def test_an_alert_that_is_repeated_is_told_once_to_each() -> None:
    store = MemoryStore()

    for _ in range(3):
        await told(store, STALLED, parties=(OPS, PERSON))

    assert sorted(each.recipient for each in notifications(store)) == [PERSON, OPS]


async def test_that_it_is_over_is_told_and_so_is_its_return() -> None:
    store = MemoryStore()

    await told(store, STALLED)
    await told(store, replace(STALLED, status="resolved"))
    await told(store, replace(STALLED, started_at=NOON + timedelta(hours=1)))

    assert sorted(each.template for each in notifications(store)) == ["alert_firing", "alert_firing", "alert_resolved"]


@pytest.mark.parametrize(("language", "said"), [(Locale.EN, STALLED.summary), (Locale.ZH_CN, STALLED.summary_zh)])
async def test_it_is_told_in_the_language_of_the_reader(language: Locale, said: str) -> None:
    store = MemoryStore()
    await told(store, STALLED)

    [notification] = notifications(store)

    assert said in texts(language).render(notification.template, {**notification.variables, "count": 1}).text


def test_who_hears_of_alerts_must_be_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNMAO_NOTIFY_ALERTS_TO", f"{OPS},{PERSON}")
    assert NotifySettings().parties_alerted == (OPS, PERSON)

    monkeypatch.setenv("SUNMAO_NOTIFY_ALERTS_TO", "the night shift")
    with pytest.raises(ValidationError, match="alerts_to"):
        NotifySettings()
