"""Prints every event of one service, each once: `python docs/examples/kafka.py 127.0.0.1:9092 partnership`."""

import sys

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from confluent_kafka import Consumer

BROKERS, SERVICE = sys.argv[1:3]
place = {"bootstrap.servers": BROKERS, "group.id": "my-office", "auto.offset.reset": "earliest"}
consumer = Consumer({**place, "enable.auto.commit": False})
consumer.subscribe([f"sunmao.{SERVICE}.events.v1"])
seen = set()
while True:
    record = consumer.poll(1.0)
    if record is None or record.error():
        continue
    try:
        event = from_binary_event(KafkaMessage(dict(record.headers()), record.key(), record.value()))
        if event.get_id() not in seen:
            print(event.get_time(), event.get_type(), event.get_subject(), event.get_data(), flush=True)
        seen.add(event.get_id())
    except Exception as unreadable:
        print("set aside", record.topic(), record.partition(), record.offset(), unreadable, flush=True)
    consumer.commit(record, asynchronous=False)
