"""Builds the list of open needs from the state topic alone: `python docs/examples/open_needs.py 127.0.0.1:9092 my-list`.

The second word is the name of a consumer group that is new: it begins with the oldest record that is kept.
"""

import json
import sys

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from confluent_kafka import Consumer, KafkaError

TOPIC = "sunmao.partnership.state.v1"
OPEN = {"posted", "matching", "matched"}


def main(brokers, group):
    """Print one line of JSON for each open need, once everything that was there at the start has been read."""
    place = {"bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest"}
    consumer = Consumer({**place, "enable.auto.commit": False, "enable.partition.eof": True})
    consumer.subscribe([TOPIC])
    partitions = len(consumer.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions)
    needs, ended = {}, set()
    while len(ended) < partitions:
        record = consumer.poll(30.0)
        if record is None:
            raise SystemExit("nothing came for 30 seconds")
        if record.error() is None:
            keep(needs, record)
        elif record.error().code() == KafkaError._PARTITION_EOF:
            ended.add(record.partition())
    consumer.close()
    for need in needs.values():
        if need["state"] is not None and need["state"]["status"] in OPEN:
            print(json.dumps(need["state"], ensure_ascii=False))


def keep(needs, record):
    """Apply one record: the highest version of a key wins, and a record without a body erases for good."""
    kind, _, need_id = (record.key() or b"").decode().partition("/")
    if kind != "need":
        return
    erased = record.value() is None
    event = from_binary_event(KafkaMessage(dict(record.headers()), record.key(), record.value()))
    version = int(event.get_extension("sequence"))
    known = needs.get(need_id, {"version": -1})["version"]
    if version > known or (erased and version == known):
        needs[need_id] = {"version": version, "state": None if erased else event.get_data()}


if __name__ == "__main__":
    main(*sys.argv[1:3])
