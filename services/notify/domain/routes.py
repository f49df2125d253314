"""The one table that says who hears of which event, in which words: event -> (parties, template)."""

from typing import Final

from services.notify.domain.approval_routes import APPROVAL_ROUTES
from services.notify.domain.faculty_routes import FACULTY_ROUTES
from services.notify.domain.internship_recipients import overseers
from services.notify.domain.internship_routes import INTERNSHIP_ROUTES, OVERRIDDEN
from services.notify.domain.notification import Notice
from services.notify.domain.preference import EventClass
from services.notify.domain.privacy_routes import PRIVACY_ROUTES
from services.notify.domain.recipients import (
    agreement_parties,
    both_sides,
    cohort_enterprises,
    cohort_parties,
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
)
from services.notify.domain.reminder_routes import REMINDER_ROUTES
from services.notify.domain.route import row
from services.notify.domain.signing_routes import SIGNING_ROUTES
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
from shared.contracts.partnership import RuleOverridden as OverriddenForPartners
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
    OutcomeRecognised,
    OutcomeRegistered,
    OutcomeRevoked,
)

NEED, MATCH, AGREEMENT = EventClass.NEED, EventClass.MATCH, EventClass.AGREEMENT
BASE, COHORT, CREDIT = EventClass.BASE, EventClass.COHORT, EventClass.CREDIT
EXCEPTION = EventClass.EXCEPTION

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

    row(AccountOpened, learner, "account_opened", CREDIT, "account_id"),
    row(OutcomeRegistered, learner, "outcome_registered", CREDIT, "outcome_id kind"),
    row(OutcomeRecognised, learner, "outcome_recognised", CREDIT, "outcome_id kind credits"),
    row(CreditConverted, learner_and_office, "credit_converted", CREDIT, "conversion_id credits"),
    row(CreditReversed, learner_and_office, "credit_reversed", CREDIT, "conversion_id credits"),
    row(OutcomeRevoked, learner, "outcome_revoked", CREDIT, "outcome_id kind"),

    row(OverriddenForPartners, overseers, "partnership_rule_overridden", EXCEPTION, OVERRIDDEN, digest_by="subject_id"),

    *INTERNSHIP_ROUTES,
    *FACULTY_ROUTES,
    *REMINDER_ROUTES,
    *SIGNING_ROUTES,
    *APPROVAL_ROUTES,
    *PRIVACY_ROUTES,
)
# fmt: on
"""Events without a row are nobody's news, or say too little to know whose: a test lists them with the reason.

A template that was ever used stays: notifications are rendered when they are read.
"""

_BY_EVENT: Final = {event: [route for route in ROUTES if route.event is event] for event in (r.event for r in ROUTES)}
ROUTED: Final = tuple(_BY_EVENT)


def notices(event: Event, event_id: str) -> list[Notice]:
    """Everything that the table makes of an event."""
    return [route.notice(event, event_id) for route in _BY_EVENT.get(type(event), ()) if route.tells(event)]
