"""Projections that share a table give the same columns: a page of states may hold those of all of them."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from shared.messaging.consumer import Consumer
from shared.web.service import installed_services

GOLDEN = Path(__file__).parent / "golden"
CONSUMERS = [
    consumer for service in installed_services().values() for consumer in service.consumers if consumer.projections
]


@pytest.mark.parametrize("consumer", CONSUMERS, ids=lambda consumer: consumer.name)
def test_projections_into_one_table_give_the_same_columns(consumer: Consumer) -> None:
    columns: dict[str, set[frozenset[str]]] = defaultdict(set)
    for projection in consumer.projections.values():
        example = json.loads((GOLDEN / f"{projection.body.wire.type}.json").read_text())
        row = projection.row(projection.body.model_validate(example["data"]))
        columns[projection.table].add(frozenset(row or ()))

    assert {table: len(given) for table, given in columns.items()} == dict.fromkeys(columns, 1)
