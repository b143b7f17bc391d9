"""Check the Kubernetes manifests against the schemas of Kubernetes and against the code that they deploy."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import kubernetes_validate
import yaml

from dutycycle.runtime.settings import ServiceSettings

ROOT = Path(__file__).parents[1]
K8S = ROOT / "deploy" / "k8s"
VERSION = "1.32"
"""Release whose schemas the manifests must meet; the oldest one that docs/operators.md names."""
SERVICES = ("contracts", "ingest", "rating", "offers", "invoicing", "notify")
PORTAL = "portal"
"""Serves people over HTTP: no gRPC, no schema, an ingress controller before it."""
MAILER = "notify"
NAME = "app.kubernetes.io/name"

Document = dict[str, Any]


def main() -> int:
    """Print every fault found; return how many there are, at most 1."""
    faults: list[str] = []
    for directory in (K8S / "base", *sorted((K8S / "overlays").iterdir())):
        where = directory.relative_to(K8S).as_posix()
        faults += [f"{where}: {fault}" for fault in faults_of(rendered(directory))]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return min(len(faults), 1)


def rendered(directory: Path) -> list[Document]:
    """Return the documents of a kustomization: as kubectl renders it, or of the base's files where there is none."""
    kubectl = shutil.which("kubectl")
    if kubectl is not None:
        text = subprocess.run([kubectl, "kustomize", directory], check=True, capture_output=True, text=True).stdout
        return list(yaml.safe_load_all(text))
    base = K8S / "base"
    names = yaml.safe_load((base / "kustomization.yaml").read_text())["resources"]
    return [document for name in names for document in yaml.safe_load_all((base / name).read_text())]


def faults_of(documents: list[Document]) -> list[str]:
    """Return what is wrong with a rendered kustomization, in words."""
    faults = [fault for document in documents for fault in _schema_faults(document)]
    by_name = {(d["kind"], d["metadata"]["name"]): d for d in documents}
    told = by_name["ConfigMap", "dutycycle"]["data"]
    for service in SERVICES:
        for kind in ("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget", "NetworkPolicy"):
            if (kind, service) not in by_name:
                faults.append(f"there is no {kind} {service}")
        if not any(fault.endswith(f" {service}") for fault in faults):
            faults += [f"{service}: {fault}" for fault in _service_faults(service, by_name, told)]
    return faults + [f"{PORTAL}: {fault}" for fault in _portal_faults(by_name, told)]


def _portal_faults(by_name: dict[tuple[str, str], Document], told: dict[str, str]) -> Iterator[str]:
    settings = settings_of(PORTAL)
    port = int(settings.model_fields["listen"].default.rpartition(":")[2])
    pod = by_name["Deployment", PORTAL]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    for name in sorted({*(e["name"] for e in container["env"]), *told} - environment_of(settings)):
        yield f"{name} is no setting"
    ports = [p["containerPort"] for p in container["ports"]]
    ports += [p["port"] for p in by_name["Service", PORTAL]["spec"]["ports"]]
    ports += [container[probe]["httpGet"]["port"] for probe in ("readinessProbe", "livenessProbe")]
    if set(ports) != {port}:
        yield f"container, Service and probes name the ports {sorted(set(ports))}, the settings {port}"
    yield from _confinement_faults(pod)
    yield from _flow_faults(PORTAL, port, by_name)


