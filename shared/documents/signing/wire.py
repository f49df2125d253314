"""Which of a service's own types tells of its signings: each service speaks under its own name."""

from typing import TypeVar

from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY

M = TypeVar("M", bound=Message)


def body_of(service: str, fact: str, kind: type[M]) -> type[M]:
    """The type `sunmao.<service>.signing.<fact>.v1`. Raises `LookupError` where nothing is signed in the service."""
    body = REGISTRY.get(f"sunmao.{service}.signing.{fact}.v1")
    if body is None or not issubclass(body, kind):
        raise LookupError(f"{service} tells nothing of signings; give it its types in shared.contracts")
    return body
