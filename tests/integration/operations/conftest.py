"""A town of its own for each test of this folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.conftest import asyncapi_parser
from tests.integration.operations.town import SmallTown, small_town

__all__ = ["asyncapi_parser", "small"]


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[SmallTown]:
    """The embedded edition in a temporary folder."""
    async with small_town(tmp_path / "home") as made:
        yield made
