"""Which of a service's own types tells of its documents and signings: each service speaks under its own name."""

from typing import TypeVar

from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY

M = TypeVar("M", bound=Message)


def body_of(service: str, name: str, kind: type[M]) -> type[M]:
    """The type `sunmao.<service>.<name>.v1`, as in `document.kept`. Raises `LookupError` where the service has none."""
    body = REGISTRY.get(f"sunmao.{service}.{name}.v1")
    if body is None or not issubclass(body, kind):
        raise LookupError(f"{service} tells nothing of {name}; give it its types in shared.contracts")
    return body
