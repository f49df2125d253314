"""What notify knows of the others' things: which organisation answers for each, and which of its offices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.notify.domain.party import person, role_in
from services.notify.domain.recipients import Everyone, Office, Person, Recipient, Role, Sides, side
from shared.rules.jurisdiction import lies_in

_OFFICE_OF_KIND: Final[Mapping[str, str]] = {
    "university": "university_coop_office",
    "government": "government",
    "service_org": "service_org",
}
_ADMINISTRATOR: Final = "enterprise_admin"


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation (which answers for itself) or a person (for whom their university does).

    `kind` is an organisation's kind, `teacher` or `student`. Where an organisation lies says its region code.
    """

    id: str
    version: int
    kind: str
    organization_id: str
    region_code: str | None = None

    @property
    def office(self) -> str:
        """The role that speaks for this organisation."""
        return _OFFICE_OF_KIND.get(self.kind, _ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Side:
    """An organisation that has a share in something, and what it is in it where that is said."""

    organization_id: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class KnownSides:
    """Who has a share in an agreement (its parties) or a need (its owner)."""

    id: str
    version: int
    sides: tuple[Side, ...]

    def told(self, among: Iterable[str] | None, role: str | None = None) -> Iterator[Recipient]:
        """The sides as recipients, only those of the organisations `among` and in this role where these are given."""
        for each in self.sides:
            if (among is None or each.organization_id in among) and role in {None, each.role}:
                yield side(each.organization_id, each.role)


def asked_by_sides(recipients: Iterable[Recipient]) -> set[str]:
    """The things whose sides must be known."""
    return {recipient.subject_id for recipient in recipients if isinstance(recipient, Sides)}


def asked_by_offices(recipients: Iterable[Recipient]) -> set[str]:
    """The organisations whose kind must be known."""
    return {recipient.organization_id for recipient in recipients if isinstance(recipient, Office)}


def asked_by_everyone(recipients: Iterable[Recipient]) -> set[Everyone]:
    """The kinds of which all organisations must be known, and near to which they are wanted."""
    return {recipient for recipient in recipients if isinstance(recipient, Everyone)}


def those_of(
    asked: Iterable[Everyone], kinds: Mapping[str, Sequence[Known]], directory: Mapping[str, Known]
) -> dict[Everyone, list[Known]]:
    """Who is meant by each: of all organisations of its kind those that are within reach."""
    return {
        each: within_reach(kinds[each.kind], [directory[id] for id in each.near if id in directory]) for each in asked
    }


def within_reach(offices: Sequence[Known], near: Iterable[Known]) -> list[Known]:
    """Those in whose region one of these organisations lies. Where there is none it is all: nobody goes untold."""
    regions = [each.region_code for each in near if each.region_code is not None]
    fitting = [
        office
        for office in offices
        if office.region_code is not None and any(lies_in(region, office.region_code) for region in regions)
    ]
    return fitting or list(offices)


def expanded(
    recipients: Iterable[Recipient], sides: Mapping[str, KnownSides], kinds: Mapping[Everyone, Sequence[Known]]
) -> list[Recipient]:
    """The recipients by name instead of `Sides` and `Everyone`. Raises `KeyError` for a thing that is not known."""
    return [told for recipient in recipients for told in _expanded(recipient, sides, kinds)]


def _expanded(
    recipient: Recipient, sides: Mapping[str, KnownSides], kinds: Mapping[Everyone, Sequence[Known]]
) -> Iterable[Recipient]:
    match recipient:
        case Sides(subject_id, among, role):
            return sides[subject_id].told(among, role)
        case Everyone():
            return [Role(each.office, each.organization_id) for each in kinds[recipient]]
        case _:
            return [recipient]


def named(recipients: Iterable[Recipient], directory: Mapping[str, Known]) -> list[str]:
    """The parties behind the recipients, each once. Raises `KeyError` for an organisation that is not known."""
    return list(dict.fromkeys(_name(recipient, directory) for recipient in recipients))


def _name(recipient: Recipient, directory: Mapping[str, Known]) -> str:
    match recipient:
        case Person(person_id):
            return person(person_id)
        case Role(role, organization_id):
            return role_in(role, organization_id)
        case Office(organization_id):
            return role_in(directory[organization_id].office, organization_id)
        case Sides(subject_id):
            raise KeyError(subject_id)
        case Everyone(kind):
            raise KeyError(kind)
