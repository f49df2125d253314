"""The year group that story S4 is about, as its data file has it; all else is as in the workshop of story S2."""

from functools import cache
from typing import Final

from shared.operations.stories.internship.workshop import Intern, PostName, Workshop, workshop
from shared.operations.stories.region import Organization, Part
from shared.shipped import shipped_yaml

_FILE: Final = "year_group.yaml"


class YearGroup(Part):
    """The enterprise, which of the workshop's posts it offers, and the students."""

    enterprise: Organization
    posts: tuple[PostName, ...]
    planned: tuple[Intern, ...]


@cache
def year_group() -> Workshop:
    """The year group that ships with the platform."""
    group, usual = YearGroup.model_validate(shipped_yaml(__package__, _FILE)), workshop()
    return usual.model_copy(
        update={
            "organizations": {**usual.organizations, "enterprise": group.enterprise},
            "posts": {name: usual.posts[name] for name in group.posts},
            "planned": group.planned,
            "wrong": {},
        }
    )
