"""How a route says that its act may be done in batches, and where it is then asked for."""

from collections.abc import Iterable, Iterator
from typing import Final

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from shared.identity.router import AccessRouter

_MARK: Final = "x-in-batches"
_VERSION: Final = "/v1"

IN_BATCHES: Final = {_MARK: True}
"""The `openapi_extra` of a route whose act is one `edge.act` on at most one object."""


def batched(routers: Iterable[AccessRouter]) -> Iterator[APIRoute]:
    """The routes of these routers whose acts may be done in batches."""
    return (route for router in routers for route in router.routes if _is_batched(route))  # type: ignore[misc]


def address_of(path: str) -> str:
    """Where an act is asked for in batches: its own address behind `/v1/batches`, without the object's id."""
    words = [word for word in path.removeprefix(_VERSION).split("/") if not word.startswith("{")]
    return f"{_VERSION}/batches" + "/".join(words)


def id_in(path: str) -> str | None:
    """The name of the object's id in an act's address; None where the act makes something new."""
    names = [word.strip("{}") for word in path.split("/") if word.startswith("{")]
    if len(names) > 1:
        raise ValueError(f"{path} names more than one object; what is done in batches names one, or none.")
    return names[0] if names else None


def _is_batched(route: BaseRoute) -> bool:
    if not isinstance(route, APIRoute) or _MARK not in (route.openapi_extra or {}):
        return False
    if route.methods != {"POST"}:
        raise ValueError(f"{route.path} is no POST; what is done in batches is.")
    return True
