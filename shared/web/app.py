"""Puts a service's routes behind one door: gate, request ids, size limit, problem details, documents, health."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.telemetry import TelemetryConfig

from shared.contracts.asyncapi import document
from shared.identity.access import public
from shared.identity.gate import install as install_gate
from shared.identity.router import AccessRouter
from shared.identity.tokens import Verifier
from shared.web import audit, operations, pages_of_the_api, problems
from shared.web import health as health_routes
from shared.web.approvals import approvals_router
from shared.web.attempts import Attempts
from shared.web.batches import batches_router
from shared.web.documents.router import documents_router
from shared.web.health import Health
from shared.web.imports import imports_router
from shared.web.institution_packs import institution_packs_router
from shared.web.personal_data import personal_data_router
from shared.web.problem_document import RESPONSES
from shared.web.requests import RequestMiddleware
from shared.web.rules import rules_router
from shared.web.runtime import Runtime
from shared.web.service import Service
from shared.web.signing import signing_links_router, signings_router

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def build_app(
    service: Service, runtime: Runtime, verifier: Verifier, *, health: Health, lifespan: Lifespan | None = None
) -> FastAPI:
    """The service as an ASGI application. Nothing is started before its lifespan begins."""
    app = FastAPI(
        title=service.title,
        version=version("sunmao"),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses=RESPONSES,
        telemetry=TelemetryConfig(
            tracer_provider=runtime.tracing.provider,
            exclude=runtime.tracing.passes_over,
            operation_spans=False,
            logs=False,
            metrics=False,
        ),
    )
    numbers = runtime.metrics.edge(service.name)
    app.state.runtime = runtime
    app.state.health = health
    app.state.service = service
    app.state.attempts = Attempts(runtime.tries, refused=numbers.auth_failed)
    install_gate(app, verifier, numbers.auth_failed)
    problems.install(app)
    app.add_middleware(RequestMiddleware, numbers=numbers, tracing=runtime.tracing)
    for router in routers_of(service):
        app.include_router(router)
    return app


def routers_of(service: Service) -> tuple[AccessRouter, ...]:
    """All that a service answers: its own routes, and those that follow from what it says of itself."""
    rules = [rules_router(service), institution_packs_router(service)] if service.rule_shapes else []
    personal = [personal_data_router(service)] if service.personal else []
    tables = [imports_router(service)] if service.imports else []
    documents = [documents_router(service)] if service.documented else []
    signing = [signings_router(service), signing_links_router] if service.signed else []
    approvals = [approvals_router(service)] if service.approved else []
    batches = batches_router([*service.routers, *signing, *approvals])
    return (
        *service.routers,
        *signing,
        *approvals,
        *([batches] if batches.routes else []),
        *documents,
        *tables,
        *rules,
        *personal,
        audit.router,
        health_routes.router,
        operations.router,
        pages_of_the_api.router,
        _documents,
    )


_documents = AccessRouter(tags=["documents"])


@_documents.get("/asyncapi.json", access=public())
async def asyncapi(request: Request) -> Response:
    """Everything that this service publishes and listens to, as AsyncAPI 3."""
    service: Service = request.app.state.service
    return JSONResponse(document(service.name, service.subscriptions))
