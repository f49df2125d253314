"""The public keys by which tokens are judged: remembered, and asked for again rarely, whatever tokens arrive."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final, Protocol

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

from shared.identity.refusals import IssuerUnavailable, Reason, Unauthenticated

Key = RSAKey | ECKey | OKPKey
Keys = Mapping[str, Key]
Fetch = Callable[[], Awaitable[Keys]]

LOG: Final = logging.getLogger(__name__)

LIFETIME_SECONDS: Final = 600.0
UNKNOWN_KEY_PAUSE_SECONDS: Final = 30.0
FAILURE_PAUSE_SECONDS: Final = 2.0


class KeySource(Protocol):
    """Where a token's key is found."""

    async def find(self, kid: str) -> Key:
        """The public key of this id. Raises `Unauthenticated` (unknown key) or `IssuerUnavailable`."""


class FetchFailed(Exception):
    """The issuer did not give its keys; the text says what was asked and what came."""


class RememberedKeys:
    """Keys that are fetched when first needed, after ten minutes, and for an unknown id at most every 30 seconds.

    While the issuer is away the keys known last stay good, so a service does not fall with it; with none known yet
    the issuer is asked again after two seconds.
    """

    def __init__(self, fetch: Fetch, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: Keys = {}
        self._fetched_at: float | None = None
        self._asked_at: float | None = None
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> Key:
        """The public key of this id. Raises `Unauthenticated` (unknown key) or `IssuerUnavailable`."""
        # Whoever knows the key does not wait for somebody else's refresh.
        if kid in self._keys and (self._is_fresh() or self._lock.locked()):
            return self._keys[kid]
        async with self._lock:
            if self._is_worth_asking(kid):
                await self._refresh()
        return self._known(kid)

    def _is_fresh(self) -> bool:
        return self._fetched_at is not None and self._monotonic() - self._fetched_at < LIFETIME_SECONDS

    def _is_worth_asking(self, kid: str) -> bool:
        if kid in self._keys and self._is_fresh():
            return False
        pause = FAILURE_PAUSE_SECONDS if self._fetched_at is None else UNKNOWN_KEY_PAUSE_SECONDS
        return self._asked_at is None or self._monotonic() - self._asked_at >= pause

    async def _refresh(self) -> None:
        self._asked_at = self._monotonic()
        try:
            self._keys = await self._fetch()
        except FetchFailed as failure:
            LOG.warning("Keys not refreshed: %s", failure)
        else:
            self._fetched_at = self._monotonic()

    def _known(self, kid: str) -> Key:
        if kid in self._keys:
            return self._keys[kid]
        raise IssuerUnavailable if self._fetched_at is None else Unauthenticated(Reason.UNKNOWN_KEY)


def published_by(issuer: str, client: httpx.AsyncClient, *, jwks_url: str | None = None) -> Fetch:
    """Fetches the keys that an OpenID provider publishes, through its discovery document unless `jwks_url` is given.

    `jwks_url` is for networks in which the provider has another address than the one it writes into tokens.
    """

    async def fetch() -> Keys:
        found = await _get(client, jwks_url or await _discover(issuer, client))
        keys = found.get("keys")
        if not isinstance(keys, list):
            raise FetchFailed("the key set has no list of keys")
        return readable(keys)

    return fetch


def readable(documents: Iterable[object]) -> dict[str, Key]:
    """The public signing keys among these JWKs by id; private, symmetric, encrypting and unknown ones are left out."""
    keys: dict[str, Key] = {}
    for document in documents:
        key = _signing_key(document)
        if key is not None and key.kid:
            keys.setdefault(key.kid, key)
    return keys


def _signing_key(document: object) -> Key | None:
    if not isinstance(document, dict) or document.get("use", "sig") != "sig":
        return None
    try:
        key = JWKRegistry.import_key(document)
    except (JoseError, ValueError, TypeError, KeyError):
        # RFC 7517, section 5: a key that is not understood is passed over.
        return None
    return key if isinstance(key, RSAKey | ECKey | OKPKey) and not key.is_private else None


async def _discover(issuer: str, client: httpx.AsyncClient) -> str:
    document = await _get(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise FetchFailed(f"the discovery document at {issuer} names another issuer")
    jwks_url = document.get("jwks_uri")
    if not isinstance(jwks_url, str):
        raise FetchFailed(f"the discovery document at {issuer} names no jwks_uri")
    return jwks_url


async def _get(client: httpx.AsyncClient, url: str) -> dict[str, object]:
    try:
        answer = await client.get(url, timeout=5.0)
        answer.raise_for_status()
        document = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(f"{url} gave {type(error).__name__}") from error
    if not isinstance(document, dict):
        raise FetchFailed(f"{url} gave no JSON object")
    return document
