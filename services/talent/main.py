"""Talent put together."""

from services.talent import queries
from services.talent.api import ROUTERS
from services.talent.api.year_import import IMPORTS
from services.talent.domain.rule_catalogue import RULES
from services.talent.handlers.demand import look_again
from services.talent.personal import PERSONAL
from services.talent.storage import Table, TalentWork
from services.talent.subscribers import MATCH, PRIVACY
from services.talent.tallies import TALLIES
from shared.web.service import Chore, Service

SERVICE = Service(
    name="talent",
    title="Talent: programmes, and who could meet a need",
    package="services.talent",
    work=TalentWork,
    metadata=Table.metadata,
    routers=ROUTERS,
    consumers=(MATCH, PRIVACY),
    chores=(Chore("look-again", find=queries.demands_to_look_at_again, act=look_again),),
    tallies=TALLIES,
    imports=IMPORTS,
    personal=PERSONAL,
    rule_shapes=RULES,
)
