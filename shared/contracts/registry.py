"""One registry of everything that travels: which bodies exist, by their name on the wire."""

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Final

from shared.contracts import notify, partnership, talent, training
from shared.contracts.event import Message

SERVICES: Final = ("partnership", "training", "talent", "notify")


class Registry:
    """The bodies of some modules, each under its type; a type that is named twice is refused."""

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        self._bodies: dict[str, type[Message]] = {}
        for module in modules:
            for body in _bodies_in(module):
                if body.wire.type in self._bodies:
                    raise ValueError(f"{body.wire.type} is named twice")
                self._bodies[body.wire.type] = body

    def __iter__(self) -> Iterator[type[Message]]:
        return iter(self._bodies.values())

    def get(self, type_name: str) -> type[Message] | None:
        """The body of this type, or None for a stranger."""
        return self._bodies.get(type_name)

    def of(self, service: str) -> list[type[Message]]:
        """All that one service publishes, in the order of their types: which file holds a body shows nowhere."""
        return sorted((body for body in self if body.wire.service == service), key=lambda body: body.wire.type)


def _bodies_in(module: ModuleType) -> Iterator[type[Message]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Message) and "wire" in vars(thing):
            yield thing


REGISTRY: Final = Registry([partnership, training, talent, notify])
