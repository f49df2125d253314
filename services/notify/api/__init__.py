"""HTTP of notify: the inbox, the work-list, parties' settings, the event feed, alerts."""

from services.notify.api import alerts, delegations, feed, inbox, parties, stuck, tasks, telling

ROUTERS = (
    inbox.router,
    tasks.router,
    stuck.router,
    delegations.router,
    parties.router,
    feed.router,
    telling.router,
    alerts.router,
)
