"""The errors that a person can mend, who called a command: each says in one sentence what to change."""

from typing import Final

from shared.errors import Refusal
from shared.identity.issuer import NotInProduction
from shared.messaging.faults import FaultsInProductionError
from shared.operations.folder import FolderTakenError
from shared.operations.rule_asking import RuleQuestionError
from shared.operations.settings import SettingsError
from shared.operations.visitor import AnswerError
from shared.persistence.rule_packs import PackChanged
from shared.rules.pack import PackError
from shared.rules.stating import FactsError

MENDABLE: Final[tuple[type[Exception], ...]] = (
    SettingsError,
    FolderTakenError,
    AnswerError,
    NotInProduction,
    FaultsInProductionError,
    PackChanged,
    PackError,
    RuleQuestionError,
    FactsError,
    Refusal,
)
