"""The text to which students and guardians consent; a university publishes editions of it, each for ever."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.training.domain.internship.paper_refusals import NoConsentText
from services.training.domain.kinship import born_of
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText(Aggregate):
    """One edition, from 1. `digest` is the SHA-256 of title and text: it proves what was consented to."""

    kind: ClassVar[str] = "consent_text"
    visibility: ClassVar[str] = "alliance"
    university_id: str
    edition: int
    title: str
    text: str
    digest: str
    published_on: date

    @classmethod
    def publish(cls, university_id: str, *, earlier: Iterable["ConsentText"], title: str, text: str, on: date) -> Self:
        """The next edition of a university's text."""
        edition = max((one.edition for one in earlier), default=0) + 1
        # The id holds the edition, so that of two who publish at once only one does.
        id = born_of(university_id, "consent_text", str(edition))
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
        return cls(
            id=id,
            story=id,
            university_id=university_id,
            edition=edition,
            title=title,
            text=text,
            digest=digest,
            published_on=on,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})


def newest(texts: Iterable[ConsentText]) -> ConsentText:
    """The edition in force. Raises `NoConsentText` where there is none."""
    found = max(texts, key=lambda text: text.edition, default=None)
    if found is None:
        raise NoConsentText
    return found
