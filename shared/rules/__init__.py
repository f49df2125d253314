"""Rules as data: versioned packs, layered by jurisdiction, chosen by business date, and the decisions they give."""

from shared.rules.decision import Decision
from shared.rules.engine import NotInForce, Rulebook
from shared.rules.jurisdiction import jurisdiction_of
from shared.rules.pack import Pack, PackError
from shared.rules.pack_file import load_packs, read_pack
from shared.rules.rule import Rule, RuleShape
from shared.rules.telling import told_together
from shared.rules.trial import Asked, Facts, Trial, tried_alone
from shared.rules.verdict import (
    Bilingual,
    Finding,
    MissingFact,
    NotOverridable,
    Severity,
    Verdict,
    all_of,
    any_of,
    override,
    refused,
    verdict_of,
)
from shared.rules.working_calendar import DayKind, WorkingCalendar

__all__ = [
    "Asked",
    "Bilingual",
    "DayKind",
    "Decision",
    "Facts",
    "Finding",
    "MissingFact",
    "NotInForce",
    "NotOverridable",
    "Pack",
    "PackError",
    "Rule",
    "RuleShape",
    "Rulebook",
    "Severity",
    "Trial",
    "Verdict",
    "WorkingCalendar",
    "all_of",
    "any_of",
    "jurisdiction_of",
    "load_packs",
    "override",
    "read_pack",
    "refused",
    "told_together",
    "tried_alone",
    "verdict_of",
]
