"""Special and mobile posts from a table: its columns, and how rows are entered."""

from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.faculty.technician import SpecialPostBody
from services.training.api.people_imports import NO_PROGRAMME
from services.training.api.view import Number
from services.training.commands.faculty.technician import CreateSpecialPost
from services.training.domain.faculty.special_post import PostKind, SpecialPost, SpecialPostEntry
from services.training.handlers.faculty.technician import create_special_post
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable, one_by_one
from shared.rules import Bilingual
from shared.tables import Checked, Column, TableShape
from shared.tables.columns import PROGRAMME_IDS

_TAKEN: Final = Bilingual(
    zh="本校已登记该编号的岗位，请修改原有记录。",
    en="Your university has a post with this number already; change that entry.",
)


class SpecialPostRow(SpecialPostBody):
    """A post as a row has it: with the number by which the university knows it."""

    post_no: Number


SPECIAL_POSTS: Final = TableShape(
    "special-posts",
    (
        Column(
            name="post_no",
            heading=Bilingual(zh="岗位编号", en="Post number"),
            note=Bilingual(
                zh="1至64位字母、数字或 . _ : / -，每个岗位唯一",
                en="up to 64 letters, digits or . _ : / -, one per post",
            ),
            unique=True,
        ),
        Column(
            name="kind",
            heading=Bilingual(zh="岗位类型", en="Kind"),
            note=Bilingual(zh="二者之一：", en="one of:"),
            values={
                PostKind.SPECIAL: Bilingual(zh="产业导师特聘岗", en="special post for industry teachers"),
                PostKind.MOBILE: Bilingual(zh="流动岗", en="mobile post"),
            },
        ),
        Column(
            name="title",
            heading=Bilingual(zh="岗位名称", en="Title"),
            note=Bilingual(zh="不超过200个字符", en="up to 200 characters"),
        ),
        PROGRAMME_IDS,
        Column(
            name="seats",
            heading=Bilingual(zh="名额", en="Seats"),
            note=Bilingual(zh="1至10000的整数", en="a whole number from 1 to 10000"),
        ),
    ),
    SpecialPostRow,
)


async def _posts(
    connection: AsyncConnection, checked: Checked[SpecialPostEntry], who: Importer
) -> Enter[SpecialPostEntry]:
    taken = await queries.special_posts_by_number(connection, who.home, [str(row.said.post_no) for row in checked.rows])
    programmes = await queries.programmes_of(connection, who.home)
    for row in checked.rows:
        if row.said.post_no in taken:
            checked.blame(row.number, SPECIAL_POSTS.by_name["post_no"], _TAKEN)
        if not programmes.issuperset(row.said.programme_ids):
            checked.blame(row.number, SPECIAL_POSTS.by_name["programme_ids"], NO_PROGRAMME)
    return one_by_one(create_special_post, partial(_command, who.home))


def _command(home: str, entry: SpecialPostEntry) -> CreateSpecialPost:
    return CreateSpecialPost(special_post_id=new_id("special_post"), organization_id=home, entry=entry)


SPECIAL_POST_IMPORT: Final = ImportTable(
    shape=SPECIAL_POSTS,
    access=allow("university_hr", scope=WRITE),
    keep=lambda row: row.entry,
    thing=SpecialPost,
    prepare=_posts,
)
