"""Codes of the trade with what they are called: to programs the code itself, to people a word in each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType, Protocol, Self, TypeAlias, runtime_checkable

Verbatim = NewType("Verbatim", str)
"""What people read, type or send back exactly as it is: an id, a rule, a column, what they wrote themselves."""


@runtime_checkable
class Says(Protocol):
    """Something that has words of its own in both languages."""

    def say(self, language: str) -> str:
        """What it is called in `zh` or (for anything else) `en`."""


Told: TypeAlias = int | date | Says | Verbatim
"""What may stand in a sentence for people. A plain text may not: it could be a code, and a code is no word."""


class Worded(StrEnum):
    """A code with its words: `INSURANCE = "insurance", "实习责任保险单", "insurance policy"`."""

    _value_: str
    zh: str
    en: str

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        """The member with this code. Raises `TypeError` where it lacks a word."""
        if not (zh and en):
            raise TypeError(f"{code} of {cls.__name__} needs a word in both languages")
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        return member

    def say(self, language: str) -> str:
        """The word in `zh` or (for anything else) `en`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody's code is called, where it may be one that nobody has named."""

    code: str
    zh: str
    en: str

    def say(self, language: str) -> str:
        """The word in `zh` or (for anything else) `en`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that people choose by sending its code: what it is called, and the code."""

    word: Says
    code: str

    def say(self, language: str) -> str:
        """The word with the code behind it."""
        said = self.word.say(language)
        if said == self.code:
            return said
        return f"{said}（{self.code}）" if language == "zh" else f"{said} ({self.code})"


def choices(words: Iterable[Worded]) -> tuple[Choice, ...]:
    """What may be chosen of these."""
    return tuple(Choice(word, word.value) for word in words)


def word_of(words: type[Worded], code: str) -> Word:
    """A code with its words; one that has none is called by itself."""
    known = next((each for each in words if each.value == code), None)
    return Word(code, known.zh, known.en) if known else Word(code, code, code)


class Role(Worded):
    """In which role somebody acts."""

    ALLIANCE_OFFICE = "alliance_office", "联盟办公室", "alliance office"
    UNIVERSITY_COOP_OFFICE = "university_coop_office", "校企合作处", "cooperation office"
    UNIVERSITY_ACADEMIC_OFFICE = "university_academic_office", "教务处", "academic office"
    UNIVERSITY_HR = "university_hr", "人事处", "personnel office"
    ENTERPRISE_ADMIN = "enterprise_admin", "企业管理员", "enterprise"
    ENTERPRISE_MENTOR = "enterprise_mentor", "企业导师", "enterprise mentor"
    BASE_OPERATOR = "base_operator", "基地运营方", "base operator"
    GOVERNMENT = "government", "主管部门", "government"
    TEACHER = "teacher", "教师", "teacher"
    STUDENT = "student", "学生", "student"
    GUARDIAN = "guardian", "监护人", "guardian"
    ASSESSMENT_ORG = "assessment_org", "培训评价组织", "assessment organisation"
    SERVICE_ORG = "service_org", "产教融合服务组织", "service organisation"
    COUNCIL_MEMBER = "council_member", "理事会成员", "council member"
    OPS = "ops", "运维人员", "operator of the platform"
    SUBSCRIBER = "subscriber", "机器客户端", "machine client"


def roles_told(roles: Iterable[str]) -> tuple[Word, ...]:
    """The roles as a sentence lists them."""
    return tuple(word_of(Role, role) for role in roles)


class AgreementType(Worded):
    """What an agreement is about. The contracts are open for others, which stay without a word."""

    FRAMEWORK = "framework", "战略合作", "framework of cooperation"
    INDUSTRY_COLLEGE = "industry_college", "共建产业学院", "industry college"
    MIXED_OWNERSHIP_BRANCH = "mixed_ownership_branch", "共建混合所有制分校", "branch campus of mixed ownership"
    SPECIALTY_COLLEGE = "specialty_college", "共建特色学院", "specialty college"
    TRAINING_INSTITUTION = "training_institution", "共建职业技能培训机构", "vocational-skill training institution"
    ORDER_CLASS = "order_class", "订单班培养", "order class"
    APPRENTICESHIP = "apprenticeship", "现代学徒制培养", "modern apprenticeship"
    INTERNSHIP_BASE = "internship_base", "共建实习基地", "internship base"
    BASE_CO_BUILD = "base_co_build", "共建实训基地", "training base"
    RND_PROJECT = "rnd_project", "科技研发合作", "research and development"
    TEACHER_PRACTICE = "teacher_practice", "教师企业实践", "practice of teachers"
    TECHNICIAN_APPOINTMENT = "technician_appointment", "技术人员聘任", "appointment of technicians"
    OVERSEAS = "overseas", "境外合作办学", "education overseas"
    DATA_SHARING = "data_sharing", "数据共享", "sharing of data"
