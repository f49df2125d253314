"""Puts partnership together; nothing else knows all of its parts."""

from typing import Final

from services.partnership import queries
from services.partnership.api import ROUTERS
from services.partnership.api.documented import DOCUMENTED
from services.partnership.api.organization_import import IMPORTS
from services.partnership.api.signed import SIGNED
from services.partnership.domain.rule_catalogue import RULES, TRIALS
from services.partnership.domain.undecided import UNDECIDED
from services.partnership.handlers import agreement, match, need
from services.partnership.handlers.approving import APPROVED
from services.partnership.personal import PERSONAL
from services.partnership.storage import PartnershipWork, Table
from services.partnership.subscribers import FULFILMENT, MATCH, PRIVACY
from services.partnership.tallies import TALLIES
from shared.web.service import Chore, Service
from shared.web.signing import SIGNING_CHORES

SERVICE: Final = Service(
    name="partnership",
    title="Sunmao partnership",
    package="services.partnership",
    work=PartnershipWork,
    metadata=Table.metadata,
    routers=ROUTERS,
    consumers=(MATCH, FULFILMENT, PRIVACY),
    chores=(
        Chore("expire-needs", find=queries.needs_to_expire, act=need.expire_need),
        Chore("expire-matches", find=queries.matches_to_expire, act=match.expire_match),
        Chore("activate-agreements", find=queries.agreements_to_activate, act=agreement.activate_agreement),
        Chore("complete-agreements", find=queries.agreements_to_complete, act=agreement.complete_agreement),
        *SIGNING_CHORES,
    ),
    tallies=TALLIES,
    imports=IMPORTS,
    personal=PERSONAL,
    rule_shapes=RULES,
    trials=TRIALS,
    undecided=UNDECIDED,
    documented=DOCUMENTED,
    signed=SIGNED,
    approved=APPROVED,
)
