"""Telling those who operate the platform of alerts."""

from services.notify.commands import TellAlerts
from services.notify.domain.notification import notification_id
from services.notify.handlers.inbox import tell
from services.notify.ports import Work


async def tell_alerts(command: TellAlerts, work: Work) -> TellAlerts:
    """Tell each party of each alert; what it was told before it is not told again."""
    notices = [alert.notice() for alert in command.alerts]
    await work.notifications.known(notification_id(notice, party) for notice in notices for party in command.parties)
    await work.choices.known(command.parties)
    for notice in notices:
        for party in command.parties:
            await tell(notice, party, work)
    return command
