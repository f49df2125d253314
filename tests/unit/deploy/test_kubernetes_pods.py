"""How our processes run in a cluster: told all that they must be told, without rights, and stopped with patience."""

import re
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.routing import APIRoute
from typer.main import get_command

from deploy.manifests import workloads
from deploy.manifests.ingress import KEPT_INSIDE
from deploy.manifests.objects import VERSION
from shared.messaging import kafka
from shared.operations import running_service, server
from shared.operations.addresses import ISSUER_PORT, PORTS
from shared.operations.cli import cli
from shared.operations.settings import Settings, read_settings
from shared.papers import printing
from shared.web import health, pages_of_the_api
from shared.web.app import routers_of
from shared.web.service import installed_services
from tests.unit.deploy.cluster import FOLDER, OVERLAYS, Manifest, chooses, containers, of_kind, overlay, pods

SERVICES = installed_services()
LISTENING = {**PORTS, "identity": ISSUER_PORT}
OURS = "sunmao/"
every_overlay = pytest.mark.parametrize("name", OVERLAYS)
PODS = {
    f"{name}-{started}": (name, pod)
    for name in OVERLAYS
    for started, pod in pods(overlay(name))
    if containers(pod)[0]["image"].startswith(OURS)
}
every_pod = pytest.mark.parametrize("pod", [pod for _, pod in PODS.values()], ids=list(PODS))
every_pod_of_an_overlay = pytest.mark.parametrize(("name", "pod"), PODS.values(), ids=list(PODS))


def service_of(pod: Manifest) -> str | None:
    """The service of which a pod is a part, if it is."""
    name = pod["metadata"]["labels"].get("app.kubernetes.io/name")
    return name if name in SERVICES else None


def told(overlay_name: str, container: Manifest) -> dict[str, str]:
    """The environment of a container."""
    maps = {one["metadata"]["name"]: one["data"] for one in of_kind(overlay(overlay_name), "ConfigMap")}
    given = chain.from_iterable(maps[one["configMapRef"]["name"]].items() for one in container.get("envFrom", []))
    return {**dict(given), **{one["name"]: one["value"] for one in container.get("env", [])}}


def file_of(pod: Manifest, container: Manifest, path: str) -> tuple[str, str]:
    """The secret or the map, and its key, from which a file comes."""
    folder, _, key = path.rpartition("/")
    [mount] = [one for one in container["volumeMounts"] if one["mountPath"] == folder]
    [volume] = [one for one in pod["spec"]["volumes"] if one["name"] == mount["name"]]
    return volume["secret"]["secretName"] if "secret" in volume else volume["configMap"]["name"], key


@every_pod_of_an_overlay
def test_every_variable_is_a_setting_and_every_file_is_mounted(name: str, pod: Manifest) -> None:
    known = set(Settings.model_fields)
    for container in containers(pod):
        for variable, value in told(name, container).items():
            # One map tells all services, each by its name where they differ.
            said = variable.removeprefix("SUNMAO_").lower()
            setting = next((said.removeprefix(f"{one}_") for one in SERVICES if said.startswith(f"{one}_")), said)

            assert {setting, setting.removesuffix("_file")} & known, variable
            if variable.endswith("_FILE"):
                assert file_of(pod, container, value)[1] in {"url", "password", "ca.crt", "id", "secret"}


