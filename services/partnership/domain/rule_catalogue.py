"""Every rule that partnership applies, for `main` to hold its packs against."""

from typing import Final

from services.partnership.domain.agreement_rules import PTN_03, PTN_06, PTN_11
from services.partnership.domain.uscc import PTN_01

RULES: Final = (PTN_01, PTN_03, PTN_06, PTN_11)
