"""In which language somebody reads: the one that the request asks for, else the one that their party has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from services.notify.domain.party import Locale
from services.notify.queries.inbox import locales
from shared.web.edge import Edge
from shared.web.problems import stated_language

_STATED: Final = {"zh": Locale.ZH_CN, "en": Locale.EN}


@dataclass(frozen=True, slots=True)
class Languages:
    """What the request asks for, and what each of the caller's parties has chosen."""

    asked: Locale | None
    chosen: Mapping[str, str]

    def of(self, party: str | None = None) -> Locale:
        """The language in which a party of the caller's reads."""
        return self.asked or Locale(self.chosen.get(party or "", Locale.ZH_CN))


async def languages(request: Request, edge: Edge) -> Languages:
    """The languages of the caller."""
    return Languages(_STATED.get(stated_language(request) or ""), await edge.read(locales, edge.who.parties))
