"""Organisations from a table: the alliance's office enters many at once, each held against the rule on credit codes."""

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.partnership import queries
from services.partnership.api.organization import RegisterBody
from services.partnership.commands import RegisterOrganization
from services.partnership.domain.organization import Organization, OrganizationEntry
from services.partnership.domain.uscc import normalised
from services.partnership.handlers.organization import register_organization
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable, one_by_one
from shared.rules import Bilingual
from shared.tables import Checked, Column, TableShape
from shared.tables.columns import NO_IF_EMPTY, REGION_CODE

_TAKEN: Final = Bilingual(
    zh="该统一社会信用代码已登记。", en="An organisation with this code is registered already; take the row out."
)
_MAY_BE_EMPTY: Final = Bilingual(zh="可不填", en="may be empty")

ORGANIZATIONS: Final = TableShape(
    "organizations",
    (
        Column(
            name="kind",
            heading=Bilingual(zh="机构类型", en="Kind"),
            note=Bilingual(zh="下列之一：", en="one of:"),
            values={
                "university": Bilingual(zh="学校", en="university"),
                "enterprise": Bilingual(zh="企业", en="enterprise"),
                "park": Bilingual(zh="产业园区", en="park"),
                "government": Bilingual(zh="政府部门", en="government"),
                "research_institute": Bilingual(zh="科研院所", en="research institute"),
                "association": Bilingual(zh="行业组织", en="association"),
                "service_org": Bilingual(zh="服务机构", en="service organisation"),
                "training_body": Bilingual(zh="培训机构", en="training body"),
                "overseas": Bilingual(zh="境外机构", en="overseas"),
            },
        ),
        Column(
            name="name_zh",
            heading=Bilingual(zh="名称", en="Name"),
            note=Bilingual(zh="与登记证照一致，不超过200个字符", en="as on its papers, up to 200 characters"),
        ),
        Column(
            name="name_en", heading=Bilingual(zh="英文名称", en="Name in English"), note=_MAY_BE_EMPTY, required=False
        ),
        Column(
            name="uscc",
            heading=Bilingual(zh="统一社会信用代码", en="Unified social credit code"),
            note=Bilingual(zh="18位", en="18 characters"),
            unique=True,
        ),
        REGION_CODE,
        Column(
            name="industry_code",
            heading=Bilingual(zh="行业代码", en="Industry code"),
            note=Bilingual(zh="国民经济行业分类代码，可不填", en="of the national classification; may be empty"),
            required=False,
        ),
        Column(
            name="employees_total",
            heading=Bilingual(zh="职工总数", en="Employees"),
            note=Bilingual(zh="整数，可不填", en="a whole number; may be empty"),
            required=False,
        ),
        Column(
            name="latitude",
            heading=Bilingual(zh="纬度", en="Latitude"),
            note=Bilingual(zh="-90至90，可不填", en="-90 to 90; may be empty"),
            required=False,
        ),
        Column(
            name="longitude",
            heading=Bilingual(zh="经度", en="Longitude"),
            note=Bilingual(zh="-180至180，可不填", en="-180 to 180; may be empty"),
            required=False,
        ),
        Column(
            name="leading",
            heading=Bilingual(zh="牵头单位", en="Leading"),
            note=NO_IF_EMPTY,
            kind="flag",
            required=False,
        ),
    ),
    RegisterBody,
)


async def _organizations(
    connection: AsyncConnection, checked: Checked[OrganizationEntry], _who: Importer
) -> Enter[OrganizationEntry]:
    taken = await queries.known_credit_codes(connection, (normalised(row.said.uscc) for row in checked.rows))
    for row in checked.rows:
        if normalised(row.said.uscc) in taken:
            checked.blame(row.number, ORGANIZATIONS.by_name["uscc"], _TAKEN)
    return one_by_one(register_organization, _command)


def _command(entry: OrganizationEntry) -> RegisterOrganization:
    return RegisterOrganization(organization_id=new_id("organization"), decision_id=new_id("decision"), entry=entry)


IMPORTS: Final[tuple[ImportTable[Any], ...]] = (
    ImportTable(
        shape=ORGANIZATIONS,
        access=allow("alliance_office", scope=None, alliance_wide=("alliance_office",)),
        keep=lambda row: OrganizationEntry(**dict(row)),
        thing=Organization,
        prepare=_organizations,
        of_organization=False,
        upon=(("match", "need_organization_id"), ("need", "named_organization_ids")),
    ),
)
