"""What most tests of internships begin with."""

import pytest

from tests.unit.training.internship.interns import Interns


@pytest.fixture
async def interns() -> Interns:
    """A college whose enterprise offers a post for interns."""
    return await Interns().open()
