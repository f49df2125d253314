"""Whether a paper is ours: anybody may ask by its hash, and is told yes or no and nothing else."""

import base64
import hashlib
import re
from functools import cache
from typing import Annotated, Final

from fastapi import Path, Request
from pydantic import StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import HTMLResponse, Response

from shared.identity.access import public
from shared.identity.router import AccessRouter
from shared.persistence.spine import DocumentRow, table_of
from shared.shipped import shipped_text
from shared.web.documents.views import VerificationView
from shared.web.edge import EdgeIn
from shared.web.problems import stated_language

_TABLE: Final = table_of(DocumentRow)
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{64}$")]
"""Some programs write the hash in capitals, Windows' own among them."""


def add_verification(router: AccessRouter) -> None:
    """Add the page on which a file is picked and hashed, and the route that it asks."""

    @router.get("/v1/documents/verification", access=public(), include_in_schema=False)
    async def verification_page(request: Request) -> Response:
        """The page on which anybody checks a paper. The file stays with whoever picks it; only its hash is sent."""
        language = stated_language(request) or "zh"
        page = _page().replace('<html lang="zh">', f'<html lang="{language}">', 1)
        return HTMLResponse(page, headers={"Content-Security-Policy": _policy(), "Referrer-Policy": "no-referrer"})

    @router.get("/v1/documents/{sha256}/verification", access=public())
    async def verification(sha256: Annotated[Hash, Path()], edge: EdgeIn) -> VerificationView:
        """Whether a document with this SHA-256 is kept here and stands."""
        return VerificationView(ours=await edge.read(_is_ours, sha256.lower()))


async def _is_ours(connection: AsyncConnection, sha256: str) -> bool:
    named = select(_TABLE.c.id).where(_TABLE.c.sha256 == sha256, _TABLE.c.status == "kept").limit(1)
    return (await connection.execute(named)).first() is not None


@cache
def _page() -> str:
    return shipped_text(__package__, "verification_page.html")


@cache
def _policy() -> str:
    """The page runs its own script and asks its own service; it loads nothing."""
    scripts = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(_page()))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
