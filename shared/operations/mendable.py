"""The errors that a person can mend, who called a command: each says in one sentence what to change."""

from typing import Final

from shared.errors import Misfit, Refusal
from shared.identity.issuer import NotInProduction
from shared.messaging.faults import FaultsInProductionError
from shared.operations.folder import FolderTakenError
from shared.operations.rule_asking import RuleQuestionError
from shared.operations.settings import SettingsError
from shared.operations.visitor import AnswerError
from shared.persistence.rule_packs import PackChanged
from shared.rules.pack import PackError
from shared.rules.stating import FactsError


class SaidInChinese(RuntimeError):
    """A refusal as it is said to who asked in Chinese."""

    def __init__(self, error: Misfit | Refusal) -> None:
        super().__init__(error.say("zh") if isinstance(error, Refusal) else error.zh)


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
    SaidInChinese,
)