@every_pod_of_an_overlay
def test_a_process_finds_all_that_it_must_be_told(name: str, pod: Manifest, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("postgresql+asyncpg://a:b@c/d")
    for container in containers(pod):
        environ = told(name, container)
        here = {key: str(file) if key.endswith("_FILE") else value for key, value in environ.items()}
        settings = read_settings(here, service_of(pod))

        assert service_of(pod) is None or settings.database_url is not None
        if container["args"][0] in {"serve", "topics"}:
            assert settings.environment == ("production" if name == "prod" else "development")
            assert "SUNMAO_ISSUER_URL" in environ
            assert "SUNMAO_KAFKA_BOOTSTRAP" in environ


def test_behind_the_ingress_its_word_is_taken_for_whom_a_request_comes_from() -> None:
    apis = [pod for started, pod in pods(overlay("prod")) if started.endswith("-api")]

    assert {told("prod", pod["spec"]["containers"][0])["SUNMAO_TRUSTED_PROXIES"] for pod in apis} == {"*"}


def test_in_production_everybody_signs_in_under_a_name_of_its_own() -> None:
    for _, pod in pods(overlay("prod")):
        serving = pod["spec"]["containers"][0]
        if serving["args"][0] == "serve":
            settings = told("prod", serving)

            assert settings["SUNMAO_KAFKA_SECURITY_PROTOCOL"] == "SASL_SSL"
            assert settings["SUNMAO_KAFKA_USERNAME"] == f"sunmao-{service_of(pod)}"
            assert file_of(pod, serving, settings["SUNMAO_KAFKA_PASSWORD_FILE"])[0] == f"sunmao-{service_of(pod)}"


def test_every_secret_comes_from_somewhere() -> None:
    prod = overlay("prod")
    made = {one["spec"]["target"]["name"] for one in of_kind(prod, "ExternalSecret")}
    made |= {one["metadata"]["name"] for one in of_kind(prod, "KafkaUser")} | {"sunmao-cluster-ca-cert"}
    used = {
        volume["secret"]["secretName"]
        for _, pod in pods(prod)
        for volume in pod["spec"]["volumes"]
        if "secret" in volume
    }

    assert used <= made


@every_overlay
def test_no_secret_is_written_down(name: str) -> None:
    assert of_kind(overlay(name), "Secret") == []
    assert not [one for _, pod in pods(overlay(name)) for one in containers(pod) if "PASSWORD" in str(plain(one))]


def plain(container: Manifest) -> list[str]:
    """Variables whose value stands in the manifest itself, but for those that name a file."""
    return [one["name"] for one in container.get("env", []) if "value" in one and not one["name"].endswith("_FILE")]


@every_pod
def test_ports_and_probes_are_those_of_the_application(pod: Manifest) -> None:
    served = {route.path for route in health.router.routes if isinstance(route, APIRoute)}
    for container in pod["spec"]["containers"]:
        if container["args"][0] == "serve":
            probes = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}

            assert [port["containerPort"] for port in container["ports"]] == [LISTENING[container["args"][1]]]
            assert {probe["port"] for probe in probes.values()} == {container["ports"][0]["name"]}
            assert {kind: probe["path"] for kind, probe in probes.items()} == {
                "startup": "/livez", "liveness": "/livez", "readiness": "/readyz",
            }  # fmt: skip
            assert {"/livez", "/readyz", "/metrics"} <= served


@every_pod
def test_every_command_exists(pod: Manifest) -> None:
    commands: dict[str, Any] = getattr(get_command(cli), "commands", {})
    for container in pod["spec"]["containers"]:
        command, *arguments = container["args"]

        commands[command].make_context(command, list(arguments))


