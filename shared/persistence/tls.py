"""TLS to PostgreSQL, by settings or by the URL: the same for the pool, the leader's connection and migrations."""

import ssl
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL

Tls = ssl.SSLContext | bool | None
"""What the driver is told; None leaves it to encrypt where the server offers it, and not to ask who that is."""

_CHECKED: Final = {"require": False, "verify-ca": False, "verify-full": True}
_IN_URL: Final = ("ssl", "sslmode", "sslrootcert")


class TlsError(ValueError):
    """What is asked for cannot be; says why."""


def tls(mode: str, ca: Path | None = None) -> Tls:
    """In PostgreSQL's own words: `disable`, `prefer`, `require` (anybody, or whom `ca` vouches for), `verify-full`.

    Raises `TlsError`.
    """
    if mode in {"disable", "prefer"}:
        return False if mode == "disable" else None
    if mode not in _CHECKED:
        raise TlsError(f"TLS to the database can be {', '.join(['disable', 'prefer', *_CHECKED])}, not {mode}")
    if mode == "verify-ca" and ca is None:
        raise TlsError("verify-ca needs a file of authorities; verify-full can do with those of the system")
    try:
        context = ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise TlsError(f"the authorities in {ca} cannot be read: {error.strerror or error}") from None
    context.check_hostname = _CHECKED[mode]
    context.verify_mode = ssl.CERT_NONE if mode == "require" and ca is None else ssl.CERT_REQUIRED
    return context


def parted(url: URL) -> tuple[URL, Tls]:
    """The address without what it says of TLS (`ssl` or `sslmode`, `sslrootcert`), and that. Raises `TlsError`."""
    said = {name: url.query[name] for name in _IN_URL if name in url.query}
    mode, ca = said.get("sslmode", said.get("ssl", "prefer")), said.get("sslrootcert")
    return url.difference_update_query(_IN_URL), tls(str(mode), Path(str(ca)) if ca else None)
