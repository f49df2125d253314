"""What views of this part have in common: what a rule found, in both languages."""

from services.training.api.view import View
from shared.rules import Severity, Verdict


class SentenceView(View):
    """One sentence in both languages."""

    zh: str
    en: str


class MissingView(View):
    """A fact that is not known, and the role that can give it."""

    fact: str
    giver: str


class FindingView(View):
    """What a rule found: with what would pass, and the version of the pack that said so."""

    rule: str
    version: str
    severity: Severity
    verdict: Verdict
    message: SentenceView
    remedy: SentenceView | None
    actual: int | str | None
    limit: int | str | None
    missing: list[MissingView]
