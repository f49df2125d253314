"""What may happen to a practice period beside its straight course: it pauses, goes on, and is taken back."""

from typing import Final

from services.training.api.faculty.practice import PracticeView
from services.training.api.view import Body, Day, Reason, Sentence
from services.training.commands.faculty.practice import PausePractice, ResumePractice, RevokePractice
from services.training.domain.faculty.practice import Practice
from services.training.handlers.faculty import practice as handlers
from shared.contracts.ids import PracticeId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn

router: Final = AccessRouter(tags=["practice"])
_COURSE: Final = allow("teacher", "university_hr", scope=None)


class PauseBody(Body):
    """From which day nobody practises, today if none is named, and why."""

    first: Day | None = None
    reason: Sentence


@router.post("/v1/practices/{practice_id}/pause", access=_COURSE)
async def pause_practice(practice_id: PracticeId, body: PauseBody, edge: EdgeIn) -> PracticeView:
    """Let the period stand still; days of a pause do not count."""
    command = PausePractice(practice_id=practice_id, first=body.first, reason=body.reason)
    return await edge.act(handlers.pause_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice)


@router.post("/v1/practices/{practice_id}/resumption", access=_COURSE)
async def resume_practice(practice_id: PracticeId, edge: EdgeIn) -> PracticeView:
    """Let the period go on from today."""
    command = ResumePractice(practice_id=practice_id)
    return await edge.act(
        handlers.resume_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice
    )


@router.post("/v1/practices/{practice_id}/revocation", access=allow("university_hr", scope=None))
async def revoke_practice(practice_id: PracticeId, body: Reason, edge: EdgeIn) -> PracticeView:
    """Take the verification back: the period counts no longer."""
    command = RevokePractice(practice_id=practice_id, reason=body.reason)
    return await edge.act(
        handlers.revoke_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice
    )
