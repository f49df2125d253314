"""HTTP of notify: the inbox, parties' settings, the event feed, alerts."""

from services.notify.api import alerts, feed, inbox, parties, telling

ROUTERS = (inbox.router, parties.router, feed.router, telling.router, alerts.router)
