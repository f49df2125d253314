"""The whole town behind its front door, on files of a test, with callers of every kind and without any network."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import httpx

from shared.contracts.ids import new_id
from shared.identity.access import Access
from shared.identity.principal import ROLES
from shared.identity.router import declared_access
from shared.operations.embedded import Town
from shared.web.batches.marking import address_of
from tests.integration.access import documents
from tests.integration.access.kept import Things
from tests.integration.access.people import SOMEBODY
from tests.integration.access.things import A_RULE_OF, ACTS_OF_EVERYBODY, ACTS_OF_OPERATORS, EVERYWHERE, OF
from tests.migrated import migrate
from tests.unit.notify.arrivals import give_places

ADDRESS: Final = "http://town.test"
SCOPES: Final = frozenset({"events:read", *(f"{name}:{act}" for name in OF for act in ("read", "write"))})


@dataclass(frozen=True)
class Route:
    """One declared route of one service."""

    service: str
    method: str
    path: str
    access: Access

    @property
    def name(self) -> str:
        """As bodies are listed by."""
        return f"{self.method} {self.path}"

    @property
    def is_about_one(self) -> bool:
        """Whether an id stands in its path."""
        return "{" in self.path

    @property
    def bound_roles(self) -> list[str]:
        """The roles that it lets in to their own things alone."""
        return [role for role in self.access.roles if role not in self.access.reach]

    @property
    def other_roles(self) -> list[str]:
        """The roles that it does not let in."""
        return sorted(ROLES.difference(self.access.roles))


class Caller:
    """Sends requests to one town, as whoever is wanted."""

    def __init__(self, town: Town, things: Mapping[str, Things]) -> None:
        self.town = town
        self.things = things
        self.stranger = new_id("organization")
        # An error that nobody handled is to be seen as the 500 that a client gets.
        transport = httpx.ASGITransport(town.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=ADDRESS)

    @cached_property
    def routes(self) -> list[Route]:
        """Every declared route of every service."""
        return [
            Route(name, method, path, access)
            for name, parts in self.town.parts.items()
            for method, path, access in declared_access(parts.app)
        ]

    def token(
        self,
        role: str | None = None,
        organization_id: str | None = None,
        persons: Collection[str] = (),
        scopes: Collection[str] = (),
    ) -> str:
        """A token that the town's own issuer signs."""
        return self.town.issuer.issue(
            roles=[role] if role else [],
            organization_id=organization_id,
            persons=persons,
            scopes=scopes,
            subject="somebody",
        )

    def insiders(self, service: str, role: str) -> Iterable[str]:
        """Tokens of those to whom the service's things belong."""
        things = self.things[service]
        return [self.token(role, organization, (*things.persons, SOMEBODY)) for organization in things.organizations]

    async def ask(self, route: Route, token: str | None = None) -> httpx.Response:
        """The answer to a request that fits the route; whatever it is, nothing of ours has broken."""
        headers = {"if-match": "*", **({"authorization": f"Bearer {token}"} if token else {})}
        things = self.things[route.service]
        url = f"/{route.service}{filled(route, things.ids)}"
        with self._streams_ending() if route.path.endswith("/stream") else nullcontext():
            answer = await self.client.request(
                route.method, url, headers=headers, params=things.queries.get(route.name), json=self.body(route)
            )
        assert answer.status_code < 500, f"{route} answers {answer.status_code}: {answer.text}"
        return answer

    async def statuses(self, routes: Iterable[Route], token: str | None = None) -> dict[str, int]:
        """The statuses of these routes' answers, by the routes' names."""
        return {route.name: (await self.ask(route, token)).status_code for route in routes}

    def body(self, route: Route) -> object | None:
        """What is sent to a route. Raises `LookupError` for a route that nobody has said it of."""
        known = {**ACTS_OF_EVERYBODY, **ACTS_OF_OPERATORS, **self.things[route.service].bodies}
        if route.name in known:
            return known[route.name]
        if self._reads_a_body(route) and route.is_about_one:
            raise LookupError(f"{route.service}: say in tests/integration/access/things.py what {route.name} is sent")
        return {} if self._reads_a_body(route) else None

    async def rows(self, act: Route, token: str) -> list[dict[str, Any]]:
        """What came of an act that is done in a batch of one row, on the thing that it is filled with."""
        ids = re.findall(r"[^/]+/\{\w+\}", act.path)
        row = {"body": self.body(act), **({"id": self.things[act.service].ids[ids[0]]} if ids else {})}
        url, headers = f"/{act.service}{address_of(act.path)}", {"authorization": f"Bearer {token}"}
        answer = await self.client.post(url, json={"rows": [row]}, headers=headers)
        found: list[dict[str, Any]] = answer.raise_for_status().json()["rows"]
        return found

    def _reads_a_body(self, route: Route) -> bool:
        described: dict[str, Any] = self.town.parts[route.service].app.openapi()["paths"].get(route.path, {})
        return "requestBody" in described.get(route.method.lower(), {})

    @contextmanager
    def _streams_ending(self) -> Iterator[None]:
        """A stream that is told of the end says that it is ready, and ends."""
        health = self.town.parts["notify"].health
        health.stopping = True
        yield
        health.stopping = False


def filled(route: Route, ids: Mapping[str, str]) -> str:
    """The route's path with ids in it. Raises `LookupError` for an id of which nobody has said which thing it names."""
    known = {**EVERYWHERE, "rules/{rule_id}": A_RULE_OF.get(route.service, ""), **ids}

    def fill(found: re.Match[str]) -> str:
        if found[0] not in known:
            raise LookupError(f"{route.service}: say in tests/integration/access/things.py what {found[0]} stands for")
        return f"{found[0].partition('/')[0]}/{known[found[0]]}"

    return re.sub(r"[^/]+/\{\w+\}", fill, route.path)


async def furnish(town: Town) -> dict[str, Things]:
    """Migrate every service and put its things where it looks for them. Nothing else runs."""
    things = {}
    for name, parts in town.parts.items():
        await migrate(parts.runtime.database, parts.service)
        things[name] = await OF[name]()
        await parts.runtime.documents.put(documents.SHA256, documents.CONTENT)
        async with parts.runtime.database.writing() as connection:
            await things[name].keep(connection, parts.service.metadata)
    await give_places(town.parts["notify"].runtime.database)
    return things
