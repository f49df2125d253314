"""Every rule that partnership applies, for `main` to hold its packs against."""

from typing import Final

from services.partnership.domain import agreement_rules, uscc
from services.partnership.domain.agreement_rules import PTN_03, PTN_06, PTN_11
from services.partnership.domain.uscc import PTN_01
from shared.rules import Trial

RULES: Final = (PTN_01, PTN_03, PTN_06, PTN_11)

TRIALS: Final[tuple[Trial, ...]] = (*uscc.TRIALS, *agreement_rules.TRIALS)
"""How these rules are asked with nothing changed."""
