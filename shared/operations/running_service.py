"""Starts one service of the distributed edition. Imported only there: it needs the Kafka client."""

import os
from typing import Any, Final

import httpx
import structlog
import uvloop

from shared.identity.keys import RememberedKeys, published_by
from shared.identity.tokens import TokenVerifier, Verifier
from shared.operations.addresses import PORTS
from shared.operations.brokers import brokers_of, lies_open
from shared.operations.clocks import chosen_clock
from shared.operations.databases import open_database
from shared.operations.distributed import Process, Role
from shared.operations.document_stores import lies_apart, open_documents
from shared.operations.folder import Folder
from shared.operations.parts import build_parts
from shared.operations.running import begin, make_metrics, make_tracing
from shared.operations.server import serve
from shared.operations.settings import Settings
from shared.web.service import installed_services

log: Any = structlog.get_logger(__name__)

_NOTICE_SECONDS: Final = 2.0


def run_service(name: str, role: Role) -> None:
    """One service, until it is stopped."""
    settings = begin(name, name)
    brokers = brokers_of(settings, name)
    if settings.environment == "production":
        apart = lies_apart(settings) if installed_services()[name].documented else None
        for danger in filter(None, (lies_open(brokers), apart)):
            log.warning("not for production", reason=danger)
    uvloop.run(_service(name, settings, role))


async def _service(name: str, settings: Settings, role: Role) -> None:
    database = open_database(name, settings)
    async with httpx.AsyncClient(timeout=5) as client:
        parts = build_parts(
            installed_services()[name],
            database,
            open_documents(name, settings),
            _verifier(settings, client),
            clock=chosen_clock(os.environ, production=settings.environment == "production"),
            metrics=make_metrics(),
            tracing=make_tracing(name, settings),
            address=settings.public_url or f"http://{settings.host}:{settings.port or PORTS[name]}",
            tries=settings.tries,
            rosters=settings.roster_folder or Folder(settings.home).rosters,
            due_every=settings.due_seconds,
        )

        def stopping() -> None:
            parts.health.stopping = True

        running = Process(parts, settings, role).running()
        port = settings.port or PORTS[name]
        await serve(
            parts.app,
            settings.host,
            port,
            running,
            notice=_NOTICE_SECONDS,
            stopping=stopping,
            proxies=settings.trusted_proxies,
        )


def _verifier(settings: Settings, client: httpx.AsyncClient) -> Verifier:
    keys = published_by(settings.issuer_url, client, jwks_url=settings.issuer_jwks_url)
    return TokenVerifier(RememberedKeys(keys), issuer=settings.issuer_url)
