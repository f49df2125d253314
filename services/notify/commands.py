"""What notify may be asked to do."""

from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.alert import Alert
from services.notify.domain.delegation import DelegationPlan
from services.notify.domain.party import Address, Locale
from services.notify.domain.preference import Preference


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterForParty:
    """Enter something for a party, of which the caller has seen this version (0: nothing was entered yet)."""

    party: str
    organization_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterAddresses(EnterForParty):
    """These are a party's addresses from now on."""

    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPreferences(EnterForParty):
    """These are a party's preferences from now on."""

    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLocale(EnterForParty):
    """A party reads this language from now on."""

    locale: Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """A reader has seen a notification."""

    notification_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellAlerts:
    """These parties are to hear of these alerts."""

    alerts: tuple[Alert, ...]
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeDelegation:
    """Hand the tasks of one party to another of this organisation for some days."""

    delegation_id: str
    organization_id: str
    plan: DelegationPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDelegation:
    """Whoever was away is back, or somebody else is to stand in."""

    delegation_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepEvent:
    """An event, of whatever type, for the feed."""

    event_id: str
    source: str
    type: str
    subject: str
    sequence: int
    correlation_id: str
    causation_id: str | None
    time: datetime
    test: bool
    attributes: dict[str, str]
    content_type: str | None
    payload: bytes | None
