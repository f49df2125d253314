"""A service's door: 401, then 403, before anything else is looked at; and no route without a declaration."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from shared.errors import Forbidden, NotFound
from shared.identity.access import allow, public
from shared.identity.gate import Who, install
from shared.identity.refusals import IssuerUnavailable, Unauthenticated
from shared.identity.router import AccessRouter, declared_access
from shared.identity.scope import within


class NewNeed(BaseModel):
    title: str


class Need:
    owners = frozenset({"org_e"})


WRITE = allow("enterprise_admin", scope="partnership:write", alliance_wide=("alliance_office",))
NESTED = allow("ops", scope=None)


def routes() -> AccessRouter:
    router = AccessRouter(prefix="/v1")

    @router.post("/needs", access=WRITE, status_code=201)
    async def post(need: NewNeed, who: Who) -> dict[str, str]:
        return {"title": need.title, "actor": who.actor}

    @router.put("/needs/{id}", access=WRITE)
    async def amend(id: str, who: Who) -> dict[str, str]:
        within(who, Need())
        return {"id": id}

    @router.get("/regions", access=public())
    async def regions() -> list[str]:
        return ["500101"]

    return router


def nested() -> AccessRouter:
    inner, outer = AccessRouter(), AccessRouter(prefix="/operations")

    @inner.delete("/{id}", access=NESTED)
    async def discard(id: str) -> None: ...

    @inner.patch("/{id}", access=NESTED)
    async def retry(id: str) -> None: ...

    outer.include_router(inner, prefix="/dead-letters")
    return outer


@pytest.fixture
def refused() -> list[str]:
    return []


@pytest.fixture
def app(verifier, refused: list[str]) -> FastAPI:
    app = FastAPI()
    for kind, status in ((Unauthenticated, 401), (IssuerUnavailable, 503), (Forbidden, 403), (NotFound, 404)):
        app.add_exception_handler(kind, answering(status))
    app.include_router(routes())
    app.include_router(nested())
    install(app, verifier, refused.append)
    return app


def answering(status: int):
    async def answer(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"code": type(error).__name__}, status)

    return answer


@pytest.fixture
def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://service.test")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_the_endpoint_receives_the_caller(client, issuer, refused) -> None:
    token = issuer.issue(roles=["enterprise_admin"], organization_id="org_e", persons=["per_1"])

    answer = await client.post("/v1/needs", json={"title": "x"}, headers=bearer(token))

    assert (answer.status_code, answer.json()) == (201, {"title": "x", "actor": "enterprise_admin:per_1"})
    assert refused == []


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "missing"),
        ({"Authorization": "Basic abc"}, "malformed"),
        ({"Authorization": "Bearer"}, "malformed"),
        ({"Authorization": "Bearer  "}, "malformed"),
        ({"Authorization": "Bearer rubbish"}, "malformed"),
    ],
)
async def test_nobody_we_know_is_401(client, refused, headers: dict[str, str], reason: str) -> None:
    answer = await client.post("/v1/needs", json={"title": "x"}, headers=headers)

    assert answer.status_code == 401
    assert refused == [reason]


@pytest.mark.parametrize("body", [b"{not json", b"\xff\xfe", b"{}"])
async def test_a_stranger_is_refused_before_the_body_is_looked_at(client, body: bytes) -> None:
    answer = await client.post("/v1/needs", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 401


async def test_the_wrong_role_is_403_before_the_body_is_looked_at(client, issuer, refused) -> None:
    token = issuer.issue(roles=["student"], organization_id="org_e")

    answer = await client.post("/v1/needs", content=b"{not json", headers=bearer(token))

    assert answer.status_code == 403
    assert refused == ["role"]


async def test_a_strangers_object_is_404_and_the_office_reaches_it(client, issuer) -> None:
    stranger = issuer.issue(roles=["enterprise_admin"], organization_id="org_x")
    office = issuer.issue(roles=["alliance_office"], organization_id="org_a")

    answers = [await client.put("/v1/needs/need_1", headers=bearer(token)) for token in (stranger, office)]

    assert [answer.status_code for answer in answers] == [404, 200]


async def test_an_issuer_that_is_away_is_503(client, issuer, wire, refused) -> None:
    wire.away = True

    answer = await client.post("/v1/needs", headers=bearer(issuer.issue(roles=["enterprise_admin"])))

    assert answer.status_code == 503
    assert refused == ["issuer_unavailable"]


async def test_a_public_route_asks_nobody(client, refused) -> None:
    assert (await client.get("/v1/regions")).json() == ["500101"]
    assert refused == []


def test_the_walker_lists_every_route_with_its_access(app) -> None:
    assert set(declared_access(app)) >= {
        ("POST", "/v1/needs", WRITE),
        ("PUT", "/v1/needs/{id}", WRITE),
        ("GET", "/v1/regions", public()),
        ("DELETE", "/operations/dead-letters/{id}", NESTED),
        ("PATCH", "/operations/dead-letters/{id}", NESTED),
        ("GET", "/openapi.json", public()),
        ("GET", "/docs", public()),
    }


@pytest.mark.parametrize(
    "sneak",
    [
        lambda app: app.get("/plain")(lambda: None),
        lambda app: app.include_router(plain()),
        lambda app: app.mount("/sub", FastAPI()),
        lambda app: app.add_route("/raw", lambda _: None),
        lambda app: app.websocket("/ws")(lambda _: None),
    ],
)
def test_the_walker_names_a_route_that_declares_nothing(app, sneak) -> None:
    sneak(app)

    with pytest.raises(TypeError, match="does not say who may call it"):
        declared_access(app)


def plain() -> APIRouter:
    router = APIRouter()
    router.get("/plain")(lambda: None)
    return router


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options", "api_route"])
def test_a_route_without_access_cannot_be_registered(method: str) -> None:
    with pytest.raises(TypeError, match="access"):
        getattr(AccessRouter(), method)("/x")(lambda: None)


def test_a_route_added_by_its_long_name_needs_access_too() -> None:
    with pytest.raises(TypeError, match="/x does not say who may call it"):
        AccessRouter().add_api_route("/x", lambda: None)


def test_the_openapi_document_shows_who_may_call(app) -> None:
    paths = app.openapi()["paths"]

    assert paths["/v1/needs"]["post"]["x-access"]["roles"] == ["enterprise_admin", "alliance_office"]
    assert paths["/v1/needs"]["post"]["security"] == [{"bearer": []}]
    assert paths["/v1/regions"]["get"]["x-access"]["public"] is True
    assert "security" not in paths["/v1/regions"]["get"]


async def test_a_guarded_route_without_a_gate_fails_loudly() -> None:
    app = FastAPI()
    app.include_router(routes())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://service.test")

    with pytest.raises(RuntimeError, match="has no gate"):
        await client.post("/v1/needs")
