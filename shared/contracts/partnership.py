"""What the partnership service tells the others: organisations, needs, capabilities, matches, agreements."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import (
    BasisPoints,
    Code,
    Count,
    Fen,
    Instant,
    Known,
    Latitude,
    LineNo,
    Longitude,
    Name,
    RegionCode,
    SkillLevel,
    Text,
)
from shared.contracts.ids import (
    AgreementId,
    BaseId,
    CapabilityId,
    DecisionId,
    MatchId,
    NeedId,
    OrganizationId,
    ProgrammeId,
    TeacherId,
)

OrganizationKind = Annotated[
    str,
    Known(
        "university", "enterprise", "park", "government", "research_institute", "association", "service_org",
        "training_body", "overseas",
    ),
]  # fmt: skip
NeedKind = Annotated[
    str,
    Known(
        "talent", "order_class", "internship_posts", "teacher_practice_posts", "technician_supply", "co_build_base",
        "co_run_entity", "rnd", "staff_training", "base_hours", "overseas_training",
    ),
]  # fmt: skip
CandidateKind = Annotated[str, Known("programme", "base", "teacher", "student", "technician")]
Visibility = Annotated[str, Known("public", "alliance", "named")]
AgreementType = Annotated[
    str,
    Known(
        "framework", "industry_college", "mixed_ownership_branch", "specialty_college", "training_institution",
        "order_class", "apprenticeship", "internship_base", "base_co_build", "rnd_project", "teacher_practice",
        "technician_appointment", "overseas", "data_sharing",
    ),
]  # fmt: skip
BaseKind = Annotated[
    str,
    Known(
        "on_campus_productive", "off_campus_internship", "factory_in_school", "public_training", "virtual_simulation",
        "regional_practice_centre", "maker_space",
    ),
]  # fmt: skip
BaseFunction = Annotated[str, Known("construction", "training_teaching", "production_service")]


class EmployeesOnPost(Body):
    """How many people an organisation employs on one kind of post."""

    occupation_code: Code
    employees: Count


class OrganizationBody(Body):
    """An organisation as the alliance knows it."""

    organization_id: OrganizationId
    kind: OrganizationKind
    name_zh: Name
    name_en: Name | None = None
    uscc: Code
    region_code: RegionCode
    industry_code: Code | None = None
    employees_total: Count | None = None
    posts: list[EmployeesOnPost] = []
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    leading: bool = False
    status: Annotated[str, Known("registered", "verified", "suspended")]


@named("partnership.organization.registered", key="organization_id")
class OrganizationRegistered(OrganizationBody, Event):
    """An organisation entered the alliance's register; the office has not verified it yet."""


@named("partnership.organization.updated", key="organization_id")
class OrganizationUpdated(OrganizationBody, Event):
    """An organisation's entry changed, or the office verified it."""


@named("partnership.organization.state", key="organization_id")
class OrganizationState(OrganizationBody, State):
    """An organisation as it is now."""


class Skill(Body):
    """A skill that is asked for or offered. `weight` counts among the skills of a line, `must` excludes without it."""

    code: Code
    name: Name | None = None
    level: SkillLevel | None = None
    weight: int = Field(default=1, ge=1, le=100)
    must: bool = False


class NeedLine(Body):
    """One line of a need: so many of one kind."""

    line_no: LineNo
    kind: NeedKind
    headcount: int = Field(ge=1, le=100_000)


class NeedBody(Body):
    """What an organisation looks for. Of a need with restricted visibility only ids, lines, region and dates go out."""

    need_id: NeedId
    organization_id: OrganizationId
    lines: list[NeedLine] = Field(min_length=1, max_length=100)
    title: Name | None = None
    occupation_codes: list[Code] = []
    skills: list[Skill] = []
    skill_level: SkillLevel | None = None
    starts_on: date
    ends_on: date
    region_code: RegionCode
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    visibility: Visibility
    named_organization_ids: list[OrganizationId] = []
    budget_fen: Fen | None = None
    conditions: dict[Name, Text] | None = None
    expires_at: Instant


@named("partnership.need.posted", key="need_id")
class NeedPosted(NeedBody, Event):
    """An enterprise (or another organisation) posted a need: who can meet it is now being looked for."""


@named("partnership.need.amended", key="need_id")
class NeedAmended(NeedBody, Event):
    """A posted need changed; the whole need as it is now."""


@named("partnership.need.withdrawn", key="need_id")
class NeedWithdrawn(Event):
    """The organisation no longer looks for it."""

    need_id: NeedId
    organization_id: OrganizationId
    reason: Text


@named("partnership.need.expired", key="need_id")
class NeedExpired(Event):
    """Nobody met the need in time."""

    need_id: NeedId
    organization_id: OrganizationId


@named("partnership.need.contracted", key="need_id")
class NeedContracted(Event):
    """An agreement was signed for one line of the need."""

    need_id: NeedId
    organization_id: OrganizationId
    line_no: LineNo
    agreement_id: AgreementId
    days_to_contract: Count


@named("partnership.need.fulfilled", key="need_id")
class NeedFulfilled(Event):
    """One line of the need got all that it asked for."""

    need_id: NeedId
    organization_id: OrganizationId
    line_no: LineNo
    agreement_id: AgreementId
    headcount_filled: Count


class NeedLineState(NeedLine):
    """A line of a need, and how far it has come."""

    status: Annotated[str, Known("open", "matched", "contracted", "fulfilled")]
    headcount_filled: Count


@named("partnership.need.state", key="need_id")
class NeedState(NeedBody, State):
    """A need as it is now."""

    status: Annotated[
        str,
        Known("draft", "posted", "matching", "matched", "contracted", "fulfilled", "withdrawn", "expired"),
    ]
    lines: list[NeedLineState] = Field(min_length=1, max_length=100)  # type: ignore[assignment]


