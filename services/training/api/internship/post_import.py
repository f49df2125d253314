"""Posts for interns from a table: each row is offered as by itself."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.api.access import WRITE
from services.training.api.internship.post_body import CreatePostBody
from services.training.api.internship.post_table import POSTS
from services.training.commands.internship.post import CreatePost
from services.training.domain.internship.post import Post
from services.training.handlers.internship.post import create_post
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable, one_by_one
from shared.tables import Checked


async def _posts(
    _connection: AsyncConnection, _checked: Checked[CreatePostBody], who: Importer
) -> Enter[CreatePostBody]:
    return one_by_one(create_post, partial(_command, who.home), look_ahead=_look_ahead)


def _command(home: str, body: CreatePostBody) -> CreatePost:
    return CreatePost(post_id=new_id("post"), organization_id=home, agreement_id=body.agreement_id, terms=body.terms)


async def _look_ahead(commands: Sequence[CreatePost], work: Work) -> None:
    await work.agreements.known({each.agreement_id for each in commands if each.agreement_id})
    await work.bases.known({each.terms.base_id for each in commands if each.terms.base_id})


POST_IMPORT: Final = ImportTable(
    shape=POSTS,
    access=allow("enterprise_admin", scope=WRITE),
    keep=lambda row: row.body,
    thing=Post,
    prepare=_posts,
)
