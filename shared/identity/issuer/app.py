"""The local issuer over HTTP: discovery, key set and token endpoint, as any OpenID provider has them."""

import base64
import binascii
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, unquote_plus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.identity.issuer.clients import Client
from shared.identity.issuer.local import LIFETIME_SECONDS, LocalIssuer, NotIssuable

ROLE_GRANT: Final = "urn:sunmao:grant:role"
CLIENT_GRANT: Final = "client_credentials"

_MAX_BODY_BYTES: Final = 16_384
_MAX_FIELDS: Final = 50

Form = Mapping[str, list[str]]


class Refused(Exception):
    """A token request that is answered with an error of RFC 6749, section 5.2."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


def application(issuer: LocalIssuer) -> Starlette:
    """The issuer as an ASGI app, to be mounted where `issuer.url` points."""

    async def discovery(_: Request) -> Response:
        return JSONResponse(_discovery(issuer.url))

    async def jwks(_: Request) -> Response:
        return JSONResponse({"keys": issuer.keys.public()})

    async def token(request: Request) -> Response:
        try:
            return _granted(_grant(issuer, await _form(request), request.headers.get("authorization")))
        except Refused as refused:
            return _refused(refused)
        except NotIssuable as error:
            return _refused(Refused("invalid_request", str(error)))

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/jwks", jwks),
            Route("/token", token, methods=["POST"]),
        ]
    )


def _discovery(url: str) -> dict[str, object]:
    here = url.rstrip("/")
    return {
        "issuer": url,
        "jwks_uri": f"{here}/jwks",
        "token_endpoint": f"{here}/token",
        "grant_types_supported": [CLIENT_GRANT, ROLE_GRANT],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }


async def _form(request: Request) -> Form:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused("invalid_request", "Send the request as application/x-www-form-urlencoded.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
            raise Refused("invalid_request", "The request is longer than 16 kB.", 413)
    try:
        return parse_qs(body.decode(), max_num_fields=_MAX_FIELDS)
    except ValueError:
        raise Refused("invalid_request", "The form is not readable, or has more than 50 fields.") from None


def _grant(issuer: LocalIssuer, form: Form, authorization: str | None) -> tuple[str, str]:
    """The token and the scope it carries."""
    grant_type = _one(form, "grant_type")
    if grant_type == CLIENT_GRANT:
        return _for_client(issuer, form, authorization)
    if grant_type == ROLE_GRANT:
        return _for_role(issuer, form)
    raise Refused("unsupported_grant_type", f"Use {CLIENT_GRANT} or {ROLE_GRANT}.")


def _for_client(issuer: LocalIssuer, form: Form, authorization: str | None) -> tuple[str, str]:
    client = _proven(issuer, form, authorization)
    scopes = _words(form, "scope") or list(client.scopes)
    if set(scopes) - set(client.scopes):
        raise Refused("invalid_scope", "The client was not registered for one of these scopes.")
    token = issuer.issue(
        subject=client.client_id, organization_id=client.organization_id, scopes=scopes, test=client.test
    )
    return token, " ".join(scopes)


def _for_role(issuer: LocalIssuer, form: Form) -> tuple[str, str]:
    roles, scopes = _words(form, "role"), _words(form, "scope")
    if not roles:
        raise Refused("invalid_request", "Say as which role: role=enterprise_admin, for instance.")
    token = issuer.issue(
        roles=roles,
        organization_id=_one(form, "organization"),
        persons=_words(form, "person"),
        scopes=scopes,
        subject=_one(form, "subject"),
        test=_one(form, "test") == "true",
    )
    return token, " ".join(scopes)


def _proven(issuer: LocalIssuer, form: Form, authorization: str | None) -> Client:
    client_id, secret = _basic(authorization) or (_one(form, "client_id"), _one(form, "client_secret"))
    client = issuer.client(client_id) if client_id else None
    if client is None or secret is None or not client.proves(secret):
        raise Refused("invalid_client", "No client has this id and this secret.", 401)
    return client


def _basic(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, credentials = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Refused("invalid_client", "The Authorization header is not readable.", 401) from None
    return unquote_plus(client_id), unquote_plus(secret)


def _one(form: Form, name: str) -> str | None:
    values = form.get(name, [])
    if len(values) > 1:
        raise Refused("invalid_request", f"Send {name} once.")
    return values[0] if values else None


def _words(form: Form, name: str) -> list[str]:
    """The values of a field that may be repeated, hold several words, or both; each once, in their order."""
    return list(dict.fromkeys(word for value in form.get(name, []) for word in value.split()))


def _granted(grant: tuple[str, str]) -> Response:
    token, scope = grant
    content = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS, "scope": scope}
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _refused(refused: Refused) -> Response:
    headers = {"Cache-Control": "no-store"}
    if refused.error == "invalid_client":
        headers["WWW-Authenticate"] = 'Basic realm="sunmao"'
    content = {"error": refused.error, "error_description": refused.description}
    return JSONResponse(content, status_code=refused.status, headers=headers)