class CapabilityBody(Body):
    """What an organisation offers."""

    capability_id: CapabilityId
    organization_id: OrganizationId
    kind: NeedKind
    programme_ids: list[ProgrammeId] = []
    base_ids: list[BaseId] = []
    teacher_ids: list[TeacherId] = []
    capacity: Count
    starts_on: date
    ends_on: date
    skills: list[Skill] = []


@named("partnership.capability.published", key="capability_id")
class CapabilityPublished(CapabilityBody, Event):
    """An organisation published what it can do for others."""


@named("partnership.capability.withdrawn", key="capability_id")
class CapabilityWithdrawn(Event):
    """An organisation no longer offers it."""

    capability_id: CapabilityId
    organization_id: OrganizationId


@named("partnership.capability.state", key="capability_id")
class CapabilityState(CapabilityBody, State):
    """An offer as it is now."""

    status: Annotated[str, Known("published", "withdrawn")]


class Candidate(Body):
    """Who or what could meet a line, and the organisation that answers for it."""

    kind: CandidateKind
    id: Code
    organization_id: OrganizationId


class MatchBody(Body):
    """A candidate for one line of a need."""

    match_id: MatchId
    need_id: NeedId
    line_no: LineNo
    need_organization_id: OrganizationId
    candidate: Candidate


@named("partnership.match.accepted", key="match_id")
class MatchAccepted(MatchBody, Event):
    """One of the two sides accepted; the other is still to answer."""

    accepted_by: OrganizationId


@named("partnership.match.confirmed", key="match_id")
class MatchConfirmed(MatchBody, Event):
    """Both sides accepted."""


@named("partnership.match.declined", key="match_id")
class MatchDeclined(MatchBody, Event):
    """One side declined."""

    declined_by: OrganizationId
    reason: Text


@named("partnership.match.expired", key="match_id")
class MatchExpired(MatchBody, Event):
    """Nobody answered in time, or the need is no longer open."""

    reason: Annotated[str, Known("not_answered", "need_closed")]


@named("partnership.match.state", key="match_id")
class MatchState(MatchBody, State):
    """A match as it is now."""

    status: Annotated[str, Known("proposed", "accepted_one_side", "confirmed", "declined", "expired")]
    score: float = Field(ge=0, le=100)
    expires_at: Instant


class Party(Body):
    """One party of an agreement and what it is in it."""

    organization_id: OrganizationId
    role: Annotated[str, Known("university", "enterprise", "base_operator", "government", "other")]


class AgreedMatch(Body):
    """A confirmed match that the agreement carries out."""

    match_id: MatchId
    candidate: Candidate


class OrderClassTerms(Body):
    """What an order class is to be. `hire_bp` is the share of graduates that the enterprise commits itself to hire."""

    programme_id: ProgrammeId
    occupation_code: Code
    headcount: int = Field(ge=1, le=10_000)
    hire_bp: BasisPoints


class BaseCoBuildTerms(Body):
    """What base is to be built together. `host_base_id` is the open base that houses it, where there is one."""

    operator_id: OrganizationId
    base_kind: BaseKind
    industry_codes: list[Code] = Field(min_length=1)
    functions: list[BaseFunction]
    host_base_id: BaseId | None = None


class TeacherPracticeTerms(Body):
    """How many teachers may practise, and who they are where that is settled."""

    seats: int = Field(ge=1, le=1000)
    teacher_ids: list[TeacherId] = []


class AgreementTerms(Body):
    """What the type of the agreement asks for; a framework has none."""

    order_class: OrderClassTerms | None = None
    base_co_build: BaseCoBuildTerms | None = None
    teacher_practice: TeacherPracticeTerms | None = None


class AgreementBody(Body):
    """An agreement: parties, what it carries out, and from when to when."""

    agreement_id: AgreementId
    type: AgreementType
    parties: list[Party] = Field(min_length=2)
    parent_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    matches: list[AgreedMatch] = []
    starts_on: date
    ends_on: date
    terms: AgreementTerms = AgreementTerms()


@named("partnership.agreement.signature_requested", key="agreement_id")
class AgreementSignatureRequested(Event):
    """The agreement is complete; these parties are still to sign."""

    agreement_id: AgreementId
    type: AgreementType
    pending_organization_ids: list[OrganizationId]


@named("partnership.agreement.signed", key="agreement_id")
class AgreementSigned(AgreementBody, Event):
    """The last party signed. Nothing that it plans may start before it is activated."""


@named("partnership.agreement.activated", key="agreement_id")
class AgreementActivated(Event):
    """The agreement is in force."""

    agreement_id: AgreementId
    type: AgreementType
    effective_on: date


@named("partnership.agreement.terminated", key="agreement_id")
class AgreementTerminated(Event):
    """The agreement was ended before its time; `before_start` where it had not been in force."""

    agreement_id: AgreementId
    type: AgreementType
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    reason: Text
    effective_on: date
    before_start: bool


@named("partnership.agreement.completed", key="agreement_id")
class AgreementCompleted(Event):
    """The agreement ran to its end."""

    agreement_id: AgreementId
    type: AgreementType
    effective_on: date


@named("partnership.agreement.state", key="agreement_id")
class AgreementState(AgreementBody, State):
    """An agreement as it is now."""

    status: Annotated[str, Known("draft", "pending_signatures", "signed", "active", "completed", "terminated")]


@named("partnership.rule.overridden", key="override_id")
class RuleOverridden(Event):
    """A named approver accepted, with a reason, what a rule refuses in principle."""

    override_id: DecisionId
    subject_id: Code
    rule_id: Code
    rule_version: Name
    approver_role: Code
    reason: Text
