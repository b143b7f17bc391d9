"""The check of the Kubernetes manifests finds what is wrong with them, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.kubernetes import K8S, faults_of, rendered

Documents = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def committed() -> list[dict[str, Any]]:
    return rendered(K8S / "base")


@pytest.fixture
def base(committed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The base, to be damaged."""
    return copy.deepcopy(committed)


@pytest.mark.parametrize("directory", [K8S / "base", *sorted((K8S / "overlays").iterdir())], ids=lambda d: d.name)
def test_what_is_committed_has_no_fault(directory: Path) -> None:
    assert faults_of(rendered(directory)) == []


def pod(documents: Documents, service: str) -> dict[str, Any]:
    found: dict[str, Any] = documents["Deployment", service]["spec"]["template"]["spec"]
    return found


def misspell_a_field(documents: Documents) -> None:
    documents["Deployment", "rating"]["spec"]["replica"] = 3


def misspell_a_setting(documents: Documents) -> None:
    pod(documents, "rating")["containers"][0]["env"].append({"name": "DUTYCYCLE_RATING_CORES", "value": "require"})


def serve_on_another_port(documents: Documents) -> None:
    documents["Service", "ingest"]["spec"]["ports"][0]["port"] = 9


def point_at_another_service(documents: Documents) -> None:
    documents["ConfigMap", "dutycycle"]["data"]["DUTYCYCLE_OFFERS_TARGET"] = "dns:///contracts:7101"


def forbid_a_call(documents: Documents) -> None:
    documents["NetworkPolicy", "offers"]["spec"]["egress"].pop()


def admit_a_stranger(documents: Documents) -> None:
    callers = documents["NetworkPolicy", "invoicing"]["spec"]["ingress"][0]["from"]
    callers.append({"podSelector": {"matchLabels": {"app.kubernetes.io/name": "rating"}}})


def let_rating_out(documents: Documents) -> None:
    documents["NetworkPolicy", "rating"]["spec"]["egress"].append({"ports": [{"protocol": "TCP", "port": 443}]})


def run_as_root(documents: Documents) -> None:
    pod(documents, "notify")["securityContext"]["runAsNonRoot"] = False


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (misspell_a_field, "'replica' was unexpected"),
        (misspell_a_setting, "DUTYCYCLE_RATING_CORES is no setting"),
        (serve_on_another_port, "name the ports [9, 7102]"),
        (point_at_another_service, "its target is not dns:///offers:7104"),
        (forbid_a_call, "its code calls ['contracts', 'rating']"),
        (admit_a_stranger, "its policy admits ['notify', 'portal', 'rating']"),
        (let_rating_out, "notify alone may reach the world outside"),
        (run_as_root, "may run as root"),
    ],
)
def test_a_fault_is_found(base: list[dict[str, Any]], damage: Callable[[Documents], None], fault: str) -> None:
    damage({(document["kind"], document["metadata"]["name"]): document for document in base})
    assert any(fault in found for found in faults_of(base))


def test_a_service_that_was_forgotten_is_missed(base: list[dict[str, Any]]) -> None:
    left = [d for d in base if (d["kind"], d["metadata"]["name"]) != ("PodDisruptionBudget", "ingest")]
    assert faults_of(left) == ["there is no PodDisruptionBudget ingest"]
