"""The issuer's signing keys on disk, for its owner's eyes only: the newest signs, all are published."""

import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

import orjson
from joserfc.jwk import ECKey

from shared.identity.keys import Keys, readable

# A replaced key stays published until no token of it can be valid and no verifier remembers the older set.
RETIREMENT_SECONDS: Final = 2 * 3600


class KeyFolder:
    """Keys in `folder` (made if missing, 0700), each in `<milliseconds>-<kid>.json` (0600).

    The folder is read at each use, so what another process rotated is seen at once.
    """

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now

    def signing(self) -> ECKey:
        """The newest key, made now if there is none."""
        files = self._files()
        return _read(files[-1] if files else self._create())

    def public(self) -> list[dict[str, object]]:
        """The public half of every key, as JWKs for the key set."""
        self.signing()
        return [_published(_read(file)) for file in self._files()]

    def rotate(self) -> str:
        """Make a new signing key and return its id; drop keys whose successor is older than two hours."""
        fresh = self._create()
        files = self._files()
        for older, newer in pairwise(files):
            if self._now() - _made_at(newer) > RETIREMENT_SECONDS:
                older.unlink(missing_ok=True)
        return str(_read(fresh).kid)

    async def fetch(self) -> Keys:
        """The public keys for a verifier in the same process, which then needs no HTTP to its own issuer."""
        return readable(self.public())

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"), key=lambda file: (_made_at(file), file.name))

    def _create(self) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True, auto_kid=True)
        file = self._folder / f"{int(self._now() * 1000):014d}-{key.kid}.json"
        _write_private(file, orjson.dumps(key.as_dict(private=True)))
        return file


def _write_private(file: Path, content: bytes) -> None:
    # Written beside and renamed, so that nobody ever reads half a key.
    draft = file.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(file)


def _read(file: Path) -> ECKey:
    return ECKey.import_key(orjson.loads(file.read_bytes()))


def _published(key: ECKey) -> dict[str, object]:
    return {**key.as_dict(private=False)}


def _made_at(file: Path) -> float:
    return int(file.name.partition("-")[0]) / 1000
