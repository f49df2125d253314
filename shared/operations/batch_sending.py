"""Acts in batches as the command line asks for them, over HTTP as anybody would."""

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

import typer

from shared.operations.addresses import Addresses
from shared.operations.remote import show_table
from shared.operations.visitor import AnswerError, Visitor
from shared.tables.refusals import OtherCharacters
from shared.tables.sheet import encoding_of
from shared.web.batches.views import MOST_ROWS


async def send_batches(
    service: str, act: str, content: bytes, office: tuple[str, str | None], *, language: str
) -> bool:
    """Do the act for every line of a file, a thousand at a time; say what was refused, and whether nothing was.

    The same file is done once, however often it is sent within a day. Raises `AnswerError`.
    """
    numbers, rows = _rows(content)
    key = hashlib.sha256(content).hexdigest()
    refused: list[dict[str, Any]] = []
    async with Visitor(Addresses.read(os.environ), token=os.environ.get("SUNMAO_TOKEN")) as visitor:
        for first in range(0, len(rows), MOST_ROWS):
            headers = {"accept-language": language, "idempotency-key": f"{key}/{first}"}
            answer = await visitor.call(
                "POST",
                service,
                f"/v1/batches/{act}",
                token=await visitor.token(*office),
                headers=headers,
                json={"rows": rows[first : first + MOST_ROWS]},
                # Papers take their time.
                timeout=None,
            )
            told = zip(numbers[first:], answer.json()["rows"], strict=False)
            refused += [_told(number, row) for number, row in told if row["problem"]]
    if refused:
        show_table(refused)
    typer.echo(f"{len(rows) - len(refused)} of {len(rows)} rows were done")
    return not refused


def _rows(content: bytes) -> tuple[list[int], list[dict[str, Any]]]:
    """A row for each line that is not empty, beside its number: an id alone, or a row as the service takes it, as JSON.

    A spreadsheet writes GB18030 as readily as UTF-8.
    """
    try:
        text = content.decode(encoding_of(content))
    except OtherCharacters as refusal:
        raise AnswerError(refusal.say("en")) from None
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    return [number for number, _ in lines], [_row(number, line) for number, line in lines]


def _row(number: int, line: str) -> dict[str, Any]:
    if not line.startswith("{"):
        return {"id": line}
    try:
        row: dict[str, Any] = json.loads(line)
    except ValueError:
        raise AnswerError(f"line {number} is neither an id nor a JSON object on one line") from None
    return row


def _told(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    problem = row["problem"]
    faults = "; ".join(f"{fault['pointer']}: {fault['message']}" for fault in problem.get("errors", ()))
    return {"line": number, "status": row["status"], "code": problem["code"], "why": faults or problem["detail"]}
