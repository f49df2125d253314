"""One paper of every kind, made up."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Final

from services.partnership.domain.agreement_paper import AgreementPaper, BasePart, OrderClassPart, PaperParty
from services.training.domain.acceptance.base_papers import BasePaper
from services.training.domain.acceptance.holes import HoleKind, Weight
from services.training.domain.acceptance.pack import AcceptancePack
from services.training.domain.acceptance.pack_parts import (
    Applied,
    OpenScope,
    PackAgreement,
    PackBase,
    PackHole,
    PackPaper,
    PackParty,
    PackPost,
    PackPosts,
    PackRule,
)
from services.training.domain.agreement import AgreementStatus
from services.training.domain.base_plan import BaseFunction, BaseKind
from services.training.domain.faculty.practice_certificate import PracticeCertificate
from services.training.domain.hosting import Hosted, HostedBase, HostingProof
from services.training.domain.internship.internship_paper import (
    ConsentPaper,
    PaperPolicy,
    PaperPost,
    PaperStudent,
    PaperText,
    TripartitePaper,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import InternshipKind, Payee, PayForm, PayTerms, Segment
from services.training.domain.training_base import BaseStatus
from shared.contracts.ids import new_id
from shared.documents.checklist import Standing
from shared.papers.paper import PaperData
from shared.rules import Bilingual, Finding, Severity, Verdict
from shared.words import word_of

PARTNERSHIP: Final = files("services.partnership") / "papers"
TRAINING: Final = files("services.training") / "papers"
UNIVERSITY: Final = "重庆安全职业技术学院"
ENTERPRISE: Final = "万州智能装备制造有限公司"
FIRST: Final = date(2026, 9, 1)
LAST: Final = date(2027, 2, 28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A paper that says one thing."""

    kind: ClassVar[str] = "note"
    code: ClassVar[str] = "NTE"
    title_zh: ClassVar[str] = "说明"
    title_en: ClassVar[str] = "Note"
    reference: str = "agr_01J9Z3X5V7T9R1P3M5K7H9F1D3"
    text: str


def agreement() -> AgreementPaper:
    """An agreement of two parties that uses every part there is."""
    return AgreementPaper(
        reference=new_id("agreement"),
        type="order_class",
        parties=(
            PaperParty(name=UNIVERSITY, name_en="Chongqing College", uscc="12500000MB1234567X", role="university"),
            PaperParty(name=ENTERPRISE, name_en=None, uscc="91500101MA5U12345X", role="enterprise"),
        ),
        goals="共同培养设备点检人才。",
        content_and_form="订单班。\n共建课程。",
        rights_and_duties="各方按计划履行。",
        order_class=OrderClassPart(
            programme_id=new_id("programme"), occupation_code="6-31-01-03", headcount=40, hire_percent="80"
        ),
        base_co_build=BasePart(
            base_kind="off_campus_internship",
            operator=ENTERPRISE,
            industry_codes=("C34",),
            functions=("construction", "training_teaching"),
        ),
        practice_seats=3,
        starts_on=FIRST,
        ends_on=LAST,
        content_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )


def tripartite() -> TripartitePaper:
    """The agreement on an internship of somebody who may not be of age."""
    return TripartitePaper(
        **_internship(),
        days=181,
        supervisor="李老师",
        mentor=None,
        pay=PayTerms(stipend_fen=240_005, cycle_days=30, form=PayForm.MONEY, payee=Payee.STUDENT),
        insurance=(
            PaperPolicy(number="P-2026-1", issuer="某财产保险公司", covers_from=FIRST, covers_to=LAST, payer="school"),
        ),
    )


def consent() -> ConsentPaper:
    """The consent to the same internship."""
    text = PaperText(title="致学生及家长", text="请认真阅读。", edition=3, digest="9f86d081884c7d65" * 4)
    return ConsentPaper(**_internship(), text=text)


def certificate() -> PracticeCertificate:
    """The certificate of a long practice."""
    return PracticeCertificate(
        reference=new_id("practice"),
        university=UNIVERSITY,
        enterprise=ENTERPRISE,
        teacher_name="张某",
        staff_no="T0012",
        form="post_work",
        starts_on=FIRST,
        ends_on=LAST,
        logs=26,
        hours="1000.5",
        verified_days=180,
    )


