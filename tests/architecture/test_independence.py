"""Each service starts where only it and `shared` exist, and the embedded edition on nothing but its own packages."""

import ast
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = sorted({file.parent.name for file in ROOT.glob("services/*/main.py")})
NUMERIC = {"numpy", "scipy", "pandas", "scikit-learn", "statsforecast", "ortools"}

# The interpreter runs without site (-S), so that the editable installation of this checkout cannot lend its code, and
# without what is installed beside the packages of the embedded edition: brokers' clients, numeric libraries, tools.
START = """
import importlib, json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {absent}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements/core.txt", name=name)

sys.meta_path.insert(0, Absent())
sys.path[:0] = {places}
for module in {modules}:
    importlib.import_module(module)
from shared.web.service import installed_services
found = {{name: service.name for name, service in installed_services().items()}}
print(json.dumps({{"found": found, "imported": sorted(sys.modules)}}))
"""


@pytest.fixture(scope="module", params=SERVICES)
def alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder named after a service, where only it and `shared` are."""
    folder = tmp_path_factory.mktemp("alone") / request.param
    for part in ("shared", f"services/{request.param}"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def start(folder: Path, *modules: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that imports these modules; it sees this folder, and the core's packages."""
    places = [str(folder), *{sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}]
    program = START.format(places=places, modules=modules, absent=beyond_core())
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], cwd=folder, env={}, capture_output=True, text=True, check=False
    )


def beyond_core() -> set[str]:
    """The modules installed here that the embedded edition has to do without."""
    allowed = {"sunmao", *pinned("core")}
    return {module for module, names in packages_distributions().items() if allowed.isdisjoint(map(normalised, names))}


def pinned(name: str) -> list[str]:
    """The distributions of one set of packages."""
    return re.findall(r"^([a-z0-9-]+)==", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE)


def normalised(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_the_core_does_without_brokers_and_numbers() -> None:
    assert {"faststream", "aiokafka", "confluent_kafka", "asyncpg", "pytest"} <= beyond_core()
    assert {"fastapi", "sqlalchemy", "yaml"}.isdisjoint(beyond_core())


def test_a_service_starts_where_no_other_exists_on_the_packages_of_the_embedded_edition(alone: Path) -> None:
    began = start(alone, f"services.{alone.name}.main", "shared.operations.running", "shared.operations.cli")

    assert began.returncode == 0, began.stderr
    told = json.loads(began.stdout)
    assert told["found"] == {alone.name: alone.name}
    assert not [name for name in told["imported"] if name.startswith("services.") and name.split(".")[1] != alone.name]


@pytest.mark.parametrize("service", [*SERVICES, "core"])
def test_what_a_service_installs_holds_no_numeric_library(service: str) -> None:
    assert NUMERIC.isdisjoint(pinned(service))


def test_only_who_prints_papers_carries_the_typesetter_and_its_fonts() -> None:
    lists = (*SERVICES, "core", "embedded", "operations", "local")
    printers = {name for name in lists if {"typst", "pylopdf-fonts-zh-cn", "segno"} <= set(pinned(name))}

    assert printers == {"partnership", "training", "embedded", "local"}
    assert {name for name in lists if "typst" in pinned(name)} == printers


def test_a_broker_s_client_in_the_embedded_edition_would_be_seen(alone: Path) -> None:
    began = start(alone, "shared.operations.running_service")

    assert began.returncode == 1
    assert "is not in requirements/core.txt" in began.stderr


def test_a_service_that_needs_another_would_be_seen(alone: Path) -> None:
    other = next(name for name in SERVICES if name != alone.name)

    began = start(alone, f"services.{other}.main")

    assert began.returncode == 1
    assert f"No module named 'services.{other}'" in began.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_names_no_other_even_for_the_type_checker(service: str) -> None:
    others = {name for file in (ROOT / "services" / service).rglob("*.py") for name in services_named(file.read_text())}

    assert others <= {service}


def test_shared_names_no_service() -> None:
    assert [file for file in (ROOT / "shared").rglob("*.py") if services_named(file.read_text())] == []


def test_a_service_named_for_the_type_checker_is_seen() -> None:
    source = "if TYPE_CHECKING:\n    from services.talent.domain import skill\n    import services.notify.ports"

    assert services_named(source) == {"talent", "notify"}


def services_named(source: str) -> set[str]:
    """The services that a module imports from, wherever in it."""
    modules: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    return {name.split(".")[1] for name in modules if name.startswith("services.")}
