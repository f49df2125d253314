"""The one table that says who hears of which event, in which words: event -> (parties, template)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from services.notify.domain.notification import Notice
from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import (
    Recipient,
    Recipients,
    agreement_parties,
    both_sides,
    cohort_enterprises,
    cohort_parties,
    host,
    hr,
    learner,
    learner_and_office,
    operator,
    operator_and_enterprises,
    owner,
    owner_of_need,
    side_declined,
    side_to_answer,
    signed_parties,
    still_to_sign,
    teacher,
    unit,
    verifiers,
)
from services.notify.domain.variables import variables_of
from shared.contracts.event import Event
from shared.contracts.partnership import (
    AgreementActivated,
    AgreementCompleted,
    AgreementSignatureRequested,
    AgreementSigned,
    AgreementTerminated,
    MatchAccepted,
    MatchConfirmed,
    MatchDeclined,
    MatchExpired,
    NeedContracted,
    NeedExpired,
    NeedFulfilled,
    NeedPosted,
)
from shared.contracts.talent import MatchProposed, NoMatchFound
from shared.contracts.training import (
    AccountOpened,
    BaseEnterpriseConfirmed,
    BaseOpened,
    BasePlanned,
    CohortCancelled,
    CohortFormed,
    CohortPlanned,
    CohortStarted,
    CreditConverted,
    CreditReversed,
    ObligationAtRisk,
    ObligationFulfilled,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    OutcomeRecognised,
    OutcomeRegistered,
    PracticeApproved,
    PracticeCompleted,
    PracticeRejected,
    PracticeVerified,
    RecognitionExpiring,
    RecognitionGranted,
    RecognitionRevoked,
    UnitQuotaExceeded,
)

NEED, MATCH, AGREEMENT = EventClass.NEED, EventClass.MATCH, EventClass.AGREEMENT
BASE, COHORT, PRACTICE = EventClass.BASE, EventClass.COHORT, EventClass.PRACTICE
OBLIGATION, OVERDUE, CREDIT = EventClass.OBLIGATION, EventClass.OVERDUE_OBLIGATION, EventClass.CREDIT
INTERNSHIP, RECOGNITION = EventClass.INTERNSHIP, EventClass.RECOGNITION

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row: this event, to these, by this template, which is told these variables.

    The dedupe key is the event's id, or for a digest the value of its field `digest_by`.
    """

    event: type[Event]
    to: Callable[..., Iterable[Recipient]]
    template: str
    event_class: EventClass
    says: tuple[str, ...]
    digest_by: str | None = None

    def notice(self, event: Event, event_id: str) -> Notice:
        """What this row makes of an event."""
        digest_key = None if self.digest_by is None else str(getattr(event, self.digest_by))
        return Notice(
            template=self.template,
            event_class=self.event_class,
            recipients=tuple(self.to(event)),
            dedupe_key=digest_key or event_id,
            subject=digest_key or event.subject,
            source_event_id=event_id,
            variables=variables_of(event, self.says),
            item=digest_key and event.subject,
        )


def row(
    event: type[E],
    to: Callable[[E], Recipients],
    template: str,
    event_class: EventClass,
    says: str,
    *,
    digest_by: str | None = None,
) -> Route:
    """A row whose recipients are a function of this very event; `says` are the names of its variables."""
    names = tuple(says.split())
    return Route(event=event, to=to, template=template, event_class=event_class, says=names, digest_by=digest_by)


