"""Reminding of what is owed: beginning and ending ladders as events say, and climbing them as days pass."""

from typing import Final

from services.notify.domain.escalation import Escalation, Owed
from services.notify.domain.owed import begun_by, ended_by
from services.notify.ports import Work
from shared.contracts.event import Event

_TERM: Final = "term"
"""Where the states are kept by which a ladder ends."""


async def keep_ladders(event: Event, work: Work) -> None:
    """Begin what is owed from now on, end what is no longer."""
    for owed in begun_by(event):
        await _begin(owed, work)
    met = ended_by(event)
    if met is not None:
        for escalation in await work.escalations.where(subject=met.subject):
            if escalation.next_on is not None and met.escalation_id in {None, escalation.id}:
                work.escalations.save(escalation.end())


async def climb_ladder(escalation_id: str, work: Work) -> Escalation:
    """Take the steps whose day has come, unless the states say that nothing is owed, or on another day, or are gone."""
    escalation = await work.escalations.get(escalation_id)
    ladder, on = work.ladders[escalation.ladder], work.context.today
    whose = (escalation.subject, escalation.owed_by)
    terms = await work.terms.known(whose)
    gone = await work.erased.where(table_name=_TERM, id=whose)
    owed = escalation.end() if gone else escalation.as_of(terms.values(), ladder, on=on)
    climbed, raised = owed.climb(ladder, on=on)
    return escalation if climbed == escalation else work.escalations.save(climbed, *raised)


async def _begin(owed: Owed, work: Work) -> None:
    ladder, on = work.ladders[owed.ladder], work.context.today
    known = await work.escalations.find(owed.id)
    if known is None:
        story = work.context.correlation_id or owed.subject
        work.escalations.add(Escalation.begin(owed, ladder, on=on, story=story))
    elif (again := known.again(owed, ladder, on=on)) != known:
        work.escalations.save(again)
