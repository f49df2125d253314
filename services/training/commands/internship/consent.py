"""What may be asked about the consent to an internship."""

from dataclasses import dataclass

from services.training.domain.internship.consent import Answer
from services.training.domain.internship.consent_link import Guardian


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishConsentText:
    """Publish the next edition of one's university's text."""

    organization_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsStudent:
    """Consent to one's own internship or refuse it. `caller_ids` are the persons that the caller is."""

    consent_id: str
    placement_id: str
    caller_ids: frozenset[str]
    text_id: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGuardian:
    """Make a one-time link for a guardian; only the hash of its token comes in."""

    link_id: str
    placement_id: str
    guardian: Guardian
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerByLink:
    """Use a link up and answer with it."""

    consent_id: str
    token_hash: str
    answer: Answer