# fmt: off
ROUTES: Final = (
    row(NeedPosted, owner, "need_posted", NEED, "need_id lines"),
    row(NeedExpired, owner, "need_expired", NEED, "need_id"),
    row(NeedContracted, owner, "need_contracted", NEED, "need_id line_no agreement_id"),
    row(NeedFulfilled, owner, "need_fulfilled", NEED, "need_id line_no headcount_filled"),

    row(MatchProposed, both_sides, "match_proposed", MATCH, "need_id", digest_by="need_id"),
    row(NoMatchFound, owner_of_need, "match_none_found", MATCH, "need_id line_no"),
    row(MatchAccepted, side_to_answer, "match_accepted", MATCH, "match_id need_id line_no"),
    row(MatchConfirmed, both_sides, "match_confirmed", MATCH, "match_id need_id line_no"),
    row(MatchDeclined, side_declined, "match_declined", MATCH, "match_id need_id line_no"),
    row(MatchExpired, both_sides, "match_expired", MATCH, "match_id need_id reason"),

    row(AgreementSignatureRequested, still_to_sign, "signature_requested", AGREEMENT, "agreement_id type"),
    row(AgreementSigned, signed_parties, "agreement_signed", AGREEMENT, "agreement_id type starts_on ends_on"),
    row(AgreementActivated, agreement_parties, "agreement_activated", AGREEMENT, "agreement_id type effective_on"),
    row(AgreementTerminated, agreement_parties, "agreement_terminated", AGREEMENT, "agreement_id type effective_on"),
    row(AgreementCompleted, agreement_parties, "agreement_completed", AGREEMENT, "agreement_id type effective_on"),

    row(BasePlanned, operator_and_enterprises, "base_planned", BASE, "base_id name"),
    row(BaseEnterpriseConfirmed, operator, "base_enterprise_confirmed", BASE, "base_id name"),
    row(BaseOpened, operator_and_enterprises, "base_opened", BASE, "base_id name"),

    row(CohortPlanned, cohort_parties, "cohort_planned", COHORT, "cohort_id type planned"),
    row(CohortFormed, cohort_enterprises, "cohort_formed", COHORT, "cohort_id type enrolled"),
    row(CohortStarted, cohort_parties, "cohort_started", COHORT, "cohort_id type enrolled"),
    row(CohortCancelled, cohort_parties, "cohort_cancelled", COHORT, "cohort_id type"),

    row(PracticeApproved, teacher, "practice_approved", PRACTICE, "practice_id starts_on ends_on"),
    row(PracticeApproved, host, "practice_expected", PRACTICE, "practice_id starts_on ends_on"),
    row(PracticeCompleted, verifiers, "practice_to_verify", PRACTICE, "practice_id days_claimed"),
    row(PracticeVerified, teacher, "practice_verified", PRACTICE, "practice_id verified_days rolling_days"),
    row(PracticeRejected, teacher, "practice_rejected", PRACTICE, "practice_id"),

    row(ObligationOpened, teacher, "obligation_opened", OBLIGATION, "kind required_days due_on"),
    row(ObligationAtRisk, teacher, "obligation_at_risk", OBLIGATION, "kind done_days required_days due_on"),
    row(ObligationAtRisk, hr, "teacher_at_risk", OBLIGATION, "teacher_id kind done_days required_days due_on"),
    row(ObligationOverdue, teacher, "obligation_overdue", OVERDUE, "kind done_days required_days overdue_on"),
    row(ObligationOverdue, hr, "teacher_overdue", OVERDUE, "teacher_id kind done_days required_days overdue_on"),
    row(ObligationFulfilled, teacher, "obligation_fulfilled", OBLIGATION, "kind done_days required_days"),
    row(ObligationRegressed, teacher, "obligation_regressed", OBLIGATION, "kind done_days required_days due_on"),
    row(ObligationRegressed, hr, "teacher_regressed", OBLIGATION, "teacher_id kind done_days required_days"),

    row(RecognitionGranted, teacher, "recognition_granted", RECOGNITION, "recognition_id level starts_on ends_on"),
    row(RecognitionExpiring, teacher, "recognition_expiring", RECOGNITION, "recognition_id level ends_on"),
    row(RecognitionExpiring, hr, "teacher_recognition_expiring", RECOGNITION, "teacher_id level ends_on"),
    row(RecognitionRevoked, teacher, "recognition_revoked", RECOGNITION, "recognition_id level revoked_on"),

    row(AccountOpened, learner, "account_opened", CREDIT, "account_id"),
    row(OutcomeRegistered, learner, "outcome_registered", CREDIT, "outcome_id kind"),
    row(OutcomeRecognised, learner, "outcome_recognised", CREDIT, "outcome_id kind credits"),
    row(CreditConverted, learner_and_office, "credit_converted", CREDIT, "conversion_id credits"),
    row(CreditReversed, learner_and_office, "credit_reversed", CREDIT, "conversion_id credits"),

    row(UnitQuotaExceeded, unit, "internship_quota_exceeded", INTERNSHIP, "unit_id caps"),
)
# fmt: on
"""Events without a row are nobody's news, or say too little to know whose: a test lists them with the reason.

A template that was ever used stays: notifications are rendered when they are read.
"""

ROUTED: Final = tuple(dict.fromkeys(route.event for route in ROUTES))


def notices(event: Event, event_id: str) -> list[Notice]:
    """Everything that the table makes of an event."""
    return [route.notice(event, event_id) for route in ROUTES if route.event is type(event)]
