"""How what a rule compares is said in its sentences: a value that has a name by its name, any other as it is."""

from collections.abc import Mapping
from typing import Final

from shared.rules.verdict import Bilingual

SEPARATOR: Final = ", "
"""What stands between the values of a list where a rule gives them as one text."""
_NOTHING: Final = Bilingual("无", "none")


class Wording:
    """The values for the places of a sentence, said in one language. The values themselves stay as they are."""

    def __init__(self, values: Mapping[str, object], names: Mapping[str, Bilingual], language: str) -> None:
        self._values, self._names, self._language = values, names, language

    def __getitem__(self, place: str) -> str:
        """What stands at this place: of a list each value by its name, and None as that there is nothing."""
        value = self._values[place]
        if value is None:
            return _NOTHING.say(self._language)
        parts = value if isinstance(value, tuple) else str(value).split(SEPARATOR)
        comma = "、" if self._language == "zh" and any(part in self._names for part in parts) else SEPARATOR
        return comma.join(self._names[part].say(self._language) if part in self._names else part for part in parts)
