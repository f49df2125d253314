"""The words of a notification in one language, and how its variables get into them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.notification import Variables


class MissingVariable(LookupError):
    """A template asks for what its notification does not say: the table of routes and the templates differ."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendered notification."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All templates of one language (title and text by name), and its words for the codes that variables may hold."""

    templates: Mapping[str, Wording]
    words: Mapping[str, str]

    def render(self, template: str, variables: Variables) -> Wording:
        """The notification in words. Raises `MissingVariable`."""
        wording = self.templates[template]
        said = {
            name: self.words.get(value, value) if isinstance(value, str) else value for name, value in variables.items()
        }
        try:
            return Wording(wording.title.format_map(said), wording.text.format_map(said))
        except KeyError as missing:
            raise MissingVariable(f"template {template} asks for {missing.args[0]}") from None
