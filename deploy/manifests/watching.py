"""Rules and dashboards as they lie in `deploy/`, for the operator of Prometheus and for Grafana's sidecar."""

from typing import Final

import yaml

from deploy.manifests.objects import PART_OF, ROOT, Manifest, manifest

RULES: Final = ROOT / "deploy/prometheus/rules"
DASHBOARDS: Final = ROOT / "deploy/grafana/dashboards"

_GIVEN: Final = {"app.kubernetes.io/part-of": PART_OF}


def rules() -> list[Manifest]:
    """A PrometheusRule for each file of rules, word for word."""
    return [
        manifest(
            "monitoring.coreos.com/v1", "PrometheusRule", f"sunmao-{file.stem}", _GIVEN, spec=_read(file.read_text())
        )
        for file in sorted(RULES.glob("*.yml"))
    ]


def dashboards() -> Manifest:
    """A kustomization that makes a ConfigMap of each dashboard where it lies; Grafana's sidecar knows them by label."""
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "configMapGenerator": [
            {"name": f"dashboard-{file.stem}", "files": [f"dashboards/{file.name}"]}
            for file in sorted(DASHBOARDS.glob("*.json"))
        ],
        "generatorOptions": {
            "disableNameSuffixHash": True,
            "labels": {**_GIVEN, "grafana_dashboard": "1"},
            "annotations": {"grafana_folder": "Sunmao"},
        },
    }


def _read(text: str) -> Manifest:
    found: Manifest = yaml.safe_load(text)
    return {"groups": found["groups"]}
