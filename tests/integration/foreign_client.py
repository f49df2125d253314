"""A stranger's program: reads whole topics with `confluent-kafka` and the `cloudevents` SDK, and nothing else.

`python -I foreign_client.py BOOTSTRAP GROUP TOPIC...` writes one line of JSON per record that it understands, then one
that says what it passed over and which of its modules came from the project: none.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from confluent_kafka import Consumer, KafkaError


def records(bootstrap: str, group: str, topics: list[str]) -> Iterator[Any]:
    """Everything that the topics hold, for a group that nobody had before."""
    place = {"bootstrap.servers": bootstrap, "group.id": group, "auto.offset.reset": "earliest"}
    consumer = Consumer({**place, "enable.auto.commit": False, "enable.partition.eof": True})
    known = consumer.list_topics(timeout=30).topics
    left = {(topic, partition) for topic in topics for partition in known[topic].partitions}
    consumer.subscribe(topics)
    while left:
        record = consumer.poll(30)
        if record is None:
            raise SystemExit("nothing came for 30 seconds")
        if record.error() is None:
            yield record
        elif record.error().code() == KafkaError._PARTITION_EOF:
            left.discard((record.topic(), record.partition()))
    consumer.close()


def understood(record: Any) -> dict[str, object]:
    """What the SDK makes of a record."""
    event = from_binary_event(KafkaMessage(dict(record.headers()), record.key(), record.value()))
    attributes = event.get_attributes()
    return {
        "topic": record.topic(),
        "attributes": {**attributes, "time": attributes["time"].isoformat(timespec="milliseconds")},
        "data": event.get_data(),
    }


def main(bootstrap: str, group: str, topics: list[str]) -> None:
    """Read to the ends."""
    passed_over = 0
    for record in records(bootstrap, group, topics):
        try:
            line = json.dumps(understood(record))
        except Exception:  # noqa: BLE001
            # Other tests leave poison on the topics that this run shares; a stranger passes over it.
            passed_over += 1
        else:
            sys.stdout.write(f"{line}\n")
    ours = sorted(name for name in sys.modules if name.partition(".")[0] in {"shared", "services", "tests"})
    sys.stdout.write(json.dumps({"passed_over": passed_over, "of_the_project": ours}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
