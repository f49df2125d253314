"""Machine clients of the local issuer: who they are and what they may ask for, secrets as hashes."""

import hashlib
import hmac
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A machine client. Its secret was made by `register` with 256 random bits, hence one round of SHA-256 suffices."""

    client_id: str
    secret_sha256: str
    scopes: tuple[str, ...]
    organization_id: str | None = None
    test: bool = False

    def proves(self, secret: str) -> bool:
        """Whether this is the client's secret, compared in constant time."""
        return hmac.compare_digest(_hash(secret), self.secret_sha256)


def read_clients(file: Path | None) -> dict[str, Client]:
    """The clients in the file by id; none if there is no file."""
    if file is None or not file.exists():
        return {}
    entries = orjson.loads(file.read_bytes())["clients"]
    clients = [Client(**{**entry, "scopes": tuple(entry["scopes"])}) for entry in entries]
    return {client.client_id: client for client in clients}


def register(
    file: Path,
    client_id: str,
    scopes: tuple[str, ...],
    *,
    organization_id: str | None = None,
    test: bool = False,
    secret: str | None = None,
) -> str:
    """Write the client into the file (0600), in place of one of the same id, and return its secret, shown only now.

    `secret` may bring one that was made elsewhere, such as by a deployment's secret store; it must be as random.
    """
    secret = secret or secrets.token_urlsafe(32)
    client = Client(
        client_id=client_id,
        secret_sha256=_hash(secret),
        scopes=scopes,
        organization_id=organization_id,
        test=test,
    )
    _write(file, {**read_clients(file), client_id: client})
    return secret


def _write(file: Path, clients: dict[str, Client]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        content = {"clients": [asdict(client) for client in clients.values()]}
        stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2))
    draft.rename(file)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
