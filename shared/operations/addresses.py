"""Where the services are: under one address in the embedded edition, each at its own in the distributed one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

PORTS: Final = {"partnership": 8001, "training": 8002, "talent": 8003, "notify": 8004}
ISSUER_PORT: Final = 8010
EMBEDDED_PORT: Final = 8000


@dataclass(frozen=True, slots=True)
class Addresses:
    """The base URL of each service and of the issuer."""

    services: Mapping[str, str]
    issuer: str

    @classmethod
    def embedded(cls, base: str = f"http://127.0.0.1:{EMBEDDED_PORT}") -> Self:
        """One process at this address."""
        base = base.rstrip("/")
        return cls({name: f"{base}/{name}" for name in PORTS}, f"{base}/identity")

    @classmethod
    def distributed(cls, host: str = "127.0.0.1") -> Self:
        """Each service on its own port of one host."""
        return cls({name: f"http://{host}:{port}" for name, port in PORTS.items()}, f"http://{host}:{ISSUER_PORT}")

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """As the environment says: `SUNMAO_URL`, or with `SUNMAO_EDITION=distributed` each `SUNMAO_<SERVICE>_URL`."""
        if environ.get("SUNMAO_EDITION") != "distributed":
            return cls.embedded(environ.get("SUNMAO_URL", f"http://127.0.0.1:{EMBEDDED_PORT}"))
        usual = cls.distributed()
        named = {name: environ.get(f"SUNMAO_{name.upper()}_URL", url) for name, url in usual.services.items()}
        issuer = environ.get("SUNMAO_ISSUER_URL", usual.issuer)
        return cls({name: url.rstrip("/") for name, url in named.items()}, issuer.rstrip("/"))
