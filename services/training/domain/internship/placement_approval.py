"""What a university may let be approved inside before it approves an internship."""

import hashlib
import json
from dataclasses import asdict
from typing import Final

from services.training.domain.internship.placement import Placement

_READ: Final = (
    "student_id", "post_id", "agreement_id", "internship_kind", "mode", "segments", "supervisor_id", "mentor_id",
    "pay", "forced", "for_profit", "papers", "unit_approval", "exceptions",
)  # fmt: skip
"""What who approves has read. How far it has come and what the rules found of it is asked again by the approval."""


def mark_of(placement: Placement) -> str:
    """SHA-256 of all that was planned, agreed and accepted by exception."""
    whole = asdict(placement)
    text = json.dumps({name: whole[name] for name in _READ}, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def require_approvable(placement: Placement, _organization_id: str) -> None:
    """Raise `OutOfTurn` unless the rules were asked and nothing stands in the way."""
    placement.require_checked()
