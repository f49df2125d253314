"""The committee's decision over HTTP, objections while it is public, rechecks and revocation."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.faculty.recognition_view import RecognitionView
from services.training.api.view import Body, Sentence
from services.training.commands.faculty.recognition import (
    ConcludeRecheck,
    DecideRecognition,
    RaiseObjection,
    RecheckRecognition,
    RevokeRecognition,
    SettleObjection,
)
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_steps import RevocationReason, Word
from services.training.handlers.faculty import committee, recheck
from shared.contracts.fields import Code, Name
from shared.contracts.ids import RecognitionId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn

router: Final = AccessRouter(tags=["recognition"])
_HR: Final = allow("university_hr", scope=None)

Members = Annotated[int, Field(ge=1, le=1000)]


class WordBody(Body):
    """What the committee found: of a dimension that only it judges, or of a piece of evidence by its id."""

    subject: Code
    satisfied: bool
    reason: Sentence


class DecisionBody(Body):
    """The committee's decision, as its minutes have it: of all its members, who was present and who was for it."""

    approved: bool
    members: Members
    present: Members
    in_favour: Annotated[int, Field(ge=0, le=1000)]
    minutes: Name
    reason: Sentence
    words: Annotated[tuple[WordBody, ...], Field(max_length=200)] = ()


class ObjectionBody(Body):
    """What somebody has against a result."""

    text: Sentence


class SettlementBody(Body):
    """Whether an objection holds, and why."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    upheld: bool
    reason: Sentence


class RecheckBody(Body):
    """What was taken back."""

    kind: CauseKind
    source_id: Code


class ConclusionBody(Body):
    """Whether a recognition stands, and why."""

    upheld: bool
    reason: Sentence


class RevocationBody(Body):
    """Why a recognition is taken back."""

    reason_code: RevocationReason
    reason: Sentence


@router.post("/v1/recognitions/{recognition_id}/decision", access=_HR)
async def decide(recognition_id: RecognitionId, body: DecisionBody, edge: EdgeIn) -> RecognitionView:
    """Record what the committee decided on the frozen evidence."""
    command = DecideRecognition(
        recognition_id=recognition_id,
        decision_id=new_id("decision"),
        caller_ids=edge.who.persons,
        approved=body.approved,
        members=body.members,
        present=body.present,
        in_favour=body.in_favour,
        minutes=body.minutes,
        reason=body.reason,
        words=tuple(Word(subject=w.subject, satisfied=w.satisfied, reason=w.reason) for w in body.words),
    )
    return await edge.act(
        committee.decide_recognition, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/objections", access=_HR)
async def raise_objection(recognition_id: RecognitionId, body: ObjectionBody, edge: EdgeIn) -> RecognitionView:
    """Note an objection that was received while the result is public."""
    command = RaiseObjection(recognition_id=recognition_id, text=body.text)
    return await edge.act(
        committee.raise_objection, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/settlements", access=_HR)
async def settle_objection(recognition_id: RecognitionId, body: SettlementBody, edge: EdgeIn) -> RecognitionView:
    """Say whether an objection holds."""
    command = SettleObjection(
        recognition_id=recognition_id,
        caller_ids=edge.who.persons,
        number=body.number,
        upheld=body.upheld,
        reason=body.reason,
    )
    return await edge.act(
        committee.settle_objection, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/rechecks", access=_HR)
async def recheck_recognition(recognition_id: RecognitionId, body: RecheckBody, edge: EdgeIn) -> RecognitionView:
    """Look at a recognition again, because something that it rests on was taken back; once for each source."""
    command = RecheckRecognition(recognition_id=recognition_id, kind=body.kind, source_id=body.source_id)
    return await edge.act(
        recheck.recheck_recognition, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/recheck-conclusion", access=_HR)
async def conclude_recheck(recognition_id: RecognitionId, body: ConclusionBody, edge: EdgeIn) -> RecognitionView:
    """Say whether a recognition stands; one that does not is revoked."""
    command = ConcludeRecheck(
        recognition_id=recognition_id, caller_ids=edge.who.persons, upheld=body.upheld, reason=body.reason
    )
    return await edge.act(
        recheck.conclude_recheck, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/revocation", access=_HR)
async def revoke(recognition_id: RecognitionId, body: RevocationBody, edge: EdgeIn) -> RecognitionView:
    """Take a recognition back."""
    command = RevokeRecognition(
        recognition_id=recognition_id,
        caller_ids=edge.who.persons,
        reason_code=body.reason_code,
        reason=body.reason,
    )
    return await edge.act(
        recheck.revoke_recognition, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )
