"""What tools made for it say of the Dockerfile and the compose file, and what a bill of materials lists."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.sbom import LISTS, write

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent


def run(tool: str, *arguments: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([BIN / tool, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    judged = run("hadolint", "deploy/Dockerfile")

    assert (judged.returncode, judged.stdout) == (0, "")


@pytest.mark.parametrize("profiles", [[], ["observability"], ["identity"], ["observability", "identity"]])
def test_compose_understands_its_file_with_every_profile(tmp_path: Path, profiles: list[str]) -> None:
    env = tmp_path / ".env"
    env.write_text(re.sub(r"^(SUNMAO_\w+)=$", r"\1=x", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    wanted = [word for profile in profiles for word in ("--profile", profile)]

    judged = run("docker-compose", "--env-file", str(env), *wanted, "config", "--quiet")

    assert (judged.returncode, judged.stderr) == (0, "")


def test_compose_says_what_to_run_where_there_is_no_env(tmp_path: Path) -> None:
    empty = tmp_path / ".env"
    empty.write_text("")

    judged = run("docker-compose", "--env-file", str(empty), "config", "--quiet")

    assert judged.returncode != 0
    assert "run ./deploy/new-env" in judged.stderr


@pytest.mark.parametrize("image", ["notify", "identity"])
def test_a_bill_of_materials_lists_what_the_image_is_built_from(tmp_path: Path, image: str) -> None:
    document = json.loads(write(tmp_path, image).read_text())
    pinned = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / f"requirements/{LISTS[image]}.txt").read_text(), re.MULTILINE)

    assert {(each["name"], each["version"]) for each in document["components"]} == set(pinned)
    assert document["metadata"]["component"]["name"] == "sunmao"
    hashes = [each["externalReferences"][0].get("hashes") for each in document["components"]]
    assert all(hashes)
