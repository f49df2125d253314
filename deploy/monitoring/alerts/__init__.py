"""Every alert, by what it watches, with an example of when it fires and one of when it does not."""

from typing import Final

from deploy.monitoring.alerts.consumers import CONSUMERS
from deploy.monitoring.alerts.documents import DOCUMENTS
from deploy.monitoring.alerts.outbox import OUTBOX
from deploy.monitoring.alerts.people import PEOPLE
from deploy.monitoring.alerts.processes import PROCESSES
from deploy.monitoring.alerts.rosters import ROSTERS
from deploy.monitoring.burning import SLO_ALERTS
from deploy.monitoring.rules import Alert

GROUPS: Final = (OUTBOX, CONSUMERS, PROCESSES, DOCUMENTS, ROSTERS, PEOPLE)
ALERTS: Final = [rule for group in (*GROUPS, SLO_ALERTS) for rule in group.rules if isinstance(rule, Alert)]
