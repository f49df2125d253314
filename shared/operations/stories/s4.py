"""Story S4: the papers of a year group, each act by one request for everybody, and one who leaves and is erased."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from shared.kernel.clock import system_clock
from shared.operations.stories.internship.offering import offer
from shared.operations.stories.internship.seed import seed
from shared.operations.stories.paperwork.findings import PaperworkTold
from shared.operations.stories.paperwork.leaving import leave
from shared.operations.stories.paperwork.planning import consent, plan
from shared.operations.stories.paperwork.signing import Signed, approve, insure, sign
from shared.operations.stories.paperwork.year_group import year_group
from shared.operations.stories.run import Diary
from shared.operations.stories.teller import Audience, Teller
from shared.operations.stories.telling import at_rest
from shared.operations.visitor import Visitor


async def tell(
    visitor: Visitor, path: Path, audience: Audience, *, clock: Callable[[], datetime] = system_clock
) -> PaperworkTold:
    """Tell the story: go on with the run of the file where it is unfinished, else begin a new one.

    Raises `NotCome` or `AnswerError` where it cannot go on; the run then stays unfinished until somebody is erased.
    """
    diary, group = Diary.open(path, clock), year_group()
    teller = Teller(visitor, diary, audience)
    teller.step(0, "An enterprise and a university come into being, with a year group of students")
    # Earlier runs need not leave: nothing here is a candidate for anybody's need.
    diary.note()
    cast = await seed(teller, group)
    agreement, posts = await offer(teller, group, cast)
    planned = await plan(teller, group, cast, posts)
    await consent(teller, group, cast, planned)
    await insure(teller, cast, planned)
    signings = await sign(teller, cast, planned)
    signed = Signed(signings=signings, approved=await approve(teller, cast, planned))
    rest = await at_rest(teller, agreement)
    leaver = next(iter(planned))
    erasure = await leave(teller, cast, leaver, planned[leaver])
    return PaperworkTold(
        teller=teller,
        cast=cast,
        planned=planned,
        signed=signed,
        rest=rest,
        leaver=leaver,
        erasure=erasure,
    )
