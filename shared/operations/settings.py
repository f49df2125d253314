"""What the environment says, read once: `SUNMAO_<NAME>` for all, `SUNMAO_<SERVICE>_<NAME>` for one service.

A secret may be given by a file: `SUNMAO_PARTNERSHIP_DATABASE_URL_FILE=/run/secrets/…`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from shared.web.attempts import DEFAULT_TRIES, TriesAllowed


class SettingsError(ValueError):
    """The environment says something that cannot be; names the variable and what would pass."""


class Settings(BaseModel):
    """The settings of one process. Each field's description becomes a line of the generated table in the docs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    environment: Literal["development", "test", "production"] = Field(
        "development", description="`production` refuses the local issuer, fault points and passwords that all know"
    )
    home: Path = Field(Path(".sunmao"), description="folder of the embedded edition: one database file per service")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        None, description="port to listen on; 8000 embedded, 8001 to 8004 for the services, 8010 for the issuer"
    )
    public_url: Annotated[str, Field(pattern=r"^https?://[!-~]{1,120}[^/]$")] | None = Field(
        None, description="address under which people reach it from outside, printed on papers; else host and port"
    )
    trusted_proxies: str | None = Field(
        None,
        description="whose word is taken for a caller's address (`X-Forwarded-For`): addresses or networks with commas "
        "between, `*` where nobody but the proxy reaches the port; else only this machine's",
    )
    database_url: SecretStr | None = Field(None, description="PostgreSQL address of one service's database")
    database_pool: int = Field(10, ge=2, le=100, description="connections kept per process")
    database_tls: Literal["require", "verify-full"] | None = Field(
        None, description="`require` encrypts, `verify-full` also makes sure who the server is; else as the URL says"
    )
    database_ca_file: Path | None = Field(
        None, description="authorities that vouch for the database's server, in PEM; else those of the system"
    )
    documents_url: str | None = Field(
        None,
        description="bucket of an object store that speaks S3, `https://host/bucket`; else a folder `documents` in the "
        "home, which replicas on other machines do not see",
    )
    documents_region: str = Field("us-east-1", description="its region, as the store calls it")
    documents_key_id: SecretStr | None = Field(None, description="the id of the key that it lets in")
    documents_secret: SecretStr | None = Field(None, description="the secret of that key")
    roster_folder: Path | None = Field(
        None,
        description="folder into which universities' systems put their lists of students, teachers and posts; else "
        "`rosters` in the home",
    )
    due_seconds: float = Field(
        30.0, ge=0.1, le=300, description="seconds from one look for what falls due by itself to the next"
    )
    kafka_bootstrap: str = Field("127.0.0.1:9092", description="brokers, separated by commas")
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="`SSL` is TLS; `SASL_...` signs in with a password"
    )
    kafka_sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        "SCRAM-SHA-512", description="how the password is proven"
    )
    kafka_username: str | None = Field(
        None, description="Kafka's user; `sunmao-<service>` unless given, `sunmao-operations` for jobs of no service"
    )
    kafka_password: SecretStr | None = Field(None, description="its password")
    kafka_ca_file: Path | None = Field(
        None, description="authorities that vouch for the brokers, in PEM; else those of the system"
    )
    kafka_certificate_file: Path | None = Field(None, description="certificate to show to the brokers, in PEM")
    kafka_key_file: Path | None = Field(
        None, description="its key, in PEM and without a password, if not in the same file"
    )
    kafka_instance: str | None = Field(
        None, description="name of this replica in its group (a pod's name): a killed one then resumes at once"
    )
    issuer_url: str = Field("http://127.0.0.1:8010", description="the OpenID provider whose tokens are believed")
    issuer_jwks_url: str | None = Field(
        None, description="where its keys are, if not where its discovery document says (inside a container network)"
    )
    issuer_clients: Path | None = Field(None, description="JSON file with the local issuer's machine clients")
    otlp_endpoint: str | None = Field(None, description="OTLP/HTTP address of a collector; traces are kept if given")
    trace_ratio: float = Field(1.0, ge=0, le=1, description="share of new traces that are recorded")
    link_tries_per_address: int = Field(
        DEFAULT_TRIES.per_address, ge=1, le=100_000, description="tries of one-time links a minute from one address"
    )
    link_tries_per_link: int = Field(
        DEFAULT_TRIES.per_link, ge=1, le=100_000, description="tries a minute of links that begin alike"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least severity written")
    log_format: Literal["json", "console"] = Field("json", description="`console` is for people")

    @property
    def tries(self) -> TriesAllowed:
        """How often one-time links may be tried."""
        return TriesAllowed(per_address=self.link_tries_per_address, per_link=self.link_tries_per_link)


def read_settings(environ: Mapping[str, str], service: str | None = None) -> Settings:
    """The settings of a process, for one service where it runs one. Raises `SettingsError`."""
    given = {name: variable for name in Settings.model_fields if (variable := _variable(environ, name, service))}
    try:
        return Settings.model_validate({name: _value(environ, variable, name) for name, variable in given.items()})
    except ValidationError as error:
        fault = error.errors()[0]
        raise SettingsError(f"{given[str(fault['loc'][0])]}: {fault['msg']}") from None


def own_secret(environ: Mapping[str, str], name: str, owner: str) -> str | None:
    """What is said for this owner alone, in a variable or by a file. Raises `SettingsError`."""
    variable = _first_of(environ, [f"SUNMAO_{owner.upper()}_{name.upper()}"])
    return _value(environ, variable, name) if variable else None


def _variable(environ: Mapping[str, str], name: str, service: str | None) -> str | None:
    """The variable that says it, the service's own before the one for all."""
    owners = [f"SUNMAO_{service.upper()}_", "SUNMAO_"] if service else ["SUNMAO_"]
    return _first_of(environ, [owner + name.upper() for owner in owners])


def _first_of(environ: Mapping[str, str], variables: Sequence[str]) -> str | None:
    for variable in variables:
        if variable in environ:
            return variable
        if environ.get(f"{variable}_FILE"):
            return f"{variable}_FILE"
    return None


def _value(environ: Mapping[str, str], variable: str, name: str) -> str:
    # Some settings are files themselves: SUNMAO_KAFKA_CA_FILE is no secret that lies in one.
    if not variable.endswith(f"{name.upper()}_FILE"):
        return environ[variable]
    file = Path(environ[variable])
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable} names {file}, which cannot be read: {error}") from None
