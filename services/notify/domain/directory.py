"""What notify knows of the others' things: which organisation answers for each, and which of its offices."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from services.notify.domain.party import person, role_in
from services.notify.domain.recipients import Office, Person, Recipient, Role, Sides, side

_OFFICE_OF_KIND: Final[Mapping[str, str]] = {
    "university": "university_coop_office",
    "government": "government",
    "service_org": "service_org",
}
_ADMINISTRATOR: Final = "enterprise_admin"


@dataclass(frozen=True, slots=True)
class KnownParty:
    """An organisation that is party to an agreement, and what it is in it."""

    organization_id: str
    role: str


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation, a person, an agreement or a need, as far as it says who is to be told.

    `organization_id` answers for it (the organisation itself, a person's university, a need's owner); an agreement has
    `parties` instead. `kind` is an organisation's kind, else what the thing is.
    """

    id: str
    version: int
    kind: str
    organization_id: str | None = None
    parties: tuple[KnownParty, ...] = ()

    @property
    def office(self) -> str:
        """The role that speaks for this organisation."""
        return _OFFICE_OF_KIND.get(self.kind, _ADMINISTRATOR)

    @property
    def sides(self) -> Iterator[Recipient]:
        """Everybody who has a share in this."""
        if self.organization_id is not None:
            yield Office(self.organization_id)
        yield from (side(party.organization_id, party.role) for party in self.parties)


Directory = Mapping[str, Known]


def asked_by_sides(recipients: Iterable[Recipient]) -> set[str]:
    """The things whose sides must be known."""
    return {recipient.subject_id for recipient in recipients if isinstance(recipient, Sides)}


def asked_by_offices(recipients: Iterable[Recipient]) -> set[str]:
    """The organisations whose kind must be known."""
    return {recipient.organization_id for recipient in recipients if isinstance(recipient, Office)}


def expanded(recipients: Iterable[Recipient], directory: Directory) -> list[Recipient]:
    """The recipients with everybody's name instead of `Sides`. Raises `KeyError` for a thing that is not known."""
    told: list[Recipient] = []
    for recipient in recipients:
        told.extend(directory[recipient.subject_id].sides if isinstance(recipient, Sides) else [recipient])
    return told


def named(recipients: Iterable[Recipient], directory: Directory) -> list[str]:
    """The parties behind the recipients, each once. Raises `KeyError` for an organisation that is not known."""
    return list(dict.fromkeys(_name(recipient, directory) for recipient in recipients))


def _name(recipient: Recipient, directory: Directory) -> str:
    match recipient:
        case Person(person_id):
            return person(person_id)
        case Role(role, organization_id):
            return role_in(role, organization_id)
        case Office(organization_id):
            return role_in(directory[organization_id].office, organization_id)
        case Sides(subject_id):
            raise KeyError(subject_id)
