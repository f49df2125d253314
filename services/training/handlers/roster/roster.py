"""What happens when a roster has come, and when an office has looked at it."""

from services.training.commands.roster import ConfirmRoster, DismissRoster, KeepRoster
from services.training.domain.kinship import born_of
from services.training.domain.roster.guard import ROS_01, acts_by_itself
from services.training.domain.roster.roster import Roster, RosterStatus, current_of
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.handlers.roster.applying import ACTS, make
from services.training.ports import Work
from shared.rules import Decision, Finding


async def make_way(roster_id: str, work: Work) -> None:
    """Let the roster before give way to a newer one, and forget what it would have changed."""
    roster = (await work.rosters.get(roster_id)).give_way()
    work.rosters.save(roster)
    work.let_go(roster.id, None)


async def keep_roster(command: KeepRoster, work: Work) -> Roster:
    """Keep a roster whose changes are kept already, and say whether it waits."""
    file = command.file
    roster = Roster(
        id=command.roster_id,
        story=command.roster_id,
        university_id=file.university_id,
        roster_kind=file.kind,
        file_sha256=file.sha256,
        sent_by=file.sent_by,
        received_at=work.context.now,
        counts=command.counts,
        faults=command.faults,
        finding=await _judge(command, work),
        current=current_of(file.university_id, file.kind),
    )
    received, facts = roster.received()
    return work.rosters.add(received, *facts)


async def confirm_roster(command: ConfirmRoster, work: Work) -> Roster:
    """Let a roster act."""
    roster = await work.rosters.get(command.roster_id)
    work.audit("confirm_roster", roster.id, organization_id=roster.university_id)
    return work.rosters.save(roster.confirm(by=work.context.actor, at=work.context.now))


async def dismiss_roster(command: DismissRoster, work: Work) -> Roster:
    """Let a roster come to nothing, and forget what it would have changed."""
    roster = (await work.rosters.get(command.roster_id)).dismiss(by=work.context.actor, at=work.context.now)
    work.audit("dismiss_roster", roster.id, organization_id=roster.university_id)
    work.let_go(roster.id, None)
    return work.rosters.save(roster)


async def apply_roster(due: str, work: Work) -> None:
    """Make the changes of a part of a roster, unless that was done: `due` is `<roster>/<part>`."""
    roster_id, _, part = due.partition("/")
    roster = await work.rosters.get(roster_id)
    if roster.status is not RosterStatus.CONFIRMED or roster.next_part != int(part):
        return
    changes = await work.roster_changes.where(roster_id=roster_id, part=int(part))
    applied = await make(changes, ACTS[roster.roster_kind], work)
    further, facts = roster.went_on(applied=applied)
    work.rosters.save(further, *facts)
    work.let_go(roster_id, int(part))


async def _judge(command: KeepRoster, work: Work) -> Finding:
    place, on = await jurisdiction_at(command.file.university_id, work), work.context.today
    finding = acts_by_itself(command.guarded, work.rules.rule(ROS_01.id, on=on, jurisdiction=place))
    decision = Decision(
        id=born_of(command.roster_id, "decision"),
        subject=command.roster_id,
        findings=(finding,),
        inputs={finding.rule: command.guarded.model_dump(mode="json")},
        on=on,
        jurisdiction=place,
    )
    work.decide(decision)
    return finding
