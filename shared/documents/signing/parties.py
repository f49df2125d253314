"""Who signs, by name: a person, whoever holds a role in an organisation, or a student's guardian."""

from typing import Final

from shared.words import Choice, Role, Told, Verbatim, word_of

_GUARDIAN: Final = "guardian:"
_PERSON: Final = "person:"
_ROLE: Final = "role:"


def person(person_id: str) -> str:
    """A person who may have an account."""
    return f"{_PERSON}{person_id}"


def guardian_of(student_id: str) -> str:
    """The guardian of a student. A guardian has no account."""
    return f"{_GUARDIAN}{student_id}"


def role_in(role: str, organization_id: str) -> str:
    """Whoever holds a role in an organisation."""
    return f"{_ROLE}{role}@{organization_id}"


def party_told(party: str) -> Told:
    """The party as a sentence names it: a role by its word beside what is to be sent."""
    role = party.removeprefix(_ROLE).partition("@")[0]
    return Choice(word_of(Role, role), party) if party.startswith(_ROLE) else Verbatim(party)


def has_account(party: str) -> bool:
    """Whether the party can sign by an account."""
    return not party.startswith(_GUARDIAN)


def organization_of(party: str) -> str | None:
    """The organisation for which a party signs; None for who signs for themselves."""
    role, _, organization_id = party.partition("@")
    return organization_id if role.startswith(_ROLE) else None


def owner_of(party: str) -> str | None:
    """Whose the signing is by this party: the organisation, or the person; a guardian has no id of their own."""
    if party.startswith(_PERSON):
        return party.removeprefix(_PERSON)
    return organization_of(party)
