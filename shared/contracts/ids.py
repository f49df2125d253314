"""Every id says what it names: `need_01K…` is a need. One table of prefixes, and the two ways to make an id."""

from typing import Annotated, Final

import uuid_utils
from pydantic import StringConstraints
from ulid import ULID

PREFIXES: Final[dict[str, str]] = {
    "organization": "org",
    "need": "need",
    "capability": "cap",
    "match": "mat",
    "agreement": "agr",
    "signature_link": "sig",
    "base": "base",
    "student": "stu",
    "teacher": "tch",
    "technician": "tec",
    "person": "per",
    "seat": "seat",
    "practice": "prc",
    "post": "post",
    "placement": "plc",
    "internship_unit": "unit",
    "site_inspection": "ins",
    "site_listing": "lst",
    "violation": "vio",
    "consent_text": "ctx",
    "consent": "cst",
    "consent_link": "csl",
    "placement_log": "plg",
    "log_book": "lbk",
    "incident": "inc",
    "payment": "pay",
    "absence": "abs",
    "obligation": "obl",
    "recognition_batch": "rcb",
    "recognition": "rec",
    "evidence_item": "evd",
    "leave": "lev",
    "engagement": "eng",
    "special_post": "spp",
    "teaching_assignment": "tas",
    "head_count": "hdc",
    "recruitment": "rct",
    "recruitment_check": "rck",
    "cohort": "coh",
    "account": "acc",
    "outcome": "lo",
    "conversion": "cnv",
    "decision": "dec",
    "document": "doc",
    "hosting_year": "hyr",
    "roster": "ros",
    "roster_change": "rch",
    "signing": "sgn",
    "signing_link": "sgl",
    "approval": "apv",
    "approval_chain": "apc",
    "programme": "prog",
    "programme_year": "pyr",
    "import": "imp",
    "notification": "ntf",
    "escalation": "esc",
    "task": "tsk",
    "delegation": "dlg",
    "erasure": "era",
    "correction": "crr",
    "processing_consent": "pcs",
    "delivery": "dlv",
}

ALLIANCE: Final = "alliance"
"""What stands in a party's name for an organisation where the alliance as a whole is meant: it has one office."""


def new_id(kind: str) -> str:
    """A new id of this kind, `<prefix>_<ULID>`: unique, sortable by time, made at the edge and passed inwards."""
    return f"{PREFIXES[kind]}_{ULID()}"


def new_event_id() -> str:
    """A new event id (UUIDv7): the key by which every subscriber recognises a repeat."""
    return str(uuid_utils.uuid7())


def pattern(kind: str) -> str:
    """The regular expression that an id of this kind fits."""
    return rf"^{PREFIXES[kind]}_[0-9A-HJKMNP-TV-Z]{{26}}$"


OrganizationId = Annotated[str, StringConstraints(pattern=pattern("organization"))]
NeedId = Annotated[str, StringConstraints(pattern=pattern("need"))]
CapabilityId = Annotated[str, StringConstraints(pattern=pattern("capability"))]
MatchId = Annotated[str, StringConstraints(pattern=pattern("match"))]
AgreementId = Annotated[str, StringConstraints(pattern=pattern("agreement"))]
BaseId = Annotated[str, StringConstraints(pattern=pattern("base"))]
StudentId = Annotated[str, StringConstraints(pattern=pattern("student"))]
TeacherId = Annotated[str, StringConstraints(pattern=pattern("teacher"))]
SeatId = Annotated[str, StringConstraints(pattern=pattern("seat"))]
PracticeId = Annotated[str, StringConstraints(pattern=pattern("practice"))]
PostId = Annotated[str, StringConstraints(pattern=pattern("post"))]
InternshipUnitId = Annotated[str, StringConstraints(pattern=pattern("internship_unit"))]
SiteInspectionId = Annotated[str, StringConstraints(pattern=pattern("site_inspection"))]
SiteListingId = Annotated[str, StringConstraints(pattern=pattern("site_listing"))]
ViolationId = Annotated[str, StringConstraints(pattern=pattern("violation"))]
PlacementId = Annotated[str, StringConstraints(pattern=pattern("placement"))]
ConsentTextId = Annotated[str, StringConstraints(pattern=pattern("consent_text"))]
PlacementLogId = Annotated[str, StringConstraints(pattern=pattern("placement_log"))]
IncidentId = Annotated[str, StringConstraints(pattern=pattern("incident"))]
PaymentId = Annotated[str, StringConstraints(pattern=pattern("payment"))]
AbsenceId = Annotated[str, StringConstraints(pattern=pattern("absence"))]
ObligationId = Annotated[str, StringConstraints(pattern=pattern("obligation"))]
TechnicianId = Annotated[str, StringConstraints(pattern=pattern("technician"))]
EngagementId = Annotated[str, StringConstraints(pattern=pattern("engagement"))]
SpecialPostId = Annotated[str, StringConstraints(pattern=pattern("special_post"))]
TeachingAssignmentId = Annotated[str, StringConstraints(pattern=pattern("teaching_assignment"))]
HeadCountId = Annotated[str, StringConstraints(pattern=pattern("head_count"))]
RecruitmentId = Annotated[str, StringConstraints(pattern=pattern("recruitment"))]
RecruitmentCheckId = Annotated[str, StringConstraints(pattern=pattern("recruitment_check"))]
LeaveId = Annotated[str, StringConstraints(pattern=pattern("leave"))]
RecognitionBatchId = Annotated[str, StringConstraints(pattern=pattern("recognition_batch"))]
RecognitionId = Annotated[str, StringConstraints(pattern=pattern("recognition"))]
EvidenceItemId = Annotated[str, StringConstraints(pattern=pattern("evidence_item"))]
ErasureId = Annotated[str, StringConstraints(pattern=pattern("erasure"))]
CorrectionId = Annotated[str, StringConstraints(pattern=pattern("correction"))]
ProcessingConsentId = Annotated[str, StringConstraints(pattern=pattern("processing_consent"))]
CohortId = Annotated[str, StringConstraints(pattern=pattern("cohort"))]
AccountId = Annotated[str, StringConstraints(pattern=pattern("account"))]
OutcomeId = Annotated[str, StringConstraints(pattern=pattern("outcome"))]
ConversionId = Annotated[str, StringConstraints(pattern=pattern("conversion"))]
DecisionId = Annotated[str, StringConstraints(pattern=pattern("decision"))]
HostingYearId = Annotated[str, StringConstraints(pattern=pattern("hosting_year"))]
DocumentId = Annotated[str, StringConstraints(pattern=pattern("document"))]
ApprovalId = Annotated[str, StringConstraints(pattern=pattern("approval"))]
ApprovalChainId = Annotated[str, StringConstraints(pattern=pattern("approval_chain"))]
SigningId = Annotated[str, StringConstraints(pattern=pattern("signing"))]
ProgrammeId = Annotated[str, StringConstraints(pattern=pattern("programme"))]
ProgrammeYearId = Annotated[str, StringConstraints(pattern=pattern("programme_year"))]
RosterId = Annotated[str, StringConstraints(pattern=pattern("roster"))]
ImportId = Annotated[str, StringConstraints(pattern=pattern("import"))]
NotificationId = Annotated[str, StringConstraints(pattern=pattern("notification"))]
DelegationId = Annotated[str, StringConstraints(pattern=pattern("delegation"))]
EscalationId = Annotated[str, StringConstraints(pattern=pattern("escalation"))]
