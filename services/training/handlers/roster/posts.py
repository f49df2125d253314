"""The changes of a roster of posts, each made by the command that a personnel office would give."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.training.commands.faculty.technician import CreateSpecialPost, UpdateSpecialPost
from services.training.domain.faculty.special_post import SpecialPost, SpecialPostChange, SpecialPostStatus
from services.training.domain.roster.difference import Change
from services.training.domain.roster.registers import post_said
from services.training.domain.roster.roster import RosterChange
from services.training.handlers.faculty import technician

_BECOMES = {Change.LEFT: SpecialPostStatus.CLOSED, Change.RETURNED: SpecialPostStatus.OPEN}
"""A post that is not listed any more takes nobody; who holds a seat keeps it."""


async def enter_posts(changes: Sequence[RosterChange], work: Any) -> object:
    """Set these posts up, all or none."""
    return [await enter_post(change, work) for change in changes]


async def enter_post(change: RosterChange, work: Any) -> object:
    """Set a post up."""
    command = CreateSpecialPost(
        special_post_id=change.person_id, organization_id=change.university_id, entry=post_said(change.said)
    )
    return await technician.create_special_post(command, work)


async def update_post(change: RosterChange, work: Any) -> object:
    """Bring a post up to date, close it, or open it again."""
    post: SpecialPost = await work.special_posts.get(change.person_id)
    said = json.loads(change.said)
    now = SpecialPostChange(title=post.title, programme_ids=post.programme_ids, seats=post.seats, status=post.status)
    if "programme_ids" in said:
        said["programme_ids"] = tuple(said["programme_ids"])
    changed = replace(now, **said, status=_BECOMES.get(change.change, post.status))
    if changed == now:
        return post
    return await technician.update_special_post(UpdateSpecialPost(special_post_id=post.id, change=changed), work)
