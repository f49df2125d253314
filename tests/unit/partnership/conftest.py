"""What tests of partnership may ask for."""

import pytest

from tests.unit.partnership.alliance import Alliance


@pytest.fixture
async def alliance() -> Alliance:
    return await Alliance().open()
