"""The skills that needs and offers speak of."""

from pydantic import Field

from shared.contracts.event import Body
from shared.contracts.fields import Code, Name, SkillLevel


class Skill(Body):
    """A skill that is asked for or offered. `weight` counts among the skills of a line, `must` excludes without it."""

    code: Code
    name: Name | None = None
    level: SkillLevel | None = None
    weight: int = Field(default=1, ge=1, le=100)
    must: bool = False
