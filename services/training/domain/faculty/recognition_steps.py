"""The steps that an application goes through, and what is kept of each: review, the committee's word, objections."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from services.training.domain.faculty.recognition_refusals import (
    MorePresentThanMembers,
    MoreVotesThanMembers,
    NoSuchObjection,
)
from services.training.domain.faculty.recognition_rules.facts import CommitteeWord
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_rules.votes import VoteFacts
from shared.errors import State


class RecognitionStatus(State):
    """How far an application has come, and what became of the recognition."""

    DRAFT = "draft", "草稿", "a draft"
    SUBMITTED = "submitted", "已提交", "submitted"
    PRECHECKED = "prechecked", "已预审", "prechecked"
    UNDER_REVIEW = "under_review", "评审中", "under review"
    PUBLICISED = "publicised", "公示中", "publicised"
    DECLINED = "declined", "未予认定", "declined"
    ACTIVE = "active", "有效", "active"
    EXPIRING = "expiring", "即将到期", "expiring"
    RECHECKING = "rechecking", "复核中", "being checked again"
    EXPIRED = "expired", "已过期", "expired"
    REVOKED = "revoked", "已撤销", "revoked"


IN_FORCE: Final = frozenset({RecognitionStatus.ACTIVE, RecognitionStatus.EXPIRING, RecognitionStatus.RECHECKING})
"""One that is being checked again holds until it is revoked."""
SETTLED: Final = IN_FORCE | {RecognitionStatus.DECLINED, RecognitionStatus.EXPIRED, RecognitionStatus.REVOKED}


class RevocationReason(StrEnum):
    """Why a recognition is taken back."""

    EVIDENCE_WITHDRAWN = "evidence_withdrawn"
    ETHICS = "ethics"
    ERROR = "error"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the university's office says of an application before the committee meets."""

    favourable: bool
    comment: str
    reviewed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the committee found of one thing, and why."""

    subject: str
    satisfied: bool
    reason: str

    @property
    def fact(self) -> CommitteeWord:
        """The word as rules are asked."""
        return CommitteeWord(subject=self.subject, satisfied=self.satisfied)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeDecision:
    """What the committee decided, as its minutes have it. It is people's decision, and recorded as they made it."""

    approved: bool
    members: int
    present: int
    in_favour: int
    minutes: str
    reason: str
    decided_on: date
    words: tuple[Word, ...]

    @property
    def votes(self) -> VoteFacts:
        """The votes as rules are asked."""
        return VoteFacts(approved=self.approved, members=self.members, present=self.present, in_favour=self.in_favour)

    def __post_init__(self) -> None:
        if self.in_favour > self.present:
            raise MoreVotesThanMembers
        if self.present > self.members:
            raise MorePresentThanMembers


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody has against a result that is public; `upheld` is None until it is settled."""

    number: int
    text: str
    raised_on: date
    upheld: bool | None = None
    reason: str | None = None
    settled_on: date | None = None


def settled(
    objections: tuple[Objection, ...], number: int, *, upheld: bool, reason: str, on: date
) -> tuple[Objection, ...]:
    """The objections with one of them settled. Raises `NoSuchObjection`."""
    if not any(each.number == number and each.upheld is None for each in objections):
        raise NoSuchObjection
    return tuple(
        replace(each, upheld=upheld, reason=reason, settled_on=on) if each.number == number else each
        for each in objections
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckCause:
    """What was taken back."""

    kind: CauseKind
    source_id: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A case in which a recognition is looked at again; what else is taken back meanwhile joins the open case."""

    opened_on: date
    causes: tuple[RecheckCause, ...]
    upheld: bool | None = None
    reason: str | None = None
    concluded_on: date | None = None


def with_cause(rechecks: tuple[Recheck, ...], cause: RecheckCause, *, on: date) -> tuple[Recheck, ...]:
    """The cases with one more cause: in the open one, or in a new one where none is open."""
    if rechecks and rechecks[-1].upheld is None:
        return (*rechecks[:-1], replace(rechecks[-1], causes=(*rechecks[-1].causes, cause)))
    return (*rechecks, Recheck(opened_on=on, causes=(cause,)))


def with_conclusion(rechecks: tuple[Recheck, ...], *, upheld: bool, reason: str, on: date) -> tuple[Recheck, ...]:
    """The cases with the open one concluded, where one is open."""
    if not rechecks or rechecks[-1].upheld is not None:
        return rechecks
    return (*rechecks[:-1], replace(rechecks[-1], upheld=upheld, reason=reason, concluded_on=on))
