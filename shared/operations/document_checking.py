"""Whether files are ours, asked of the services that keep documents, as anybody may ask."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import typer

from shared.operations.addresses import Addresses
from shared.operations.visitor import Visitor
from shared.web.service import installed_services


async def all_ours(files: Sequence[Path]) -> bool:
    """Say it of each file, with the service that keeps it; whether all are."""
    keepers = [name for name, service in installed_services().items() if service.documented]
    ours = True
    async with Visitor(Addresses.read(os.environ)) as visitor:
        for file in files:
            sha256 = await asyncio.to_thread(_hash_of, file)
            keeping = [name for name in keepers if await _keeps(visitor, name, sha256)]
            typer.echo(f"{file}: {', '.join(keeping) if keeping else 'not ours'} (SHA-256 {sha256})")
            ours = ours and bool(keeping)
    return ours


async def _keeps(visitor: Visitor, service: str, sha256: str) -> bool:
    answer = await visitor.call("GET", service, f"/v1/documents/{sha256}/verification")
    return bool(answer.json()["ours"])


def _hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
