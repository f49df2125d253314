"""A pod of ours: one container, nobody special, on a root that it cannot write to, with secrets as files."""

from typing import Any, Final

from deploy.manifests.objects import VERSION, Manifest, labels

CONTAINER: Final = "sunmao"
"""The name of the one container of every pod of ours, by which components add to it."""
GATE: Final = "schema"
"""The name of the container that runs first and waits for the migration."""
TOLD: Final = [{"configMapRef": {"name": "sunmao"}}]
"""What all processes are told alike. Its name changes with its content, so that a new setting is a rollout; what works
on a database alone does without, for a Job cannot be changed."""
MEMORY: Final = "384Mi"

_USER: Final = 10001
_NO_RIGHTS: Final[Manifest] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


def template(name: str, component: str, container: Manifest, **more: Any) -> Manifest:
    """What a Deployment or a Job starts. `more` goes into the pod's specification."""
    container["volumeMounts"] = [{"name": "tmp", "mountPath": "/tmp"}, *container.get("volumeMounts", [])]  # noqa: S108
    volumes = [{"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}, *more.pop("volumes", [])]
    specification = {
        "serviceAccountName": name,
        "automountServiceAccountToken": False,
        # A Service called `sunmao-notify` would set SUNMAO_NOTIFY_PORT=tcp://… in every pod, and that is a setting.
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": _USER,
            "runAsGroup": _USER,
            "fsGroup": _USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        **more,
        "containers": [container],
        "volumes": volumes,
    }
    return {"metadata": {"labels": labels(name, component)}, "spec": specification}


def container(image: str, *, name: str = CONTAINER, memory: str = MEMORY, **more: Any) -> Manifest:
    """A container of one of our images. As much memory as it may have is set aside for it."""
    return {
        "name": name,
        "image": f"sunmao/{image}:{VERSION}",
        **more,
        "resources": {"requests": {"cpu": "100m", "memory": memory}, "limits": {"memory": memory}},
        "securityContext": _NO_RIGHTS,
    }


def secret_file(volume: str, secret: str) -> tuple[Manifest, Manifest]:
    """A volume with a secret's values as files that only our user can read, and where it is mounted."""
    kept = {"name": volume, "secret": {"secretName": secret, "defaultMode": 0o440}}
    return kept, {"name": volume, "mountPath": f"/run/secrets/{volume}", "readOnly": True}


def database_of(service: str) -> tuple[list[Manifest], Manifest, Manifest]:
    """How a process is told of its service's database: the variable, the volume, the mount."""
    volume, mount = secret_file("database", f"{service}-database")
    variable = f"SUNMAO_{service.upper()}_DATABASE_URL_FILE"
    return [{"name": variable, "value": "/run/secrets/database/url"}], volume, mount