def _schema_faults(document: Document) -> Iterator[str]:
    try:
        kubernetes_validate.validate(document, VERSION, strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{document['kind']} {document['metadata']['name']}: {error.message}"


def _service_faults(service: str, by_name: dict[tuple[str, str], Document], told: dict[str, str]) -> Iterator[str]:
    settings = settings_of(service)
    port = int(settings.model_fields["listen"].default.rpartition(":")[2])
    pod = by_name["Deployment", service]["spec"]["template"]["spec"]
    container = next(c for c in pod["containers"] if c["name"] == service)
    given = {e["name"]: e.get("value") for e in container["env"]}
    known = environment_of(settings)
    for name in sorted({*given, *told} - known):
        yield f"{name} is no setting"
    if given.get(f"DUTYCYCLE_{service.upper()}_LISTEN") != f"0.0.0.0:{port}":
        yield f"does not listen on {port}, its port in the settings"
    if told.get(f"DUTYCYCLE_{service.upper()}_TARGET") != f"dns:///{service}:{port}":
        yield f"its target is not dns:///{service}:{port}"
    ports = [p["containerPort"] for p in container["ports"]]
    ports += [p["port"] for p in by_name["Service", service]["spec"]["ports"]]
    ports += [container[probe]["grpc"]["port"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")]
    if set(ports) != {port}:
        yield f"container, Service and probes name the ports {sorted(set(ports))}, the settings {port}"
    if by_name["Service", service]["spec"]["clusterIP"] != "None":
        yield "its Service is not headless: calls would not be balanced"
    yield from _confinement_faults(pod)
    yield from _flow_faults(service, port, by_name)


def _confinement_faults(pod: Document) -> Iterator[str]:
    """Compare with what the namespace enforces, so that a pod is refused here and not by the cluster."""
    if (
        not pod["securityContext"]["runAsNonRoot"]
        or pod["securityContext"]["seccompProfile"]["type"] != "RuntimeDefault"
    ):
        yield "its pod may run as root or without a seccomp profile"
    for container in (*pod.get("initContainers", ()), *pod["containers"]):
        context = container["securityContext"]
        if context["allowPrivilegeEscalation"] or context["capabilities"]["drop"] != ["ALL"]:
            yield f"container {container['name']} keeps privileges"
        if not context["readOnlyRootFilesystem"] or "memory" not in container["resources"]["limits"]:
            yield f"container {container['name']} may write its image or take memory without limit"


def _flow_faults(service: str, port: int, by_name: dict[tuple[str, str], Document]) -> Iterator[str]:
    """Compare the policy's peers with those that the code connects to, in both directions."""
    policy = by_name["NetworkPolicy", service]["spec"]
    called = {name for rule in policy["egress"] or () for name in _peers(rule.get("to")) if name in SERVICES}
    if called != peers_in_code(service):
        yield f"its policy lets it call {sorted(called)}; its code calls {sorted(peers_in_code(service))}"
    callers = {name for rule in policy["ingress"] for name in _peers(rule.get("from"))}
    expected = {other for other in (*SERVICES, PORTAL) if service in peers_in_code(other)}
    if callers != expected:
        yield f"its policy admits {sorted(callers)}; called it is by {sorted(expected)}"
    if {p["port"] for rule in policy["ingress"] for p in rule["ports"]} != {port}:
        yield f"its policy opens another port than {port}"
    reaches_out = any("to" not in rule for rule in policy["egress"] or ())
    if reaches_out != (service == MAILER):
        yield f"{MAILER} alone may reach the world outside"


def _peers(selectors: list[Document] | None) -> Iterator[str]:
    for selector in selectors or ():
        name = selector.get("podSelector", {}).get("matchLabels", {}).get(NAME)
        if name is not None:
            yield name


def settings_of(service: str) -> type[ServiceSettings]:
    """Return the settings class of a service."""
    return cast("type[ServiceSettings]", importlib.import_module(f"dutycycle.{service}.settings").Settings)


def environment_of(settings: type[ServiceSettings]) -> set[str]:
    """Return the names of the environment variables that settings are read from."""
    return {str(field.validation_alias) for field in settings.model_fields.values()}


def peers_in_code(service: str) -> set[str]:
    """Return the services whose target this one connects to."""
    source = ROOT / "services" / service / "src"
    if any("stubs(settings)" in path.read_text() for path in source.rglob("*.py")):
        return set(SERVICES)  # a stub for each
    used = {
        name
        for path in source.rglob("*.py")
        if path.name != "settings.py"
        for name in re.findall(r"settings\.(\w+)_target", path.read_text())
    }
    return used & set(SERVICES)


if __name__ == "__main__":
    sys.exit(main())