def proof() -> HostingProof:
    """A year in which something of everything was hosted."""
    intern, practice = (
        Hosted(reference=new_id(kind), university=UNIVERSITY, starts_on=FIRST, ends_on=LAST, days=122)
        for kind in ("placement", "practice")
    )
    base = HostedBase(reference=new_id("base"), name="智能装备基地", kind="factory_in_school", operates=False)
    return HostingProof(
        reference=new_id("organization"),
        year=2026,
        enterprise=ENTERPRISE,
        students=1,
        intern_days=122,
        interns=(intern,),
        teachers=1,
        practice_days=122,
        practices=(practice,),
        bases=(base,),
    )


def pack() -> AcceptancePack:
    """The pack of a base about which something of everything is known."""
    finding = Finding(
        rule="BAS-01", packs=("alliance@1",), severity=Severity.BLOCK_IN_PRINCIPLE, verdict=Verdict.FAIL, case="nobody",
        message=Bilingual("尚无企业确认参与。", "No enterprise takes part."), actual=0,
    )  # fmt: skip
    post = PackPost(
        post_id=new_id("post"), enterprise_id=new_id("organization"), title="设备点检员",
        occupation_code="6-31-01-03", site="一号厂房", places=6, present=2,
    )  # fmt: skip
    return AcceptancePack(
        reference=new_id("base"),
        on=FIRST,
        complete=False,
        base=PackBase(
            name="智能装备基地",
            kind=word_of(BaseKind, "factory_in_school"),
            status=word_of(BaseStatus, "building"),
            partial=None,
            functions=(word_of(BaseFunction, "construction"),),
            industry_codes=("C38",),
            skills=("焊接",),
            stations=20,
            region_code="500101",
            open_scope=word_of(OpenScope, "alliance"),
            host_base_id=None,
        ),
        parties=(
            PackParty(
                organization_id=new_id("organization"), name=UNIVERSITY, industry_code=None, operates=True,
                invited=False, confirmed=False, confirmed_on=None,
            ),
            PackParty(
                organization_id=new_id("organization"), name=None, industry_code="C38", operates=False,
                invited=True, confirmed=True, confirmed_on=FIRST,
            ),
        ),
        agreement=PackAgreement(
            agreement_id=new_id("agreement"), status=word_of(AgreementStatus, "active"), starts_on=FIRST, ends_on=LAST,
            need_id=None,
        ),
        rules=(PackRule(finding=finding, facts={"base_codes": ["C38"]}, decision_id=None, decided_on=None),),
        papers=(
            PackPaper(
                kind=word_of(BasePaper, "construction_plan"), standing=word_of(Standing, "there"), rule=None,
                number="JS-1", valid_to=LAST, document_id=None,
            ),
        ),
        posts=PackPosts(posts=1, places=6, listed=(post,)),
        applied=Applied(
            placements=((word_of(PlacementStatus, "ongoing"), 2),), cohorts=(), trainees=0, practices=(),
            verified_days=0,
        ),
        holes=(
            PackHole(
                kind=word_of(HoleKind, "rule"), weight=word_of(Weight, "refuses"), subject="BAS-01",
                said=finding.message,
            ),
        ),
    )  # fmt: skip


def everything() -> list[tuple[PaperData, Traversable]]:
    """Every paper with the folder of its templates."""
    return [
        (agreement(), PARTNERSHIP),
        *((data, TRAINING) for data in (tripartite(), consent(), certificate(), proof(), pack())),
    ]


def _internship() -> dict[str, object]:
    return {
        "reference": new_id("placement"),
        "internship_kind": InternshipKind.POST,
        "university": UNIVERSITY,
        "enterprise": ENTERPRISE,
        "student": PaperStudent(name="欧阳某", number="20260012"),
        "guardian": True,
        "post": PaperPost(
            title="设备点检员",
            occupation_code="6-31-01-03",
            site="一号厂房",
            tasks=("点检", "润滑"),
            weekdays=(1, 2, 3, 4, 5),
            weekly_hours="37.5",
        ),
        "segments": (Segment(starts_on=FIRST, ends_on=LAST),),
    }
