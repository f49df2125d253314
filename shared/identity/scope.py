"""The one place that decides whose a thing is: nobody reads or changes what is another's unless a rule says so."""

from typing import Protocol, TypeVar

from shared.errors import NotFound
from shared.identity.principal import Principal


class Owned(Protocol):
    """Something with owners: ids of organisations and persons that own it or are party to it.

    It may have a `visibility` (`parties`, `alliance` or `public`; without one it is `parties`) and a `kind`.
    """

    @property
    def owners(self) -> frozenset[str]:
        """Ids of the organisations and persons whose it is."""


Thing = TypeVar("Thing", bound=Owned)


class Hidden(NotFound):
    """The thing exists and is not for this caller, who is answered as if it did not: same status, code and words."""

    @property
    def code(self) -> str:
        """The code of a thing that does not exist."""
        return "not_found"


def within(who: Principal, thing: Thing) -> Thing:
    """The thing itself, if the caller may change it: owner, party, or with alliance-wide reach. Else `Hidden`."""
    if not _theirs(who, thing):
        raise Hidden(kind=getattr(thing, "kind", "object"))
    return thing


def sees(who: Principal, thing: Thing) -> Thing:
    """The thing itself, if the caller may read it: whoever may change it, or by its visibility. Else `Hidden`."""
    if not visible(who, thing):
        raise Hidden(kind=getattr(thing, "kind", "object"))
    return thing


def visible(who: Principal, thing: Owned) -> bool:
    """Whether the caller may read the thing; `alliance` means everybody who belongs to an organisation."""
    return getattr(thing, "visibility", "parties") in open_to(who) or _theirs(who, thing)


def open_to(who: Principal) -> frozenset[str]:
    """The visibilities whose things the caller may read, whosever they are."""
    return frozenset({"public"} if who.organization_id is None else {"public", "alliance"})


def colleague(who: Principal, thing: Thing) -> Thing:
    """The thing itself, if the caller's organisation owns it, whatever their role. Else `Hidden`.

    For acts that an organisation opens to its people, such as a teacher who plans a practice on its seat; `within`
    would ask that the thing be the teacher's own.
    """
    if not (who.alliance_wide or who.organization_id in thing.owners):
        raise Hidden(kind=getattr(thing, "kind", "object"))
    return thing


def reach(who: Principal) -> frozenset[str] | None:
    """The owners whose things a list may show the caller beside the visible ones; None means everybody's."""
    return None if who.alliance_wide else who.identities


def _theirs(who: Principal, thing: Owned) -> bool:
    return who.alliance_wide or not who.identities.isdisjoint(thing.owners)
