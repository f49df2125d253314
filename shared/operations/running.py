"""Starts what the command line names: the whole town in one process, or the issuer alone."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from shared.contracts.registry import REGISTRY
from shared.identity.issuer import KeyFolder, LocalIssuer, application
from shared.messaging import faults
from shared.messaging.blame import is_outage
from shared.observability import logging, tracing
from shared.observability.metrics import Metrics
from shared.operations.addresses import EMBEDDED_PORT, ISSUER_PORT
from shared.operations.clocks import chosen_clock
from shared.operations.embedded import Town
from shared.operations.folder import Folder
from shared.operations.memory import share_arenas
from shared.operations.secrets import refuse_known
from shared.operations.server import serve
from shared.operations.settings import Settings, read_settings
from shared.web.service import installed_services


def run_town() -> None:
    """The embedded edition, until it is stopped."""
    settings = begin("sunmao", None)
    asyncio.run(_town(settings))


def run_issuer() -> None:
    """The local issuer as a process of its own, until it is stopped."""
    settings = begin("identity", None)
    asyncio.run(_issuer(settings))


def build_town(settings: Settings) -> Town:
    """The embedded edition, put together and not yet started."""
    address = f"http://{settings.host}:{settings.port or EMBEDDED_PORT}"
    return Town(
        installed_services(),
        Folder(settings.home),
        address=address,
        metrics=make_metrics(),
        tracing=make_tracing("sunmao", settings),
        clock=chosen_clock(os.environ, production=settings.environment == "production"),
        environment=settings.environment,
        tries=settings.tries,
        public_url=settings.public_url,
        rosters=settings.roster_folder,
        due_every=settings.due_seconds,
    )


async def _town(settings: Settings) -> None:
    town = build_town(settings)
    with town.folder.owned():
        port = settings.port or EMBEDDED_PORT
        await serve(
            town.app,
            settings.host,
            port,
            town.running(),
            stopping=town.say_stopping,
            proxies=settings.trusted_proxies,
        )


async def _issuer(settings: Settings) -> None:
    issuer = LocalIssuer(
        settings.issuer_url,
        KeyFolder(Folder(settings.home).keys),
        environment=settings.environment,
        clients=settings.issuer_clients or Folder(settings.home).clients,
    )
    issuer.keys.signing()
    alive = Route("/livez", lambda _request: JSONResponse({"status": "alive"}))
    app = Starlette(routes=[alive, Route("/readyz", alive.endpoint), Mount("/", application(issuer))])
    await serve(app, settings.host, settings.port or ISSUER_PORT, _nothing_else())


@asynccontextmanager
async def _nothing_else() -> AsyncIterator[None]:
    yield


def begin(name: str, service: str | None) -> Settings:
    """Read the environment, refuse what production must not have, arm the fault points, set up log and memory."""
    settings = read_settings(os.environ, service)
    refuse_known(settings, service)
    faults.arm(os.environ, production=settings.environment == "production")
    logging.configure(name, settings.log_level, settings.log_format, brief=is_outage)
    share_arenas()
    return settings


def make_metrics() -> Metrics:
    """The numbers of this process."""
    registry = CollectorRegistry()
    for collector in (PlatformCollector, GCCollector):
        collector(registry=registry)
    metrics = Metrics(registry, event_types=[body.wire.type for body in REGISTRY])
    metrics.running(version=version("sunmao"), commit=os.environ.get("SUNMAO_COMMIT", "unknown"))
    return metrics


def make_tracing(name: str, settings: Settings) -> tracing.Tracing:
    """The tracer of this process."""
    return tracing.build(
        tracing.TracingSettings(
            name, endpoint=settings.otlp_endpoint, ratio=settings.trace_ratio, version=version("sunmao")
        )
    )
