"""The year group that story S4 is about, as its data file has it; all else is as in the workshop of story S2."""

from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from shared.operations.stories.internship.workshop import Intern, PostName, Workshop, workshop
from shared.operations.stories.region import Organization, Part

_FILE: Final = "year_group.yaml"


class YearGroup(Part):
    """The enterprise, which of the workshop's posts it offers, and the students."""

    enterprise: Organization
    posts: tuple[PostName, ...]
    planned: tuple[Intern, ...]


@cache
def year_group() -> Workshop:
    """The year group that ships with the platform."""
    content = files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    group, usual = YearGroup.model_validate(yaml.safe_load(content)), workshop()
    return usual.model_copy(
        update={
            "organizations": {**usual.organizations, "enterprise": group.enterprise},
            "posts": {name: usual.posts[name] for name in group.posts},
            "planned": group.planned,
            "wrong": {},
        }
    )
