"""What ships beside the code that reads it: words, tables and stories."""

from importlib.resources import files
from typing import Any

import yaml

try:
    # libyaml's is ten times as fast, and comes with every wheel of PyYAML.
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class PlainLoader(_Loader):
    """Makes plain types and nothing else of YAML."""


def shipped_text(package: str, name: str) -> str:
    """A file of UTF-8 in a package's folder or below it. Raises `FileNotFoundError` where there is none."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def shipped_yaml(package: str, name: str) -> Any:
    """What such a file says in YAML."""
    return read_yaml(shipped_text(package, name))


def read_yaml(text: str) -> Any:
    """What a text says in YAML, in plain types alone. Raises `yaml.YAMLError` where it says nothing."""
    return yaml.load(text, Loader=PlainLoader)  # noqa: S506
