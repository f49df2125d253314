"""The ten lines against the event feed, run beside the embedded edition as a newcomer runs them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.local.ports import free_ports
from tests.contracts.examples import ROOT
from tests.unit.partnership.alliance import uscc

EXAMPLE = ROOT / "docs" / "examples" / "feed.py"
SUNMAO = Path(sys.executable).with_name("sunmao")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[str]:
    """The address of an embedded edition in a folder of its own, once it is ready."""
    [port] = free_ports(1)
    environ = {**os.environ, "SUNMAO_HOME": str(tmp_path / "home"), "SUNMAO_PORT": str(port)}
    process = await asyncio.create_subprocess_exec(SUNMAO, "serve", env=environ, stderr=subprocess.DEVNULL)
    try:
        await _ready(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def _ready(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                (await client.get(url)).raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return


async def registered(town: str) -> str:
    """The id of an organisation that was just entered into the register."""
    grant = {"grant_type": "urn:sunmao:grant:role", "role": "alliance_office"}
    entry = {"kind": "enterprise", "name_zh": "示例企业", "uscc": uscc(7), "region_code": "500101"}
    async with httpx.AsyncClient(timeout=30) as client:
        token = (await client.post(f"{town}/identity/token", data=grant)).raise_for_status().json()["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        answer = await client.post(f"{town}/partnership/v1/organizations", json=entry, headers=headers)
    return str(answer.raise_for_status().json()["id"])


async def test_the_example_for_the_feed_prints_what_happens(town: str, tmp_path: Path) -> None:
    program = tmp_path / "feed.py"
    program.write_text(EXAMPLE.read_text().replace("http://127.0.0.1:8000", town))
    organization = await registered(town)

    reader = await asyncio.create_subprocess_exec(sys.executable, "-I", program, stdout=asyncio.subprocess.PIPE)
    assert reader.stdout is not None
    async with asyncio.timeout(60):
        line = (await reader.stdout.readline()).decode()
    reader.kill()
    await reader.wait()

    assert line.split()[0] == "1"
    assert line.split()[2:] == ["sunmao.partnership.organization.registered.v1", organization]
