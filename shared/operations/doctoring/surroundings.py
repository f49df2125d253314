"""A look at this machine and at the issuer: room on the disk, ports, keys."""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from shared.identity.keys import FetchFailed, published_by
from shared.operations.doctoring.finding import Finding, bad, good, look
from shared.operations.folder import room_for
from shared.operations.settings import Settings

_GIB: Final = 1024**3
_LITTLE: Final = 2 * _GIB
_SECONDS: Final = 5


def room(folder: Path) -> Finding:
    """Whether the disk of the data folder has room, and the folder is ours to write."""
    free = room_for(folder)
    says = f"{folder}: {free / _GIB:.1f} GiB free"
    if free < _LITTLE:
        return look("machine", "disk", says, "make room, or choose another folder with SUNMAO_HOME")
    return good("machine", "disk", says)


def port(about: str, host: str, number: int) -> Finding:
    """Whether a process can listen there, or one of ours does already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", number)) != 0:  # noqa: S104
            return good(about, f"port {number}", "free")
    if _is_ours(number):
        return good(about, f"port {number}", "a service of ours answers there")
    return bad(
        about,
        f"port {number}",
        "something else listens there",
        f"stop it, or choose another with SUNMAO_{about.upper()}_PORT",
    )


async def issuer(settings: Settings, environ: Mapping[str, str]) -> Finding:
    """Whether the issuer of tokens gives its keys."""
    where = settings.issuer_jwks_url or settings.issuer_url
    async with httpx.AsyncClient(timeout=_SECONDS) as client:
        try:
            keys = await published_by(settings.issuer_url, client, jwks_url=settings.issuer_jwks_url)()
        except FetchFailed as failure:
            remedy = "start it, or say with SUNMAO_ISSUER_URL where it is"
            return bad("issuer", "keys", str(failure), remedy)
    if "SUNMAO_ISSUER_URL" not in environ and settings.environment == "production":
        return bad("issuer", "keys", f"{where} is the local issuer's", "name your OpenID provider: SUNMAO_ISSUER_URL")
    return good("issuer", "keys", f"{where} gives {len(keys)}")


def _is_ours(number: int) -> bool:
    try:
        answer = httpx.get(f"http://127.0.0.1:{number}/livez", timeout=_SECONDS)
    except httpx.HTTPError:
        return False
    return answer.status_code in {httpx.codes.OK, httpx.codes.SERVICE_UNAVAILABLE} and b'"status"' in answer.content
