"""TLS to PostgreSQL as the settings or the URL ask for it, in PostgreSQL's own words."""

import ssl
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from shared.operations.databases import open_database
from shared.operations.settings import Settings, SettingsError, read_settings
from shared.persistence.database import Database
from shared.persistence.tls import TlsError, parted, tls
from tests.certificates import Authority

URL = "postgresql+asyncpg://training:s3cr3t@db/training"
ANY_OF = "SUNMAO_TRAINING_DATABASE_TLS, _DATABASE_CA_FILE or the URL: "


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    return Authority(tmp_path).ca


def settings(environ: dict[str, str]) -> Settings:
    return read_settings({"SUNMAO_DATABASE_URL": URL, **environ}, "training")


def test_require_encrypts_and_asks_for_nobody() -> None:
    context = tls("require")

    assert isinstance(context, ssl.SSLContext)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_NONE, False)


@pytest.mark.parametrize("mode", ["require", "verify-ca"])
def test_with_authorities_somebody_must_vouch_for_the_server(ca: Path, mode: str) -> None:
    context = tls(mode, ca)

    assert isinstance(context, ssl.SSLContext)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, False)


def test_verify_full_also_looks_at_its_name(ca: Path) -> None:
    for context in (tls("verify-full"), tls("verify-full", ca)):
        assert isinstance(context, ssl.SSLContext)
        assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    for mode, ca in (("sometimes", None), ("verify-ca", None), ("verify-full", tmp_path / "none.pem")):
        with pytest.raises(TlsError):
            tls(mode, ca)


@pytest.mark.parametrize("query", ["ssl=verify-full", "sslmode=verify-full&sslrootcert={ca}"])
def test_an_address_may_say_it(ca: Path, query: str) -> None:
    url, context = parted(make_url(f"{URL}?{query.format(ca=ca)}&application_name=me"))

    assert isinstance(context, ssl.SSLContext)
    assert context.check_hostname
    assert dict(url.query) == {"application_name": "me"}


def test_an_address_that_says_nothing_leaves_it_to_the_driver() -> None:
    assert parted(make_url(URL)) == (make_url(URL), None)
    assert parted(make_url(f"{URL}?ssl=disable"))[1] is False


async def test_settings_come_before_the_address(ca: Path) -> None:
    environ = {"SUNMAO_TRAINING_DATABASE_TLS": "verify-full", "SUNMAO_DATABASE_CA_FILE": str(ca)}

    database = open_database("training", settings({**environ, "SUNMAO_DATABASE_URL": f"{URL}?ssl=disable"}))

    assert isinstance(database.tls, ssl.SSLContext)
    assert database.tls.check_hostname
    await database.close()


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SUNMAO_DATABASE_CA_FILE": "/ca.pem"}, "SUNMAO_DATABASE_CA_FILE is set without SUNMAO_DATABASE_TLS"),
        (
            {"SUNMAO_DATABASE_TLS": "require", "SUNMAO_DATABASE_CA_FILE": "/nowhere/ca.pem"},
            f"{ANY_OF}the authorities in /nowhere/ca.pem cannot be read",
        ),
        (
            {"SUNMAO_DATABASE_URL": f"{URL}?ssl=maybe"},
            f"{ANY_OF}TLS to the database can be ",
        ),
        ({"SUNMAO_DATABASE_URL": "s3cr3t"}, "SUNMAO_TRAINING_DATABASE_URL is no address of a database"),
    ],
)
def test_a_contradiction_is_one_line(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as error:
        open_database("training", settings(environ))

    assert str(error.value).startswith(said)
    assert "s3cr3t" not in str(error.value)


async def test_a_file_of_the_embedded_edition_knows_no_tls(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/training.db")

    assert database.tls is None
    await database.close()
