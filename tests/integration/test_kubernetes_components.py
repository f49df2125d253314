"""Kustomize makes something sound of the base with every component, with any two of them, and with all."""

from itertools import combinations
from pathlib import Path

import pytest

from tests.unit.deploy.cluster import COMPONENTS, with_components, wrong

CHOICES = [(), *combinations(COMPONENTS, 1), *combinations(COMPONENTS, 2), tuple(COMPONENTS)]


@pytest.mark.parametrize("names", CHOICES, ids="+".join)
def test_components_go_together(names: tuple[str, ...], tmp_path: Path) -> None:
    assert wrong(with_components(tmp_path, names)) == []
