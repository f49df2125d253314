"""HTTP of notify: the inbox, parties' settings, the event feed."""

from services.notify.api import feed, inbox, parties, telling

ROUTERS = (inbox.router, parties.router, feed.router, telling.router)
