"""What a rule has against something, as it is shown in both languages."""

from services.training.api.view import View


class BilingualView(View):
    """One sentence in both languages."""

    zh: str
    en: str


class FindingView(View):
    """What one rule says, under which version, what was compared, and what would pass."""

    rule: str
    version: str
    verdict: str
    severity: str
    message: BilingualView
    remedy: BilingualView | None
    actual: int | str | None
    limit: int | str | None
