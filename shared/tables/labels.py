"""What the fields of lists are called by people: names on the wire are English, and their headings are words."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from shared.shipped import shipped_yaml

_OF_ALL: Final = "shared.tables"


@lru_cache
def labels_of(package: str) -> Mapping[str, str]:
    """The Chinese names of a service's fields, with those that all services share; its own come first."""
    return {**_read(_OF_ALL), **_read(package)}


def heading(labels: Mapping[str, str], name: str, language: str | None) -> str:
    """The heading of a field: its name itself where the caller has stated no language."""
    if language is None:
        return name
    words = name.replace("_", " ")
    return labels.get(name, name) if language == "zh" else words[:1].upper() + words[1:]


def _read(package: str) -> Mapping[str, str]:
    labels: dict[str, str] = shipped_yaml(package, "labels.yaml")
    return labels
