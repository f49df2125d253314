"""The words of notifications, read once from the template files that ship with the service."""

from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from services.notify.domain.party import Locale
from services.notify.domain.template import Texts, Wording

_FOLDER: Final = "templates"


@cache
def texts(locale: Locale) -> Texts:
    """All templates of one language."""
    file = files("services.notify") / _FOLDER / f"{locale.value}.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    templates = {name: Wording(**wording) for name, wording in content["templates"].items()}
    return Texts(templates, content["words"])
