"""Deployment files are linted: units as systemd reads them and hardened, YAML as its readers do, nothing named that is not."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from vigie.app.command import COMMANDS
from vigie.cli.archiving import archive
from vigie.node import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes", "LockPersonality": "yes", "CapabilityBoundingSet": "", "UMask": "0077",
    "SystemCallArchitectures": "native", "RestrictNamespaces": "yes",
}  # fmt: skip
TEMPLATES = sorted((DEPLOY / "helm" / "vigie" / "templates").glob("*.yaml"))
WORST = 2.0
"""Most exposure that `systemd-analyze security` may tell (0 to 10; below 2 it says OK)."""


def keys_of(path):
    return re.findall(r"(?m)^([A-Za-z]+)=(.*)$", path.read_text())


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_reads_every_unit(path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False)
    wrong = [line for line in told.stderr.splitlines() if path.stem in line and "is not executable" not in line]
    assert wrong == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_every_service_is_hardened(path):
    assert HARDENED.items() <= dict(keys_of(path)).items()
    if shutil.which("systemd-analyze") is not None:
        told = subprocess.run(["systemd-analyze", "security", "--offline=true", path], capture_output=True, text=True,
                              check=False).stdout  # fmt: skip
        assert float(re.search(r"exposure level for \S+: ([0-9.]+)", told)[1]) <= WORST


def test_settings_and_commands_that_are_named_exist():
    text = "\n".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    names = {f"VIGIE_{name.upper()}" for name in Settings.__struct_fields__}
    assert set(re.findall(r"\bVIGIE_[A-Z_]+\b", text)) <= names
    for command in re.findall(r"(?:bin/|\"|exec )vigie\"?,? \"?([a-z]+)", text):
        assert command in COMMANDS
    assert "--keep" in [option for parameter in archive.params for option in parameter.opts]


def test_the_timer_starts_a_unit_that_is_there():
    assert (DEPLOY / "systemd" / "vigie-archive.timer").with_suffix(".service") in SERVICES


def test_compose_mounts_and_needs_only_what_it_declares():
    told = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
    for service in told["services"].values():
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in told["volumes"]
        assert set(service.get("depends_on", ())) <= set(told["services"])
        assert set(service.get("secrets", ())) <= set(told["secrets"])
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")  # a proxy with TLS stands before it
    for name in ("node", "scheduler", "worker"):
        ours = told["services"][name]
        assert ours["read_only"] is True
        assert ours["cap_drop"] == ["ALL"]
    assert (DEPLOY / "compose" / told["x-vigie"]["build"]["context"]).resolve() == ROOT
    assert (ROOT / told["x-vigie"]["build"]["dockerfile"]).is_file()


def rendered(path):
    """What Helm makes of a template with the default values: ours use values, the release's name and one condition."""
    values = yaml.safe_load((DEPLOY / "helm" / "vigie" / "values.yaml").read_text())

    def value(match):
        words = match[1].removeprefix("toJson ").strip()
        if words == ".Release.Name":
            return "a"
        found = values
        for name in words.removeprefix(".Values.").split("."):
            found = found[name]
        return yaml.safe_dump(found, default_flow_style=True).strip().removesuffix("...").strip() \
            if isinstance(found, dict) else str(found)  # fmt: skip

    text = re.sub(r"(?m)^\{\{-? (if .*|end) \}\}$", "", path.read_text())
    return list(yaml.safe_load_all(re.sub(r"\{\{ (.+?) \}\}", value, text)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_chart_renders_to_hardened_objects(path):
    kinds = {"StatefulSet": "apps/v1", "Deployment": "apps/v1", "Service": "v1", "PersistentVolumeClaim": "v1"}
    objects = rendered(path)
    assert objects
    for told in objects:
        assert told["apiVersion"] == kinds[told["kind"]]
        assert re.fullmatch(r"[a-z0-9-]+", told["metadata"]["name"])
        if told["apiVersion"] != "apps/v1":
            continue
        spec = told["spec"]["template"]["spec"]
        assert told["spec"]["selector"]["matchLabels"].items() <= told["spec"]["template"]["metadata"]["labels"].items()
        assert spec["securityContext"]["runAsNonRoot"] is True
        mounted = {volume["name"] for volume in spec["volumes"]}
        for container in spec["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {one["name"] for one in container["volumeMounts"]} <= mounted


def test_one_node_has_one_sequencer():
    node = next(told for told in rendered(DEPLOY / "helm" / "vigie" / "templates" / "node.yaml") if told["kind"] == "StatefulSet")
    assert node["spec"]["replicas"] == 1


def test_the_image_installs_extras_that_exist():
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = re.search(r"/src\[([a-z,]+)\]", (DEPLOY / "Containerfile").read_text())[1].split(",")
    assert set(named) <= set(extras)
