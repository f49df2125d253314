"""What the services log in these tests goes into memory."""

from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import LogCapture
from structlog.typing import EventDict

from tests.secured import SecuredKafka, secured


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What was logged, each line with the ids that were bound."""
    capture = LogCapture()
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, capture])
    yield capture.entries
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredKafka]:
    """A Kafka that asks everybody who they are, with our users and our topics."""
    with secured(tmp_path_factory.mktemp("secured")) as kafka:
        yield kafka
