"""What an event, a role and a service are called when they are shown to people, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from shared.identity.principal import ROLES
from shared.shipped import shipped_yaml
from shared.words import Role

_FILE: Final = "story_words.yaml"


@dataclass(frozen=True, slots=True)
class Wording:
    """The same in both languages."""

    zh: str
    en: str


def event_in_words(type: str) -> Wording:
    """A type, `sunmao.<service>.<aggregate>.<fact>.v<major>`, in words; of one that nobody here knows, its own."""
    name = ".".join(type.split(".")[1:-1])
    own = " ".join(type.split(".")[2:-1]).replace("_", " ") or type
    return _words()["events"].get(name, Wording(own, own))


def role_in_words(role: str) -> Wording:
    """A role, or by which other door somebody came."""
    if role in ROLES:
        known = Role(role)
        return Wording(known.zh, known.en)
    return _words()["doors"].get(role, Wording(role, role.replace("_", " ")))


def service_in_words(service: str) -> Wording:
    """A service."""
    return _words()["services"].get(service, Wording(service, service))


@cache
def _words() -> Mapping[str, Mapping[str, Wording]]:
    content = shipped_yaml(__package__, _FILE)
    return {part: {name: Wording(**said) for name, said in entries.items()} for part, entries in content.items()}
