"""What is entered for a party over HTTP: addresses, preferences, language; by the party or an office of its own."""

from collections.abc import Callable
from typing import Annotated, Self

from fastapi import Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notify import handlers
from services.notify.api.access import ANYBODY
from services.notify.commands import EnterAddresses, EnterLocale, EnterPreferences
from services.notify.domain.party import OFFICES, PARTY_PATTERN, Address, Locale, Party
from services.notify.domain.preference import Channel, EventClass, Mode, Preference
from services.notify.queries.parties import KnownParty, known_party
from shared.errors import NotFound
from shared.identity.principal import ROLES, Principal
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.refusals import NoPrecondition, PreconditionFailed

router = AccessRouter(tags=["parties"])

PartyName = Annotated[str, Path(pattern=PARTY_PATTERN, description="person:<id> or role:<role>@<organisation id>")]


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AddressBody(_Closed):
    """Where a party is reached."""

    channel: Channel
    address: str = Field(min_length=3, max_length=300)


class AddressesBody(_Closed):
    """All addresses of a party."""

    addresses: list[AddressBody] = Field(max_length=10)


class PreferenceBody(_Closed):
    """How a party hears of a class on a channel."""

    event_class: EventClass = Field(alias="class")
    channel: Channel
    mode: Mode


class PreferencesBody(_Closed):
    """All preferences of a party; what is not said is immediate."""

    preferences: list[PreferenceBody] = Field(max_length=100)


class LocaleBody(_Closed):
    """The language a party reads."""

    locale: Locale


class PartyView(BaseModel):
    """A party and what was entered for it."""

    model_config = ConfigDict(frozen=True)

    party: str
    organization_id: str
    addresses: list[AddressBody]
    preferences: list[PreferenceBody]
    locale: Locale

    @classmethod
    def of(cls, party: Party, organization_id: str) -> Self:
        """The party as those who may enter something for it see it."""
        return cls(
            party=party.id,
            organization_id=organization_id,
            addresses=[AddressBody(channel=each.channel, address=each.address) for each in party.addresses],
            preferences=[
                PreferenceBody(event_class=each.event_class, channel=each.channel, mode=each.mode)
                for each in party.preferences
            ],
            locale=party.locale,
        )


@router.get("/v1/parties/{party}", access=ANYBODY)
async def party(party: PartyName, edge: EdgeIn, response: Response) -> PartyView:
    """What was entered for a party."""
    known = await looked_after(party, edge)
    response.headers["ETag"] = f'"{known.party.version}"'
    return PartyView.of(known.party, known.organization_id)


@router.put("/v1/parties/{party}/addresses", access=ANYBODY)
async def put_addresses(party: PartyName, body: AddressesBody, request: Request, edge: EdgeIn) -> PartyView:
    """Replace a party's addresses."""
    known = await _seen(party, request, edge)
    addresses = tuple(Address(channel=each.channel, address=each.address) for each in body.addresses)
    command = EnterAddresses(
        party=party, organization_id=known.organization_id, version=known.party.version, addresses=addresses
    )
    return await edge.act(handlers.enter_addresses, command, answer=_view(known))


@router.put("/v1/parties/{party}/preferences", access=ANYBODY)
async def put_preferences(party: PartyName, body: PreferencesBody, request: Request, edge: EdgeIn) -> PartyView:
    """Replace a party's preferences."""
    known = await _seen(party, request, edge)
    preferences = tuple(
        Preference(event_class=each.event_class, channel=each.channel, mode=each.mode) for each in body.preferences
    )
    command = EnterPreferences(
        party=party, organization_id=known.organization_id, version=known.party.version, preferences=preferences
    )
    return await edge.act(handlers.enter_preferences, command, answer=_view(known))


@router.put("/v1/parties/{party}/locale", access=ANYBODY)
async def put_locale(party: PartyName, body: LocaleBody, request: Request, edge: EdgeIn) -> PartyView:
    """Set the language a party reads."""
    known = await _seen(party, request, edge)
    command = EnterLocale(
        party=party, organization_id=known.organization_id, version=known.party.version, locale=body.locale
    )
    return await edge.act(handlers.enter_locale, command, answer=_view(known))


def _view(known: KnownParty) -> Callable[[Party], PartyView]:
    return lambda party: PartyView.of(party, known.organization_id)


async def looked_after(name: str, edge: EdgeIn) -> KnownParty:
    """The party, if the caller looks after it. Raises `NotFound`."""
    known = await edge.read(known_party, name) if is_possible(name) else None
    if known is None or not _looks_after(edge.who, known):
        raise NotFound(kind=Party.kind)
    return known


async def _seen(name: str, request: Request, edge: EdgeIn) -> KnownParty:
    """The party, if the caller has seen the version that is stored. A blank party is at version 0."""
    known = await looked_after(name, edge)
    wanted = request.headers.get("if-match")
    if wanted is None:
        raise NoPrecondition
    if not {"*", f'"{known.party.version}"'} & {tag.strip() for tag in wanted.split(",")}:
        raise PreconditionFailed
    return known


def is_possible(name: str) -> bool:
    """Whether there can be such a party: it is a person, or a role that exists."""
    role, separator, _ = name.removeprefix("role:").partition("@")
    return not separator or role in ROLES


def _looks_after(who: Principal, known: KnownParty) -> bool:
    is_office = who.organization_id == known.organization_id and not OFFICES.isdisjoint(who.roles)
    return known.party.id in who.parties or is_office
