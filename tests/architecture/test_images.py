"""What the Dockerfile and the compose file promise, as far as it can be read without a container engine."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.notify.settings import NotifySettings
from shared.operations.addresses import ISSUER_PORT, PORTS
from shared.operations.health import port_of
from shared.operations.settings import Settings, read_settings
from shared.papers import printing
from shared.web.service import installed_services, is_present
from tests.containers import KAFKA_IMAGE, POSTGRES_IMAGE

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text()
INSTRUCTIONS = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).splitlines()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
SERVICES = sorted(PORTS)
SERVERS = ["kafka", "postgres"]
LASTING = [*SERVERS, "identity", *SERVICES]
JOBS = ["topics", *(f"migrate-{service}" for service in SERVICES)]
ON_DEMAND = ["sunmao", "demo"]
WATCHING = [
    "prometheus", "alertmanager", "alerts-client", "grafana", "otel-collector", "jaeger", "kafka-exporter",
    "postgres-exporter",
]  # fmt: skip
PROVIDER = "keycloak"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def copied(service: str, code: str | None = None) -> list[str]:
    """What the build of an image takes from the checkout."""
    variables = {"${CODE}": code or f"services/{service}", "${SERVICE}": service, "${REQUIREMENTS}": service}
    found: list[str] = []
    for instruction in INSTRUCTIONS:
        if instruction.startswith(("COPY", "ADD")) and "--from=" not in instruction:
            for name, value in variables.items():
                instruction = instruction.replace(name, value)  # noqa: PLW2901
            found += instruction.split()[1:-1]
    return found


def waits(container: str, condition: str) -> set[str]:
    """What must be in this condition before the container starts."""
    wanted = CONTAINERS[container].get("depends_on", {})
    return {name for name, given in wanted.items() if given["condition"] == condition}


def as_given(environment: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a container, with `.env.example` (where secrets have no value) filled in."""
    lines = re.findall(r"^(SUNMAO_\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    values = {name: value or "secret" for name, value in lines}
    filled = {name: values.get(name) if value is None else value for name, value in environment.items()}
    return {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: values[found[1]], value)
        for name, value in filled.items()
        if value is not None
    }


def loose_secrets(environment: Mapping[str, object]) -> list[str]:
    """Variables whose secret is written down here, or has a value when nobody gives one."""
    found = []
    for name, value in environment.items():
        secret = re.search(r":[^/@]*@", str(value)) or ("PASSWORD" in name and value)
        if secret and not re.search(r"\$\{SUNMAO_\w+_PASSWORD(:\?[^}]*)?\}", str(value)):
            found.append(name)
    return found


def test_an_image_takes_shared_and_its_own_service_and_no_other_code() -> None:
    assert copied("talent") == [
        "requirements/talent.txt", "requirements/build.txt", "pyproject.toml", "README.md", "LICENSE",
        "shared", "services/talent",
    ]  # fmt: skip


def test_the_issuer_has_no_service_and_the_command_line_has_all() -> None:
    given = {name: CONTAINERS[name]["build"]["args"] for name in ("identity", "topics")}

    assert given["identity"] == {"SERVICE": "identity", "REQUIREMENTS": "core", "CODE": "shared"}
    assert given["topics"] == {"SERVICE": "operations", "CODE": "services"}


@pytest.mark.parametrize("path", ["requirements/build.txt", "pyproject.toml", "README.md", "LICENSE", "shared"])
def test_what_is_copied_reaches_the_engine(path: str) -> None:
    let_through = (ROOT / ".dockerignore").read_text().splitlines()

    assert f"!{path.partition('/')[0]}" in let_through
    assert "*" in let_through


def test_every_package_of_an_image_is_checked_against_its_hash() -> None:
    installs = [run for run in INSTRUCTIONS if "install" in run and run.startswith("RUN") and "pip" in run]

    assert installs
    assert all("--require-hashes" in run or "--no-index" in run for run in installs)


