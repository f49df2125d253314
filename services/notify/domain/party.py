"""A party is whoever can be told something: a person, or a role in an organisation. Here is what one has entered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.notify.domain.preference import MANDATORY, Channel, EventClass, Mode, Preference
from shared.contracts.ids import ALLIANCE
from shared.errors import Invalid
from shared.kernel.aggregate import Aggregate

PARTY_PATTERN: Final = (
    rf"^(person:[a-z]{{2,8}}_[0-9A-Z]{{26}}|role:[a-z_]{{1,64}}@org_[0-9A-Z]{{26}}|role:alliance_office@{ALLIANCE})$"
)
OFFICES: Final = frozenset(
    {"university_coop_office", "university_academic_office", "university_hr", "enterprise_admin"}
)
"""The roles that look after the addresses of their organisation's parties."""
_MAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")


class Locale(StrEnum):
    """The languages in which notifications are written."""

    ZH_CN = "zh-CN"
    EN = "en"


class UnfitAddress(Invalid):
    """An address must be one of its channel."""

    en = "An e-mail address has the form name@domain; a webhook begins with https://; the inbox needs no address."
    zh = "电子邮件地址须为 名称@域名 格式；Webhook 须以 https:// 开头；站内信无需地址。"


class SaidTwice(Invalid):
    """One class has one mode on one channel, and one channel has an address once."""

    en = "Each pair of class and channel, and each address, may be given once."
    zh = "同一类别与渠道的组合及同一地址只能填写一次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a party is reached outside the platform. Personal data: it never leaves this service, nor enters a log."""

    channel: Channel
    address: str = field(repr=False)

    @property
    def is_fit(self) -> bool:
        """Whether it has the form of its channel's addresses."""
        if self.channel is Channel.EMAIL:
            return _MAIL.fullmatch(self.address) is not None
        return self.channel is Channel.WEBHOOK and self.address.startswith("https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Aggregate):
    """What was entered for a party; one about whom nothing was entered has everything at its default."""

    kind: ClassVar[str] = "party"
    addresses: tuple[Address, ...] = ()
    preferences: tuple[Preference, ...] = ()
    locale: Locale = Locale.ZH_CN

    @classmethod
    def blank(cls, name: str) -> Self:
        """The party of this name before anything was entered."""
        return cls(id=name, story=name)

    def reached_at(self, addresses: Iterable[Address]) -> Self:
        """With these addresses instead of the former. Raises `UnfitAddress`, `SaidTwice`."""
        given = tuple(addresses)
        if not all(address.is_fit for address in given):
            raise UnfitAddress
        if len(set(given)) < len(given):
            raise SaidTwice
        return replace(self, addresses=given)

    def preferring(self, preferences: Iterable[Preference]) -> Self:
        """With these preferences instead of the former. Raises `SaidTwice`."""
        given = tuple(preferences)
        if len({(each.event_class, each.channel) for each in given}) < len(given):
            raise SaidTwice
        return replace(self, preferences=given)

    def reading(self, locale: Locale) -> Self:
        """With this language."""
        return replace(self, locale=locale)

    def mode(self, event_class: EventClass, channel: Channel) -> Mode:
        """How the party is told of this class on this very channel; another channel's choice says nothing (NTF-07)."""
        if event_class in MANDATORY:
            return Mode.IMMEDIATE
        chosen = (each.mode for each in self.preferences if (each.event_class, each.channel) == (event_class, channel))
        return next(chosen, Mode.IMMEDIATE)


def person(person_id: str) -> str:
    """The party that is a person."""
    return f"person:{person_id}"


def role_in(role: str, organization_id: str) -> str:
    """The party that is whoever holds a role in an organisation."""
    return f"role:{role}@{organization_id}"


ALLIANCE_OFFICE: Final = role_in("alliance_office", ALLIANCE)
"""The office of the alliance, of which there is one."""


def subject_of(party: str) -> str:
    """The id by which the directory knows a party: the person's, or that of the role's organisation."""
    return party.partition("@")[2] or party.removeprefix("person:")
