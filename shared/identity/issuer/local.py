"""Issues tokens with the claims that the platform reads, over HTTP or called in process."""

import time
import uuid
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from joserfc import jwt

from shared.identity.issuer.clients import Client, read_clients
from shared.identity.issuer.key_folder import KeyFolder
from shared.identity.principal import ID_PATTERN, ROLES, SUBJECT_PATTERN
from shared.identity.tokens import AUDIENCE

LIFETIME_SECONDS: Final = 3600


class NotInProduction(Exception):
    """The local issuer gives anybody any role; production needs an OpenID provider (`SUNMAO_ISSUER`)."""

    def __init__(self) -> None:
        super().__init__(
            "The local issuer does not start in production, for it gives anybody any role; "
            "name an OpenID provider as the issuer instead."
        )


class NotIssuable(ValueError):
    """A token with these claims would be refused; the text says which and what would pass."""


class LocalIssuer:
    """Signs tokens of one hour as `url` with the newest key of the folder.

    `clients` is the file that `register` writes. Raises `NotInProduction` when `environment` says so.
    """

    def __init__(
        self,
        url: str,
        keys: KeyFolder,
        *,
        environment: str,
        clients: Path | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        if environment.strip().lower() == "production":
            raise NotInProduction
        self.url = url
        self.keys = keys
        self._clients = clients
        self._now = now

    def client(self, client_id: str) -> Client | None:
        """The machine client of this id, as the file has it now."""
        return read_clients(self._clients).get(client_id)

    def issue(
        self,
        *,
        roles: Collection[str] = (),
        organization_id: str | None = None,
        persons: Collection[str] = (),
        scopes: Collection[str] = (),
        subject: str | None = None,
        test: bool = False,
    ) -> str:
        """A signed token. Without `subject` the first person (by id) is it, else role and organisation are.

        Raises `NotIssuable` for a role that does not exist or an id that no verifier would take.
        """
        _check(roles, [*persons, *([organization_id] if organization_id else [])])
        subject = subject or min(persons, default=None) or _named(roles, organization_id)
        if not SUBJECT_PATTERN.fullmatch(subject):
            raise NotIssuable("A subject is at most 128 visible ASCII characters.")
        key, issued_at = self.keys.signing(), int(self._now())
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": subject,
            "iat": issued_at,
            "exp": issued_at + LIFETIME_SECONDS,
            "jti": str(uuid.uuid4()),
            "org": organization_id,
            "roles": list(roles),
            "person": list(persons),
            "scope": " ".join(scopes),
            "test": test,
        }
        header = {"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, key, algorithms=["ES256"])


def _check(roles: Collection[str], ids: Collection[str]) -> None:
    if strangers := set(roles) - ROLES:
        raise NotIssuable(f"No such role: {', '.join(sorted(strangers))}. Use one of {', '.join(sorted(ROLES))}.")
    if not all(map(ID_PATTERN.fullmatch, ids)):
        raise NotIssuable("Ids of organisations and persons are at most 64 letters, digits, _ and -.")


def _named(roles: Collection[str], organization_id: str | None) -> str:
    return ".".join(["local", *sorted(roles)[:1], *([organization_id] if organization_id else [])])
