"""What stands on the papers that are signed before an internship: the agreement of three sides, and the consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Self

from services.training.domain.clock_hours import in_hours
from services.training.domain.directory import KnownOrganization, called
from services.training.domain.internship.consent_text import ConsentText, newest
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import Insurance
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT
from services.training.domain.internship.placement_terms import InternshipKind, PayTerms, Segment
from services.training.domain.internship.post import Post
from services.training.domain.student import Student, is_minor
from services.training.domain.teacher import Teacher
from shared.errors import Conflict

_KIND_ZH: Final = {InternshipKind.COGNITION: "认识实习", InternshipKind.POST: "岗位实习"}
_KIND_EN: Final = {InternshipKind.COGNITION: "a Study Visit", InternshipKind.POST: "an Internship"}


class NothingToSign(Conflict):
    """Papers are signed before or during an internship, not after it."""

    en = "The internship is {status}; its papers are printed until it is over or called off. Those kept can be read."
    zh = "实习状态为{status}；实习结束或取消后不再生成文书，已保存的文书仍可查阅。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStudent:
    """The student, by name and number: these stand on paper only."""

    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPost:
    """The post as the student is told of it, the hours of a week written out."""

    title: str
    occupation_code: str
    site: str
    tasks: tuple[str, ...]
    weekdays: tuple[int, ...]
    weekly_hours: str

    @classmethod
    def of(cls, post: Post, *, site: str) -> Self:
        """A post at the site for which the internship was planned."""
        return cls(
            title=post.title,
            occupation_code=post.occupation_code,
            site=site,
            tasks=post.typical_tasks,
            weekdays=post.schedule.weekdays,
            weekly_hours=in_hours(post.schedule.weekly_minutes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPolicy:
    """An insurance that was handed in."""

    number: str
    issuer: str
    covers_from: date
    covers_to: date
    payer: str

    @classmethod
    def of(cls, insurance: Insurance) -> Self:
        """A policy as it is printed."""
        return cls(
            number=insurance.paper.number,
            issuer=insurance.paper.issuer,
            covers_from=insurance.covers_from,
            covers_to=insurance.covers_to,
            payer=insurance.payer.value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCase:
    """All that the papers of one internship are made of.

    `mentor` is a name, or what the school calls the mentor; `texts` are the editions of what is consented to.
    """

    placement: Placement
    student: Student
    post: Post
    organizations: Mapping[str, KnownOrganization]
    supervisor: Teacher | None
    mentor: str | None
    texts: Sequence[ConsentText]

    @property
    def needs_guardian(self) -> bool:
        """Whether a guardian signs too: for who is not of age on the first day, or may not be."""
        return is_minor(self.student.birth_date, self.placement.starts_on) is not False

    def require_signable(self) -> None:
        """Raise `NothingToSign` once the internship is over or called off."""
        if self.placement.status not in BEFORE_APPROVAL | CONCURRENT:
            raise NothingToSign(status=self.placement.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipPaper:
    """What both papers say of an internship."""

    reference: str
    internship_kind: InternshipKind
    university: str
    enterprise: str
    student: PaperStudent
    guardian: bool
    post: PaperPost
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TripartitePaper(InternshipPaper):
    """The agreement of school, enterprise and student. Who is to guide the student may be named later.

    Its template follows the ministry's model, article by article; whoever prints it knows that, and nobody is asked.
    """

    kind: ClassVar[str] = "tripartite_paper"
    code: ClassVar[str] = "TRI"
    on_official_model: ClassVar[bool] = True
    days: int
    supervisor: str | None
    mentor: str | None
    pay: PayTerms
    insurance: tuple[PaperPolicy, ...]

    @classmethod
    def of(cls, case: PaperCase) -> Self:
        """The paper of an internship that is planned or under way. Raises `NothingToSign`."""
        case.require_signable()
        placement = case.placement
        return cls(
            **_common(case),
            days=placement.days,
            supervisor=case.supervisor.name if case.supervisor else None,
            mentor=case.mentor,
            pay=placement.pay,
            insurance=tuple(PaperPolicy.of(policy) for policy in placement.papers.insurance),
        )

    @property
    def title_zh(self) -> str:
        """The title of the ministry's model."""
        return f"学生{_KIND_ZH[self.internship_kind]}三方协议"

    @property
    def title_en(self) -> str:
        """The title in English."""
        return f"Tripartite Agreement on {_KIND_EN[self.internship_kind]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """The edition of the university's text that is consented to."""

    title: str
    text: str
    edition: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPaper(InternshipPaper):
    """What student and guardian are told and consent to, for those who answer by hand."""

    kind: ClassVar[str] = "consent_paper"
    code: ClassVar[str] = "CON"
    text: PaperText

    @classmethod
    def of(cls, case: PaperCase) -> Self:
        """The paper of an internship that is planned or under way. Raises `NothingToSign` and `NoConsentText`."""
        case.require_signable()
        text = newest(case.texts)
        shown = PaperText(title=text.title, text=text.text, edition=text.edition, digest=text.digest)
        return cls(**_common(case), text=shown)

    @property
    def title_zh(self) -> str:
        """The title of the ministry's model."""
        return f"学生{_KIND_ZH[self.internship_kind]}知情同意书"

    @property
    def title_en(self) -> str:
        """The title in English."""
        return f"Informed Consent to {_KIND_EN[self.internship_kind]}"


def _common(case: PaperCase) -> dict[str, Any]:
    placement = case.placement
    return {
        "reference": placement.id,
        "internship_kind": placement.internship_kind,
        "university": called(placement.university_id, case.organizations),
        "enterprise": called(placement.enterprise_id, case.organizations),
        "student": PaperStudent(name=case.student.name, number=case.student.student_no),
        "guardian": case.needs_guardian,
        "post": PaperPost.of(case.post, site=placement.site),
        "segments": placement.segments,
    }
