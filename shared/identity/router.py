"""A router on which no route can be declared without saying whom it lets in, and the list of what they say."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar, cast

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.security import HTTPBearer
from starlette.routing import BaseRoute

from shared.identity.access import Access, from_document, public
from shared.identity.gate import gate_of

DECLARATION = "x-access"

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])

# Tells the OpenAPI document that a token is needed; the gate is what asks for it.
_DOCUMENTED = Depends(HTTPBearer(auto_error=False, scheme_name="bearer", bearerFormat="JWT"))


class AccessRoute(APIRoute):
    """A route that asks who is calling before it reads the body, so that a stranger learns nothing from a 422."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the gate."""
        handle = super().get_route_handler()
        access = _declared(self)
        if access.public:
            return handle

        async def guarded(request: Request) -> Response:
            gate = gate_of(request.app)
            request.state.who = await gate.admit(request.headers.get("authorization"), access)
            return await handle(request)

        return guarded


class AccessRouter(APIRouter):
    """FastAPI's router with `access=` required on every route: `allow(...)` or `public()`, else `TypeError`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=AccessRoute, **options)

    def add_api_route(
        self, path: str, endpoint: Callable[..., object], *, access: Access | None = None, **options: Any
    ) -> None:
        """Declare a route; its access is written to `openapi_extra["x-access"]`, from which the gate reads it."""
        if not isinstance(access, Access):
            raise _undeclared(path)
        options["openapi_extra"] = {**(options.get("openapi_extra") or {}), DECLARATION: access.document()}
        if not access.public:
            options["dependencies"] = [*(options.get("dependencies") or ()), _DOCUMENTED]
        super().add_api_route(path, endpoint, **options)

    def api_route(self, path: str, *, access: Access | None = None, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a route of any method."""
        if not isinstance(access, Access):
            raise _undeclared(path)

        def declare(endpoint: Endpoint) -> Endpoint:
            self.add_api_route(path, endpoint, access=access, **options)
            return endpoint

        return declare

    # Each of these asks for more than its original does, which is their purpose and what mypy must pass over.

    def get(  # type: ignore[override]
        self, path: str, *, access: Access, **options: Any
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers GET."""
        return self.api_route(path, access=access, methods=["GET"], **options)

    def post(  # type: ignore[override]
        self, path: str, *, access: Access, **options: Any
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers POST."""
        return self.api_route(path, access=access, methods=["POST"], **options)

    def put(  # type: ignore[override]
        self, path: str, *, access: Access, **options: Any
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers PUT."""
        return self.api_route(path, access=access, methods=["PUT"], **options)

    def patch(  # type: ignore[override]
        self, path: str, *, access: Access, **options: Any
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers PATCH."""
        return self.api_route(path, access=access, methods=["PATCH"], **options)

    def delete(  # type: ignore[override]
        self, path: str, *, access: Access, **options: Any
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare what answers DELETE."""
        return self.api_route(path, access=access, methods=["DELETE"], **options)


def declared_access(app: FastAPI) -> list[tuple[str, str, Access]]:
    """Method, path and access of every route of the application, its documentation pages included as public.

    Raises `TypeError` for a route that declares nothing, wherever it was added.
    """
    documentation = {app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url}
    return list(_walk(app.routes, documentation))


def _walk(routes: list[BaseRoute], documentation: set[str | None]) -> Iterator[tuple[str, str, Access]]:
    for route in iter_route_contexts(routes):
        path = route.path or repr(route.original_route)
        is_page = path in documentation and not isinstance(route.original_route, APIRoute)
        access = public() if is_page else _declared(route.original_route, path)
        for method in sorted(route.methods or ()):
            yield method, path, access


def _declared(route: BaseRoute, path: str | None = None) -> Access:
    extra = getattr(route, "openapi_extra", None) or {}
    if not isinstance(route, AccessRoute) or DECLARATION not in extra:
        raise _undeclared(path or repr(route))
    return from_document(cast("dict[str, object]", extra[DECLARATION]))


def _undeclared(path: str) -> TypeError:
    return TypeError(
        f"{path} does not say who may call it; add access=allow(...) or access=public() to an AccessRouter."
    )
