"""Which papers prove what a base is, as its checklist shows it: from the plan to what was accepted."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.training.domain.base_plan import BaseKind
from services.training.domain.base_rules import BAS_01
from services.training.domain.training_base import BEFORE_BUILDING, BaseStatus, TrainingBase
from shared.documents.checklist import Needed
from shared.words import Worded


class BasePaper(Worded):
    """What kind of paper proves something about a base."""

    CO_BUILDING_AGREEMENT = "co_building_agreement", "共建协议签署件", "signed agreement on the base"
    ENTERPRISE_CONFIRMATION = "enterprise_confirmation", "企业参与确认书", "enterprise's letter of confirmation"
    CONSTRUCTION_PLAN = "construction_plan", "基地建设方案", "construction plan"
    EQUIPMENT_LIST = "equipment_list", "工位与设备清单", "list of stations and equipment"
    SAFETY_ACCEPTANCE = "safety_acceptance", "消防与安全验收文件", "fire and safety approval"
    ACCEPTANCE_REPORT = "acceptance_report", "基地验收报告", "report of the acceptance"


_WITHOUT_PREMISES: Final = frozenset({BaseKind.VIRTUAL_SIMULATION})
"""Nobody works there among machines, so nobody approves them."""


def base_papers_needed(base: TrainingBase, _on: date) -> tuple[Needed, ...]:
    """The papers that a base needs as far as it has come; one that is closed needs none."""
    return () if base.status is BaseStatus.CLOSED else tuple(_needed(base))


def _needed(base: TrainingBase) -> Iterator[Needed]:
    if base.agreement_id is not None:
        yield Needed(kind=BasePaper.CO_BUILDING_AGREEMENT)
    if base.enterprise_ids or base.sector_exception is None:
        yield Needed(kind=BasePaper.ENTERPRISE_CONFIRMATION, rule=BAS_01.id)
    yield Needed(kind=BasePaper.CONSTRUCTION_PLAN)
    if base.status not in BEFORE_BUILDING:
        yield from _built(base)


def _built(base: TrainingBase) -> Iterator[Needed]:
    if base.stations:
        yield Needed(kind=BasePaper.EQUIPMENT_LIST)
    if base.base_kind not in _WITHOUT_PREMISES:
        yield Needed(kind=BasePaper.SAFETY_ACCEPTANCE)
    if base.status is not BaseStatus.BUILDING:
        yield Needed(kind=BasePaper.ACCEPTANCE_REPORT)
