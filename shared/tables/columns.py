"""Columns that stand in several tables, said once: where something is, which programmes, which teacher, yes or no."""

from typing import Final

from shared.rules.verdict import Bilingual
from shared.tables.shape import Column

YES_OR_NO: Final = Bilingual(zh="填“是”或“否”", en="yes or no")
YES_IF_EMPTY: Final = Bilingual(zh="填“是”或“否”，不填视为是", en="yes or no; empty means yes")
NO_IF_EMPTY: Final = Bilingual(zh="填“是”或“否”，不填视为否", en="yes or no; empty means no")

REGION_CODE: Final = Column(
    name="region_code",
    heading=Bilingual(zh="行政区划代码", en="Region code"),
    note=Bilingual(zh="6位数字，如 500101", en="six digits such as 500101"),
)
PROGRAMME_ID: Final = Column(
    name="programme_id",
    heading=Bilingual(zh="专业编号", en="Programme id"),
    note=Bilingual(zh="平台中本校专业的编号（prog_ 开头）", en="the id of one of your programmes here, prog_…"),
)
PROGRAMME_IDS: Final = Column(
    name="programme_ids",
    heading=Bilingual(zh="任教专业编号", en="Programme ids"),
    note=Bilingual(
        zh="平台中本校专业的编号，多个用分号隔开；可不填",
        en="ids of your programmes here, between semicolons; may be empty",
    ),
    kind="list",
    required=False,
)
STAFF_NO: Final = Column(
    name="staff_no",
    heading=Bilingual(zh="工号", en="Staff number"),
    note=Bilingual(zh="本校已登记教师的工号", en="of a teacher whom your university has entered"),
)
