"""What the training service tells the others: bases, people by reference, practice, cohorts, credits."""

from shared.contracts.training.account import AccountBody, AccountOpened, AccountState
from shared.contracts.training.cohort import (
    CohortBody,
    CohortCancelled,
    CohortFormed,
    CohortPlanned,
    CohortStarted,
    CohortState,
)
from shared.contracts.training.conversion import ConversionBody, ConversionState, CreditConverted, CreditReversed
from shared.contracts.training.incident import IncidentKind, IncidentReported, IncidentSeverity
from shared.contracts.training.obligation import (
    ObligationAtRisk,
    ObligationBody,
    ObligationFulfilled,
    ObligationKind,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    ObligationState,
)
from shared.contracts.training.outcome import (
    OutcomeBody,
    OutcomeKind,
    OutcomeRecognised,
    OutcomeRegistered,
    OutcomeState,
)
from shared.contracts.training.override import RuleOverridden
from shared.contracts.training.placement_log import PlacementLogOverdue
from shared.contracts.training.practice import (
    PracticeApproved,
    PracticeBody,
    PracticeCompleted,
    PracticeForm,
    PracticeRejected,
    PracticeStarted,
    PracticeState,
    PracticeVerified,
)
from shared.contracts.training.student import StudentBody, StudentRegistered, StudentState, StudentUpdated
from shared.contracts.training.teacher import TeacherBody, TeacherRegistered, TeacherState, TeacherUpdated
from shared.contracts.training.training_base import (
    BaseBody,
    BaseEnterpriseConfirmed,
    BaseOpened,
    BasePlanned,
    BaseState,
)

__all__ = [
    "AccountBody",
    "AccountOpened",
    "AccountState",
    "BaseBody",
    "BaseEnterpriseConfirmed",
    "BaseOpened",
    "BasePlanned",
    "BaseState",
    "CohortBody",
    "CohortCancelled",
    "CohortFormed",
    "CohortPlanned",
    "CohortStarted",
    "CohortState",
    "ConversionBody",
    "ConversionState",
    "CreditConverted",
    "CreditReversed",
    "IncidentKind",
    "IncidentReported",
    "IncidentSeverity",
    "ObligationAtRisk",
    "ObligationBody",
    "ObligationFulfilled",
    "ObligationKind",
    "ObligationOpened",
    "ObligationOverdue",
    "ObligationRegressed",
    "ObligationState",
    "OutcomeBody",
    "OutcomeKind",
    "OutcomeRecognised",
    "OutcomeRegistered",
    "OutcomeState",
    "PlacementLogOverdue",
    "PracticeApproved",
    "PracticeBody",
    "PracticeCompleted",
    "PracticeForm",
    "PracticeRejected",
    "PracticeStarted",
    "PracticeState",
    "PracticeVerified",
    "RuleOverridden",
    "StudentBody",
    "StudentRegistered",
    "StudentState",
    "StudentUpdated",
    "TeacherBody",
    "TeacherRegistered",
    "TeacherState",
    "TeacherUpdated",
]
