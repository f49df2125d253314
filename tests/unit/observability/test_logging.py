"""Lines that a machine can read, whoever wrote them."""

import logging
from datetime import datetime, timedelta

import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider

from shared.observability.logging import bind


def test_a_line_says_when_where_and_what(written) -> None:
    written.start("talent")

    structlog.get_logger("talent.match").info("scored", candidates=3)

    (line,) = written.lines
    assert list(line)[:5] == ["timestamp", "level", "logger", "service", "message"]
    assert (line["level"], line["logger"], line["service"]) == ("info", "talent.match", "talent")
    assert (line["message"], line["candidates"]) == ("scored", 3)
    assert datetime.fromisoformat(str(line["timestamp"])).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("name", ["uvicorn.error", "aiokafka.conn", "faststream", "sqlalchemy.pool"])
def test_a_librarys_logger_writes_the_same_kind_of_line(written, name: str) -> None:
    library = logging.getLogger(name)
    library.addHandler(logging.StreamHandler())
    library.propagate = False
    written.start()

    library.warning("node %s is away", 3)

    (line,) = written.lines
    assert (line["message"], line["logger"], line["level"]) == ("node 3 is away", name, "warning")
    assert library.handlers == []


def test_ids_bound_outside_are_on_every_line_inside_and_gone_after(written) -> None:
    written.start()

    with bind(event_id="e1", correlation_id="need_1", consumer="talent.match", request_id="r1"):
        with bind(event_id="e2"):
            logging.getLogger("library").warning("inner")
        structlog.get_logger().info("outer")
    structlog.get_logger().info("after")

    inner, outer, after = written.lines
    assert (inner["event_id"], inner["correlation_id"], inner["consumer"]) == ("e2", "need_1", "talent.match")
    assert (outer["event_id"], outer["request_id"]) == ("e1", "r1")
    assert not {"event_id", "correlation_id", "consumer", "request_id"} & after.keys()


def test_a_line_inside_a_span_carries_its_ids(written) -> None:
    written.start()

    with TracerProvider().get_tracer("test").start_as_current_span("work") as span:
        structlog.get_logger().info("working")

    (line,) = written.lines
    context = span.get_span_context()
    assert (line["trace_id"], line["span_id"]) == (f"{context.trace_id:032x}", f"{context.span_id:016x}")


def test_secrets_in_fields_messages_and_tracebacks_are_masked(written) -> None:
    written.start()

    try:
        int("postgresql://sunmao:s3cret@db/talent")
    except ValueError:
        structlog.get_logger().exception("lost redis://:s3cret@cache", headers={"Authorization": "s3cret"})

    (line,) = written.lines
    assert "s3cret" not in written.text
    assert "ValueError" in str(line["exception"])


def test_what_json_cannot_hold_is_written_all_the_same(written) -> None:
    written.start()

    structlog.get_logger().info("poison", number=2**70, half="\ud800")

    assert (written.lines[0]["number"], written.lines[0]["half"]) == (2**70, "\ud800")


def test_a_second_configuration_replaces_the_first(written) -> None:
    written.start("partnership")
    written.start("talent", level="warning")

    structlog.get_logger().info("not told")
    structlog.get_logger().warning("told once")

    assert [(line["service"], line["message"]) for line in written.lines] == [("talent", "told once")]


def test_statements_with_their_parameters_are_never_logged(written) -> None:
    written.start(level="DEBUG")

    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT ... %r", ("Li Lei",))
    logging.getLogger("aiosqlite").debug("execute %r", ("Li Lei",))

    assert written.text == ""


def test_the_console_form_is_for_people(written) -> None:
    written.start(format="console")

    structlog.get_logger("talent").info("scored", token="s3cret")

    assert "scored" in written.text
    assert not written.text.startswith("{")
    assert "s3cret" not in written.text


def test_of_an_outage_its_name_is_written_and_of_anything_else_the_traceback(written) -> None:
    written.start()

    for error in (ConnectionRefusedError("nobody answers"), FileNotFoundError("what we need"), KeyError("ours")):
        try:
            raise error
        except OSError:
            structlog.get_logger().exception("reading failed")
        except KeyError as caught:
            logging.getLogger("library").warning("reading failed", exc_info=caught)

    away, missing, ours = written.lines
    assert (away["error"], "exception" in away) == ("ConnectionRefusedError", False)
    assert "FileNotFoundError: what we need" in str(missing["exception"])
    assert "KeyError: 'ours'" in str(ours["exception"])
