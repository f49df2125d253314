"""The words of notifications, read once from the template files that ship with the service."""

from functools import cache
from typing import Final

from services.notify.domain.party import Locale
from services.notify.domain.template import Texts, Wording
from shared.shipped import shipped_yaml

_FOLDER: Final = "templates"


@cache
def texts(locale: Locale) -> Texts:
    """All templates of one language."""
    content = shipped_yaml("services.notify", f"{_FOLDER}/{locale.value}.yaml")
    templates = {name: Wording(**wording) for name, wording in content["templates"].items()}
    return Texts(templates, content["words"])
