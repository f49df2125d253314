"""What the roles are called when people are told of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RoleName:
    """A role in both languages."""

    zh: str
    en: str


ROLE_NAMES: Final[Mapping[str, RoleName]] = {
    "alliance_office": RoleName("联盟办公室", "alliance office"),
    "university_coop_office": RoleName("校企合作处", "cooperation office"),
    "university_academic_office": RoleName("教务处", "academic office"),
    "university_hr": RoleName("人事处", "personnel office"),
    "enterprise_admin": RoleName("企业管理员", "enterprise"),
    "enterprise_mentor": RoleName("企业导师", "enterprise mentor"),
    "base_operator": RoleName("基地运营方", "base operator"),
    "government": RoleName("主管部门", "government"),
    "teacher": RoleName("教师", "teacher"),
    "student": RoleName("学生", "student"),
    "guardian": RoleName("监护人", "guardian"),
    "assessment_org": RoleName("培训评价组织", "assessment organisation"),
    "service_org": RoleName("产教融合服务组织", "service organisation"),
    "council_member": RoleName("理事会成员", "council member"),
    "ops": RoleName("运维人员", "operator of the platform"),
    "subscriber": RoleName("机器客户端", "machine client"),
}


def in_chinese(roles: Iterable[str]) -> str:
    """The roles as a Chinese sentence lists them."""
    return "、".join(ROLE_NAMES[role].zh for role in roles)
