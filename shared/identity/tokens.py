"""From a bearer token to a principal: signature, issuer, audience, times, then the claims; a token is never quoted."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    DecodeError,
    ExpiredTokenError,
    InvalidPayloadError,
    JoseError,
    MissingClaimError,
    UnsupportedAlgorithmError,
)
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry
from joserfc.util import json_b64decode

from shared.identity.keys import Key, KeySource
from shared.identity.principal import ID_PATTERN, ROLES, SUBJECT_PATTERN, Principal
from shared.identity.refusals import Reason, Unauthenticated

AUDIENCE: Final = "sunmao"
# Ed25519 is what RFC 9864 calls EdDSA with that curve.
ALGORITHMS: Final = ("RS256", "ES256", "EdDSA", "Ed25519")
LEEWAY_SECONDS: Final = 60

_MAX_LENGTH: Final = 8192
_REMEMBERED: Final = 1000

_CLAIM_REASONS: Final = {
    "iss": Reason.ISSUER,
    "aud": Reason.AUDIENCE,
    "exp": Reason.CLAIMS,
    "nbf": Reason.NOT_YET_VALID,
    "iat": Reason.NOT_YET_VALID,
}


class Verifier(Protocol):
    """Says who holds a token."""

    async def verify(self, token: str) -> Principal:
        """The principal. Raises `Unauthenticated` with the reason, or `IssuerUnavailable`."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """What a token says whose signature was right, and the key by which it was."""

    kid: str
    key: Key
    claims: dict[str, object]
    principal: Principal


class TokenVerifier:
    """Verifies JWTs of one OpenID provider by its published keys.

    A caller sends the same token for an hour, so a signature that was right is not computed again while its key is
    published; issuer, audience and times are judged at every request. Of a token only its hash is remembered.

    Claims: `sub`, `aud` (`sunmao`), `org`, `roles` (those of other platforms are passed over), `person` (a string or a
    list), `scope` (separated by spaces), `test`. `sub` ends up in events as part of the actor, so the provider must
    put an opaque id there and no name or e-mail address.
    """

    def __init__(
        self, keys: KeySource, *, issuer: str, audience: str = AUDIENCE, now: Callable[[], float] = time.time
    ) -> None:
        self._keys = keys
        self._signed: dict[bytes, _Signed] = {}
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def verify(self, token: str) -> Principal:
        """The principal. Raises `Unauthenticated` with the reason, or `IssuerUnavailable`."""
        digest = hashlib.sha256(token.encode()).digest()
        signed = self._signed.get(digest)
        kid = signed.kid if signed else _key_id(token)
        key = await self._keys.find(kid)
        try:
            if signed is not None and signed.key is key:
                self._claims.validate(signed.claims)
                return signed.principal
            claims = jwt.decode(token, key, registry=_ALLOWED).claims
            self._claims.validate(claims)
        except (JoseError, ValueError) as error:
            # The chain is cut because a library's message may quote the token.
            raise Unauthenticated(_reason(error)) from None
        return self._remember(digest, _Signed(kid, key, claims, _principal(claims)))

    def _remember(self, digest: bytes, signed: _Signed) -> Principal:
        self._signed.pop(digest, None)
        while len(self._signed) >= _REMEMBERED:
            del self._signed[next(iter(self._signed))]
        self._signed[digest] = signed
        return signed.principal


class _Allowed(JWSRegistry):
    """Our list of algorithms, without joserfc's warning at each token that `EdDSA` has a new name."""

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


_ALLOWED: Final = _Allowed()


def _key_id(token: str) -> str:
    """The id of the key, once the header is known to name an algorithm that we allow (`none` is not)."""
    if len(token) > _MAX_LENGTH or token.count(".") != 2:
        raise Unauthenticated(Reason.MALFORMED)
    try:
        header = json_b64decode(token.partition(".")[0].encode())
    except (JoseError, ValueError, TypeError):
        raise Unauthenticated(Reason.MALFORMED) from None
    if not isinstance(header, dict):
        raise Unauthenticated(Reason.MALFORMED)
    if header.get("alg") not in ALGORITHMS:
        raise Unauthenticated(Reason.ALGORITHM)
    if not isinstance(header.get("kid"), str):
        raise Unauthenticated(Reason.UNKNOWN_KEY)
    return str(header["kid"])


def _reason(error: Exception) -> Reason:
    if isinstance(error, ExpiredTokenError):
        return Reason.EXPIRED
    if isinstance(error, MissingClaimError):
        return Reason.CLAIMS
    if isinstance(error, ClaimError):
        return _CLAIM_REASONS.get(error.claim, Reason.CLAIMS)
    if isinstance(error, DecodeError | InvalidPayloadError):
        return Reason.MALFORMED
    return Reason.SIGNATURE if isinstance(error, BadSignatureError) else Reason.ALGORITHM


def _principal(claims: Mapping[str, object]) -> Principal:
    listed = _words(claims, "roles")
    roles = listed & ROLES
    return Principal(
        subject=_subject(claims),
        organization_id=_organization(claims),
        roles=roles,
        persons=_ids(_words(claims, "person")),
        # Without this a person whose roles are all another platform's would pass for a machine client.
        scopes=_words(claims, "scope") if roles or not listed else frozenset(),
        test=claims.get("test") is True,
    )


def _subject(claims: Mapping[str, object]) -> str:
    subject = str(claims["sub"])
    if not SUBJECT_PATTERN.fullmatch(subject):
        raise Unauthenticated(Reason.CLAIMS)
    return subject


def _organization(claims: Mapping[str, object]) -> str | None:
    organization_id = claims.get("org")
    if organization_id is None:
        return None
    if not isinstance(organization_id, str) or not ID_PATTERN.fullmatch(organization_id):
        raise Unauthenticated(Reason.CLAIMS)
    return organization_id


def _words(claims: Mapping[str, object], name: str) -> frozenset[str]:
    """The words of a claim that is a list of strings or a string in which spaces separate them."""
    claim = claims.get(name)
    words = claim.split() if isinstance(claim, str) else [] if claim is None else claim
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise Unauthenticated(Reason.CLAIMS)
    return frozenset(words)


def _ids(persons: frozenset[str]) -> frozenset[str]:
    if not all(ID_PATTERN.fullmatch(person) for person in persons):
        raise Unauthenticated(Reason.CLAIMS)
    return persons