@every_pod
def test_nobody_has_rights_that_it_does_not_need(pod: Manifest) -> None:
    specification = pod["spec"]

    assert specification["automountServiceAccountToken"] is False
    assert specification["enableServiceLinks"] is False
    assert specification["securityContext"]["runAsNonRoot"] is True
    assert specification["securityContext"]["runAsUser"] == 10001
    assert specification["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in containers(pod):
        memory = {kind: container["resources"][kind]["memory"] for kind in ("requests", "limits")}

        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert len(set(memory.values())) == 1


@every_overlay
def test_accounts_exist_and_hold_no_token(name: str) -> None:
    accounts = {one["metadata"]["name"]: one for one in of_kind(overlay(name), "ServiceAccount")}
    used = {pod["spec"].get("serviceAccountName") for _, pod in pods(overlay(name))} - {None}

    assert used == set(accounts)
    assert all(one["automountServiceAccountToken"] is False for one in accounts.values())


@every_overlay
def test_images_are_pinned_and_ours_are_of_this_version(name: str) -> None:
    images = {container["image"] for _, pod in pods(overlay(name)) for container in containers(pod)}

    assert all(re.search(r":\d+\.\d+(\.\d+)?$", image) for image in images)
    assert {image.rpartition(":")[2] for image in images if image.startswith(OURS)} == {VERSION}


def test_a_process_may_finish_what_is_at_hand() -> None:
    """All that happens between the order to stop and the end, one after the other."""
    leaving = kafka._GRACE_SECONDS + 5
    budget = workloads.PAUSE_SECONDS + running_service._NOTICE_SECONDS + server._GRACE_SECONDS + leaving

    assert {pod["spec"]["terminationGracePeriodSeconds"] for _, pod in _lasting()} == {workloads.GRACE_SECONDS}
    assert budget <= workloads.GRACE_SECONDS


def _lasting() -> list[tuple[str, Manifest]]:
    return [(name, pod) for name, pod in pods(overlay("prod")) if pod["spec"]["containers"][0]["args"][0] == "serve"]


def test_who_prints_papers_has_memory_for_one_beside_itself() -> None:
    memory = {name: pod["spec"]["containers"][0]["resources"]["limits"]["memory"] for name, pod in _lasting()}

    for name, service in SERVICES.items():
        paper = printing._MEMORY >> 20 if service.documented else 0
        assert int(memory[f"{name}-api"].removesuffix("Mi")) >= 384 + paper


def test_a_rollout_takes_nobody_away_before_another_is_ready() -> None:
    for deployment in of_kind(overlay("prod"), "Deployment"):
        assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        assert containers(deployment["spec"]["template"])[0]["command"][-1] == "shared.operations.migrated"


@every_overlay
def test_a_job_belongs_to_its_release_and_no_setting_changes_a_migration(name: str) -> None:
    for job in of_kind(overlay(name), "Job"):
        run = job["spec"]["template"]["spec"]["containers"][0]

        assert job["metadata"]["name"].endswith(VERSION.replace(".", "-"))
        assert "envFrom" not in run or run["args"][0] == "topics"


@pytest.mark.parametrize("service", SERVICES)
def test_requests_go_to_the_api_and_not_to_the_workers(service: str) -> None:
    prod = overlay("prod")
    [found] = [one for one in of_kind(prod, "Service") if one["metadata"]["name"] == service]
    reached = [
        name
        for name, pod in pods(prod)
        if chooses({"matchLabels": found["spec"]["selector"]}, pod["metadata"]["labels"])
    ]

    assert reached == [f"{service}-api"]
    assert [port["port"] for port in found["spec"]["ports"]] == [PORTS[service]]


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_the_world_may_ask_every_route_but_those_of_operators(service: Any) -> None:
    [found] = [one for one in of_kind(overlay("prod"), "Ingress") if one["metadata"]["name"] == service.name]
    open_ = {one["path"] for one in found["spec"]["rules"][0]["http"]["paths"]}
    own = {route.path for router in routers_of(service) for route in router.routes if isinstance(route, APIRoute)}
    pages = {route.path for route in pages_of_the_api.router.routes if isinstance(route, APIRoute)}
    probes = {"/metrics", "/readyz", "/livez"}
    inside = {path for path in own if path.startswith(tuple(KEPT_INSIDE))} | KEPT_INSIDE | probes

    assert [path for path in sorted((own | pages) - inside) if not _reached(path, open_)] == []
    assert [path for path in sorted(inside) if _reached(path, open_)] == []


def _reached(path: str, prefixes: set[str]) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)


def test_new_secrets_are_all_that_a_first_look_needs() -> None:
    script = FOLDER / "new-secrets"
    one, other = (subprocess.run([script], capture_output=True, text=True, check=True).stdout for _ in range(2))
    made = {secret["metadata"]["name"]: secret["stringData"] for secret in yaml.safe_load_all(one)}
    urls = {service: made[f"{service}-database"]["url"] for service in SERVICES}
    passwords = {name: made["postgres"][f"SUNMAO_{name.upper()}_DATABASE_PASSWORD"] for name in SERVICES}

    assert set(made) == {"postgres", *(f"{service}-database" for service in SERVICES)}
    assert urls == {name: f"postgresql+asyncpg://{name}:{passwords[name]}@postgres/{name}" for name in SERVICES}
    assert len({*passwords.values(), made["postgres"]["POSTGRES_PASSWORD"]}) == len(SERVICES) + 1
    assert not {line for line in one.splitlines() if re.search("[0-9a-f]{48}", line)} & set(other.splitlines())
