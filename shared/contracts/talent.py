"""What the talent service tells the others: programmes, and who could meet a need."""

from typing import Annotated

from pydantic import Field

from shared.contracts.erasure import ErasureReceiptBody
from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import MAX_COUNT, Code, Count, HalfCredits, Known, LineNo, Name, RegionCode, Text
from shared.contracts.ids import MatchId, NeedId, OrganizationId, ProgrammeId
from shared.contracts.partnership import MatchBody, Skill


class ProgrammeBody(Body):
    """A programme (major) of a university. `code` is that of the vocational programme catalogue of 2021."""

    programme_id: ProgrammeId
    university_id: OrganizationId
    code: Code
    name: Name
    level: Annotated[str, Known("secondary", "college", "vocational_bachelor", "applied_bachelor")]
    industry_codes: list[Code] = []
    occupation_codes: list[Code] = []
    skills: list[Skill] = []
    region_code: RegionCode
    students: Count = 0
    total_half_credits: HalfCredits


@named("talent.programme.registered", key="programme_id")
class ProgrammeRegistered(ProgrammeBody, Event):
    """A university registered a programme."""


@named("talent.programme.updated", key="programme_id")
class ProgrammeUpdated(ProgrammeBody, Event):
    """A programme's entry changed; the whole of it as it is now."""


@named("talent.programme.state", key="programme_id")
class ProgrammeState(ProgrammeBody, State):
    """A programme as it is now."""

    status: Annotated[str, Known("active", "closed")]


class ScoreParts(Body):
    """The five parts of a score, each already in points of the 100: 45 + 20 + 15 + 10 + 10."""

    skills: float = Field(ge=0, le=100)
    capacity: float = Field(ge=0, le=100)
    distance: float = Field(ge=0, le=100)
    record: float = Field(ge=0, le=100)
    time: float = Field(ge=0, le=100)


@named("talent.match.proposed", key="match_id")
class MatchProposed(MatchBody, Event):
    """A candidate could meet a line of a need. Later versions of the same match are the same candidate scored again."""

    rank: int = Field(ge=1, le=MAX_COUNT)
    score: float = Field(ge=0, le=100)
    parts: ScoreParts
    missing_skills: list[Code] = []
    explanation: Text
    model_version: Code


@named("talent.match.dropped", key="match_id")
class MatchDropped(Event):
    """A proposed candidate no longer fits, for instance after the need was amended."""

    match_id: MatchId
    need_id: NeedId
    line_no: LineNo
    reason: Text


@named("talent.match.none_found", key="need_id")
class NoMatchFound(Event):
    """No candidate passes the filters of a line; the reasons are counted by filter."""

    need_id: NeedId
    line_no: LineNo
    rejected: dict[Code, Count] = {}


@named("talent.erasure.receipted", key="erasure_id")
class ErasureReceipted(ErasureReceiptBody, Event):
    """Talent has forgotten a person."""
