"""Every rule that training applies, for `main` to hold its packs against."""

from typing import Final

from services.training.domain import base_functions, base_rules, credit_rules
from services.training.domain.base_functions import BAS_02
from services.training.domain.base_rules import BAS_01
from services.training.domain.credit_rules import X_03, X_05, X_06
from services.training.domain.faculty import practice_rules, recognition_rules, staffing_rules
from services.training.domain.faculty.practice_ledger import TCH_01, TCH_02
from services.training.domain.faculty.practice_period import TCH_04
from services.training.domain.faculty.practice_window import TCH_06
from services.training.domain.internship import log_rule
from services.training.domain.internship import rules as internship_rules
from services.training.domain.kpi import internship_kpis, teacher_kpis
from services.training.domain.roster import guard
from shared.rules import Trial

RULES: Final = (
    BAS_01,
    BAS_02,
    TCH_01,
    TCH_02,
    TCH_04,
    TCH_06,
    X_03,
    X_05,
    X_06,
    guard.ROS_01,
    *staffing_rules.SHAPES,
    *recognition_rules.SHAPES,
    *internship_rules.SHAPES,
    *log_rule.SHAPES,
    *(kpi.shape for kpi in (*internship_kpis.KPIS, *teacher_kpis.KPIS)),
)

TRIALS: Final[tuple[Trial, ...]] = (
    *base_rules.TRIALS,
    *base_functions.TRIALS,
    *credit_rules.TRIALS,
    *practice_rules.TRIALS,
    *staffing_rules.TRIALS,
    *recognition_rules.TRIALS,
    *internship_rules.TRIALS,
    *log_rule.TRIALS,
    *guard.TRIALS,
)
"""What may be asked of these rules with nothing changed."""
