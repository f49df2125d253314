"""What tests of training may ask for."""

import pytest

from tests.unit.training.college import College


@pytest.fixture
def college() -> College:
    return College()
