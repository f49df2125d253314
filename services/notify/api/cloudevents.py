"""A kept event as a CloudEvent in JSON, with its place in the feed."""

import base64
from collections.abc import Iterable
from typing import Final

import orjson

from services.notify.domain.feed_entry import FeedEntry

BATCH: Final = "application/cloudevents-batch+json"


def structured(entry: FeedEntry) -> bytes:
    """The event in CloudEvents' JSON format; data that is JSON stands there byte for byte, other data as base64."""
    return orjson.dumps(
        {
            **entry.attributes,
            "test": entry.test,
            "feedposition": entry.position,
            **({} if entry.content_type is None else {"datacontenttype": entry.content_type}),
            **_data(entry),
        }
    )


def batch(entries: Iterable[FeedEntry]) -> bytes:
    """The events in CloudEvents' JSON batch format."""
    return b"[" + b",".join(structured(entry) for entry in entries) + b"]"


def _data(entry: FeedEntry) -> dict[str, object]:
    if entry.payload is None:
        return {}
    try:
        orjson.loads(entry.payload)
    except orjson.JSONDecodeError:
        return {"data_base64": base64.b64encode(entry.payload).decode()}
    return {"data": orjson.Fragment(entry.payload)}
