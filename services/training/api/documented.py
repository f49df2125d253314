"""Which of training's objects have documents, and who reads and adds them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from services.training.api.acceptance import PACK_PRINTERS, PACK_READERS
from services.training.api.faculty.practice import PRACTICE_READERS
from services.training.api.hosting import HOSTING_READERS
from services.training.api.internship.consent import CONSENT_READERS
from services.training.api.internship.placement import PLACEMENT_READERS
from services.training.api.internship.post import READERS
from services.training.api.internship.site import REPORT_READERS
from services.training.domain.acceptance.base_papers import BasePaper, base_papers_needed
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_papers import records_needed
from services.training.domain.hosting import HostingYear
from services.training.domain.internship.consent import Consent
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.internship_paper import ConsentPaper, TripartitePaper
from services.training.domain.internship.needed_papers import papers_needed
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.site import SiteInspection
from services.training.domain.internship.unit import InternshipUnit
from services.training.domain.training_base import TrainingBase
from shared.documents.checklist import Needed
from shared.documents.documented import Documented, Kind
from shared.identity.access import Access, allow
from shared.rules import Bilingual

_SCHOOL: Final = allow("university_coop_office", "university_academic_office", scope=None)
_BOTH_SIDES: Final = allow("university_coop_office", "university_academic_office", "enterprise_admin", scope=None)
_PRACTICE: Final = allow("teacher", "university_hr", "enterprise_admin", "enterprise_mentor", scope=None)
_OPERATOR: Final = allow("base_operator", scope=None)
_BASE: Final = allow("base_operator", "enterprise_admin", "university_coop_office", scope=None)
_CONFIRMING: Final = frozenset({BasePaper.CO_BUILDING_AGREEMENT, BasePaper.ENTERPRISE_CONFIRMATION})
"""What the sides of a base hand in; the rest is its operator's."""
_UNIT: Final = allow("enterprise_admin", scope=None)
_RECORDS: Final = allow(scope=None, alliance_wide=("alliance_office",))


def _report_needed(report: SiteInspection, _on: date) -> Sequence[Needed]:
    return (Needed(kind=EvidenceKind.SITE_INSPECTION, rule="INT-20", held=(report.evidence.held,)),)


def _kind(kind: EvidenceKind | BasePaper, add: Access) -> Kind:
    return Kind(name=kind.value, title=Bilingual(kind.zh, kind.en), add=add)


def _base_kind(paper: BasePaper) -> Kind:
    return _kind(paper, _BASE if paper in _CONFIRMING else _OPERATOR)


DOCUMENTED: Final[Sequence[Documented[Any]]] = (
    Documented(
        shape=Placement,
        read=PLACEMENT_READERS,
        kinds=(
            Kind(name=TripartitePaper.kind, title=Bilingual("三方协议文本", "text of the agreement"), add=_SCHOOL),
            Kind(
                name=ConsentPaper.kind,
                title=Bilingual("知情同意书文本", "text of the consent"),
                add=_SCHOOL,
                read=CONSENT_READERS,
            ),
            Kind(
                name=EvidenceKind.CONSENT.value,
                title=Bilingual(EvidenceKind.CONSENT.zh, EvidenceKind.CONSENT.en),
                add=_SCHOOL,
                read=CONSENT_READERS,
            ),
            _kind(EvidenceKind.TRIPARTITE_AGREEMENT, _BOTH_SIDES),
            _kind(EvidenceKind.INSURANCE, _BOTH_SIDES),
            _kind(EvidenceKind.SAFETY_TRAINING, _BOTH_SIDES),
            _kind(EvidenceKind.MEETING_DECISION, _SCHOOL),
            _kind(EvidenceKind.FILING, _SCHOOL),
            _kind(EvidenceKind.OVERSEAS_APPROVAL, _SCHOOL),
        ),
        person=lambda placement: placement.student_id,
        needs=papers_needed,
    ),
    Documented(
        shape=Consent,
        read=CONSENT_READERS,
        kinds=(_kind(EvidenceKind.CONSENT, _SCHOOL),),
        person=lambda consent: consent.student_id,
    ),
    Documented(
        shape=Practice,
        read=PRACTICE_READERS,
        kinds=(_kind(EvidenceKind.PRACTICE_RECORD, _PRACTICE),),
        person=lambda practice: practice.teacher_id,
        needs=records_needed,
    ),
    Documented(
        shape=InternshipUnit,
        read=READERS,
        kinds=(
            Kind(name="business_licence", title=Bilingual("营业执照", "business licence"), add=_UNIT),
            Kind(name="safety_licence", title=Bilingual("安全生产许可证", "licence for safe production"), add=_UNIT),
            _kind(EvidenceKind.OFFICIAL_RECORD, _RECORDS),
        ),
    ),
    Documented(
        shape=TrainingBase,
        read=PACK_READERS,
        kinds=tuple(map(_base_kind, BasePaper)),
        needs=base_papers_needed,
        prints=PACK_PRINTERS,
        parties_only=True,
    ),
    # Its papers are made by the service itself.
    Documented(shape=HostingYear, read=HOSTING_READERS, kinds=(), prints=_UNIT),
    Documented(
        shape=SiteInspection,
        read=REPORT_READERS,
        kinds=(_kind(EvidenceKind.SITE_INSPECTION, _SCHOOL),),
        needs=_report_needed,
    ),
)