def test_only_plain_instructions_are_used() -> None:
    known = {"ARG", "FROM", "COPY", "RUN", "ENV", "LABEL", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD"}

    assert {line.split()[0] for line in INSTRUCTIONS if line.strip() and not line.startswith(" ")} <= known
    assert not re.search(r"# *syntax=|--mount|<<", DOCKERFILE)


def test_the_process_is_nobody_special_and_its_health_needs_no_curl() -> None:
    user = [line.split()[1] for line in INSTRUCTIONS if line.startswith("USER")]
    health = [line for line in INSTRUCTIONS if line.startswith("HEALTHCHECK")]

    assert user == ["10001:10001"]
    assert "shared.operations.health" in health[0]


@pytest.mark.parametrize("service", [*SERVICES, "identity"])
def test_health_is_asked_for_where_the_service_listens(service: str) -> None:
    assert port_of({"SUNMAO_SERVICE": service}) == {**PORTS, "identity": ISSUER_PORT}[service]
    assert port_of({"SUNMAO_SERVICE": service, "SUNMAO_PORT": "9", f"SUNMAO_{service.upper()}_PORT": "7"}) == 7


def test_health_of_a_process_that_is_not_there_is_bad() -> None:
    question = [sys.executable, "-m", "shared.operations.health"]
    answer = subprocess.run(question, env={"SUNMAO_PORT": "1"}, cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 1
    assert "nothing answers on port 1" in answer.stdout


def test_the_compose_file_has_these_containers() -> None:
    assert sorted(CONTAINERS) == sorted([*LASTING, *JOBS, *ON_DEMAND, *WATCHING, PROVIDER])


def test_what_not_everybody_wants_stands_in_a_profile() -> None:
    profiles = {name: given["profiles"] for name, given in CONTAINERS.items() if "profiles" in given}

    assert {name for name, given in profiles.items() if given == ["observability"]} == set(WATCHING)
    assert profiles[PROVIDER] == ["identity"]
    assert set(profiles) == {*WATCHING, PROVIDER, *ON_DEMAND}


@pytest.mark.parametrize("name", CONTAINERS)
def test_whoever_is_waited_for_to_be_healthy_is_asked(name: str) -> None:
    unasked = {
        other
        for other in waits(name, "service_healthy")
        if CONTAINERS[other].get("healthcheck") == {"disable": True}
        or ("healthcheck" not in CONTAINERS[other] and "build" not in CONTAINERS[other])
    }

    assert unasked == set()


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_has_a_limit_of_memory_and_of_its_log(name: str) -> None:
    container = CONTAINERS[name]

    assert re.fullmatch(r"\d+[MG]", container["deploy"]["resources"]["limits"]["memory"])
    assert set(container["logging"]["options"]) == {"max-size", "max-file"}


@pytest.mark.parametrize("service", SERVICES)
def test_who_prints_papers_has_memory_for_one_beside_itself(service: str) -> None:
    memory = int(CONTAINERS[service]["deploy"]["resources"]["limits"]["memory"].removesuffix("M"))
    paper = printing._MEMORY >> 20 if installed_services()[service].documented else 0

    assert memory >= 384 + paper


@pytest.mark.parametrize("name", [name for name in CONTAINERS if name not in {*SERVERS, PROVIDER}])
def test_what_is_ours_cannot_write_to_its_image_nor_gain_rights(name: str) -> None:
    container = CONTAINERS[name]

    assert container["read_only"] is True
    assert container["tmpfs"] == ["/tmp"]  # noqa: S108
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_started_again(name: str) -> None:
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", [*JOBS, *ON_DEMAND])
def test_what_runs_once_is_not_started_again_nor_asked_for_health(name: str) -> None:
    assert CONTAINERS[name]["restart"] == "no"
    assert CONTAINERS[name]["healthcheck"] == {"disable": True}


def test_the_servers_are_asked_what_only_a_working_server_answers() -> None:
    assert "kafka-topics.sh" in CONTAINERS["kafka"]["healthcheck"]["test"][1]
    assert "pg_isready" in CONTAINERS["postgres"]["healthcheck"]["test"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_waits_for_servers_topics_and_its_migration(service: str) -> None:
    assert waits(service, "service_healthy") == set(SERVERS)
    assert waits(service, "service_completed_successfully") == {"topics", f"migrate-{service}"}
    assert "healthcheck" not in CONTAINERS[service]


def test_each_job_waits_for_the_server_that_it_works_on() -> None:
    assert {job: waits(job, "service_healthy") for job in JOBS} == {
        job: {"kafka" if job == "topics" else "postgres"} for job in JOBS
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_and_its_migration_run_from_one_image_against_one_database(service: str) -> None:
    serving, migrating = CONTAINERS[service], CONTAINERS[f"migrate-{service}"]

    assert serving["image"] == migrating["image"] == f"sunmao/{service}:{VERSION}"
    assert serving["build"]["args"] == {"SERVICE": service}
    assert migrating["command"] == ["migrate", service]
    assert migrating["environment"] == serving["environment"]
    database = read_settings(as_given(serving["environment"]), service).database_url
    assert database is not None
    assert database.get_secret_value() == f"postgresql+asyncpg://{service}:secret@postgres/{service}"


def test_ports_are_the_known_ones_and_only_this_machine_reaches_them() -> None:
    published = {name: given["ports"] for name, given in CONTAINERS.items() if "ports" in given}
    watching = {"prometheus": 9090, "alertmanager": 9093, "grafana": 3000, "otel-collector": 4318, "jaeger": 16686}
    known = {"kafka": 9094, "identity": ISSUER_PORT, PROVIDER: 8080, **PORTS, **watching}

    assert {name: ports for name, ports in published.items() if ports} == {
        name: [f"127.0.0.1:{port}:{port}"] for name, port in known.items()
    }


def test_images_are_pinned_and_the_servers_are_those_of_the_tests() -> None:
    base = re.findall(r"^ARG PYTHON=(.*)$", DOCKERFILE, re.MULTILINE)
    images = [*base, *(container["image"] for container in CONTAINERS.values())]

    assert all(re.search(r":v?\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image) for image in images)
    assert (CONTAINERS["kafka"]["image"], CONTAINERS["postgres"]["image"]) == (KAFKA_IMAGE, POSTGRES_IMAGE)
    assert all(line == "FROM packages AS code" or "${PYTHON}" in line for line in INSTRUCTIONS if "FROM" in line[:4])


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_secret_has_a_value_that_nobody_gave(name: str) -> None:
    assert loose_secrets(CONTAINERS[name].get("environment", {})) == []


@pytest.mark.parametrize("value", ["postgres", "${SUNMAO_POSTGRES_PASSWORD:-postgres}"])
def test_a_default_secret_would_be_seen(value: str) -> None:
    assert loose_secrets({"POSTGRES_PASSWORD": value, "A_URL": f"postgresql://me:{value}@there/a"}) == [
        "POSTGRES_PASSWORD", "A_URL",
    ]  # fmt: skip


def test_the_new_env_gives_every_secret_a_value_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/new-env", ".env.example"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    again = [subprocess.run(["sh", tmp_path / "deploy/new-env"], capture_output=True, check=False) for _ in range(2)]
    lines = (tmp_path / ".env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    secrets = [value for name, value in given.items() if name.endswith(("_PASSWORD", "_SECRET"))]

    assert [run.returncode for run in again] == [0, 0]
    assert b"Added: nothing" in again[1].stderr
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert len({*secrets}) == len(secrets) == len(SERVICES) + 5
    assert (tmp_path / ".secrets/alerts").read_text() == given["SUNMAO_ALERTS_SECRET"]
    assert (tmp_path / ".secrets").stat().st_mode & 0o077 == 0
    assert all(re.fullmatch("[0-9a-f]{48}", secret) for secret in secrets)


def test_an_older_env_gets_what_it_lacks_and_keeps_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/new-env", ".env.example"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / ".env").write_text("SUNMAO_POSTGRES_PASSWORD=old\n")

    subprocess.run(["sh", tmp_path / "deploy/new-env"], capture_output=True, check=True)

    lines = (tmp_path / ".env").read_text().splitlines()
    assert lines[0] == "SUNMAO_POSTGRES_PASSWORD=old"
    assert len([line for line in lines if line.startswith("SUNMAO_GRAFANA_PASSWORD=")]) == 1
    assert sum(line.startswith("SUNMAO_POSTGRES_PASSWORD=") for line in lines) == 1


def test_every_value_that_compose_demands_is_in_the_example() -> None:
    demanded = set(re.findall(r"\$\{(SUNMAO_\w+)", (ROOT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^(SUNMAO_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert demanded <= offered


@pytest.mark.parametrize("name", [*SERVICES, "identity", *JOBS])
def test_no_setting_is_misspelt(name: str) -> None:
    known = {f"SUNMAO_{setting.upper()}" for setting in Settings.model_fields}
    own = {f"SUNMAO_{name.removeprefix('migrate-').upper()}_{of}" for of in ("DATABASE_URL", "PUBLIC_URL")}
    notify = {f"SUNMAO_NOTIFY_{setting.upper()}" for setting in NotifySettings.model_fields}

    assert set(CONTAINERS[name]["environment"]) <= known | own | notify


def test_every_service_gets_a_database_and_a_role() -> None:
    script = (ROOT / "deploy/postgres/10-services.sh").read_text()
    listed = re.search(r"for service in (.*); do", script)

    assert listed is not None
    assert sorted(listed[1].split()) == SERVICES


@pytest.mark.parametrize(
    ("module", "present"), [("services.talent.main", True), ("services.market.main", False), ("x.y.main", False)]
)
def test_a_service_counts_as_installed_where_its_code_is(module: str, present: bool) -> None:
    assert is_present(EntryPoint("some", f"{module}:SERVICE", "sunmao.services")) is present
