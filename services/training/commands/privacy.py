"""What people may ask for about their own data, and what their institutions' offices answer."""

from dataclasses import dataclass

from services.training.domain.privacy.proposal import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """Erase a person; `awaited` are the services that must confirm it."""

    erasure_id: str
    person_id: str
    awaited: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection:
    """Ask that one's own entry be put right."""

    correction_id: str
    person_id: str
    proposal: Proposal
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCorrection:
    """Grant a correction or refuse it, and why."""

    correction_id: str
    granted: bool
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentToProcessing:
    """Consent to an edition of the notice; `in_force` is the newest one, `digest` its hash."""

    consent_id: str
    person_id: str
    edition: int
    in_force: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """Take a consent back."""

    consent_id: str
