"""Who may speak to whom in a cluster: nobody to anybody, but for what is listed."""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

import pytest

from shared.web.service import installed_services
from tests.unit.deploy.cluster import OVERLAYS, Manifest, chooses, of_kind, overlay, pods

SERVICES = installed_services()
every_overlay = pytest.mark.parametrize("name", OVERLAYS)
INSIDE = ("10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.1.1", "::1", "fd00::1")


def policies(name: str, pod: Manifest) -> list[Manifest]:
    """What the policies that choose a pod say."""
    found = [one["spec"] for one in of_kind(overlay(name), "NetworkPolicy")]
    return [one for one in found if chooses(one["podSelector"], pod["metadata"]["labels"])]


def peers(name: str, pod: Manifest) -> Iterator[tuple[Manifest, list[object]]]:
    """To whom a pod may speak, and on which ports."""
    for policy in policies(name, pod):
        for rule in policy.get("egress", []):
            for peer in rule["to"]:
                yield peer, [port["port"] for port in rule["ports"]]


@every_overlay
def test_every_pod_is_shut_in_both_directions(name: str) -> None:
    for started, pod in pods(overlay(name)):
        shut = {kind for policy in policies(name, pod) for kind in policy["policyTypes"]}

        assert shut == {"Ingress", "Egress"}, started


@every_overlay
def test_no_policy_opens_to_everybody(name: str) -> None:
    for policy in of_kind(overlay(name), "NetworkPolicy"):
        rules = [*policy["spec"].get("egress", []), *policy["spec"].get("ingress", [])]

        assert all(rule.get("to") or rule.get("from") for rule in rules)
        assert all(peer for rule in rules for peer in (rule.get("to") or rule["from"]))
        assert all(rule["ports"] for rule in rules)


@every_overlay
def test_only_the_workers_of_notify_reach_the_internet(name: str) -> None:
    out = {started for started, pod in pods(overlay(name)) for peer, _ in peers(name, pod) if "ipBlock" in peer}

    assert out == {"notify-worker"}


def test_who_reaches_the_internet_reaches_nothing_inside_by_it() -> None:
    [pod] = [pod for started, pod in pods(overlay("prod")) if started == "notify-worker"]
    blocks = [peer["ipBlock"] for peer, _ in peers("prod", pod) if "ipBlock" in peer]

    assert [address for address in INSIDE if any(_admits(block, address) for block in blocks)] == []
    assert any(_admits(block, "93.184.216.34") for block in blocks)


def _admits(block: Manifest, text: str) -> bool:
    address = ip_address(text)
    refused = any(address in ip_network(part) for part in block.get("except", []))
    return address in ip_network(block["cidr"]) and not refused


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reaches_no_database_but_its_own(service: str) -> None:
    for started, pod in pods(overlay("prod")):
        if pod["metadata"]["labels"].get("app.kubernetes.io/name") == service:
            reached = {
                label
                for peer, ports in peers("prod", pod)
                if 5432 in ports
                for label in peer["podSelector"]["matchLabels"]
            }

            assert reached == {f"sunmao/database-of-{service}"}, started


def test_services_do_not_call_each_other() -> None:
    for started, pod in pods(overlay("prod")):
        for peer, _ in peers("prod", pod):
            for other, target in pods(overlay("prod")):
                reached = "podSelector" in peer and chooses(peer["podSelector"], target["metadata"]["labels"])

                assert not reached, f"{started} reaches {other}"


def test_the_servers_of_a_first_look_are_those_that_are_reached() -> None:
    dev = overlay("dev")
    servers = {
        started: pod["metadata"]["labels"] for started, pod in pods(dev) if started in {"kafka", "postgres", "identity"}
    }
    for started, pod in pods(dev):
        if started.endswith("-api"):
            reached = {
                other
                for peer, _ in peers("dev", pod)
                for other, labels in servers.items()
                if chooses(peer.get("podSelector", {"matchLabels": {"": ""}}), labels)
            }

            assert reached == set(servers)
