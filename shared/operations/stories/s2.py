"""Story S2: internships that fulfil the law are approved, others are blocked with their reason, one is excepted."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from shared.kernel.clock import system_clock
from shared.operations.stories.internship.evidence import InternshipTold
from shared.operations.stories.internship.judging import judge
from shared.operations.stories.internship.offering import offer
from shared.operations.stories.internship.planning import plan
from shared.operations.stories.internship.seed import seed
from shared.operations.stories.internship.workshop import workshop
from shared.operations.stories.run import Diary
from shared.operations.stories.teller import Audience, Teller
from shared.operations.visitor import Visitor


async def tell(
    visitor: Visitor, path: Path, audience: Audience, *, clock: Callable[[], datetime] = system_clock
) -> InternshipTold:
    """Tell the story: go on with the run of the file where it is unfinished, else begin a new one.

    Raises `NotCome` or `AnswerError` where it cannot go on; the run then stays unfinished.
    """
    diary = Diary.open(path, clock)
    teller = Teller(visitor, diary, audience)
    teller.step(0, "A workshop and a university come into being, and the calendar of their dates")
    # Earlier runs need not leave: nothing here is a candidate for anybody's need.
    diary.note()
    cast = await seed(teller, workshop())
    agreement, posts = await offer(teller, workshop(), cast)
    planned = await plan(teller, workshop(), cast, posts)
    return InternshipTold(
        teller=teller, cast=cast, agreement=agreement, judged=await judge(teller, workshop(), cast, planned)
    )
