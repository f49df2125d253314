"""A broker that is away must not drown the log."""

import logging

from shared.observability.flood import Flood


def test_a_repeated_message_is_written_once_per_window_with_the_number_held_back(written, clock) -> None:
    written.start()
    library = logging.getLogger("aiokafka.client")

    for node in range(1000):
        library.error("Unable connect to node with id %s", node)
    clock.now += 10
    library.error("Unable connect to node with id %s", 1000)

    first, second = written.lines
    assert "suppressed" not in first
    assert second["suppressed"] == 999


def test_texts_that_differ_in_numbers_ids_and_names_only_are_one_pattern(written) -> None:
    written.start()
    library = logging.getLogger("kafka.conn")

    for node in range(50):
        library.warning(f"node {node} at 0x{node:x} of 'host-{node}' is away")

    assert len(written.lines) == 1


def test_other_messages_and_other_loggers_pass(written) -> None:
    written.start()

    for _ in range(3):
        logging.getLogger("aiokafka.consumer").error("rebalancing")
        logging.getLogger("aiokafka.consumer").error("heartbeat failed")
        logging.getLogger("aiokafkalike").error("mine")

    assert [line["message"] for line in written.lines].count("mine") == 3
    assert len(written.lines) == 5


def test_the_memory_of_patterns_is_bounded(clock) -> None:
    flood = Flood(("aiokafka",), patterns=2, monotonic=clock)
    lines = [logging.LogRecord("aiokafka", 30, "", 0, text, (), None) for text in ("a", "b", "c", "a")]

    passed = [flood.filter(line) for line in lines]

    assert passed == [True, True, True, True]
