"""compose.yaml: every container of ours is shut in, and nothing inside can be reached from outside."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.deploy.dockerfile import HOUSE, stages

OURS = ("xize", "worker")


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HOUSE / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


@pytest.mark.parametrize("name", OURS)
def test_ours_run_with_nothing_they_do_not_need(services: dict[str, Any], name: str) -> None:
    service = services[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own


@pytest.mark.parametrize("name", OURS)
def test_what_is_kept_lies_on_a_volume(services: dict[str, Any], name: str) -> None:
    (volume,) = stages()[1].texts("VOLUME")

    assert [mount.partition(":")[2] for mount in services[name]["volumes"]] == [volume]


def test_the_one_machine_is_reached_from_itself_alone_and_the_many_through_the_proxy(
    services: dict[str, Any],
) -> None:
    assert services["xize"]["ports"] == ["127.0.0.1:8080:8080"]
    assert "ports" not in services["worker"]
    assert "ports" not in services["database"]
    assert services["proxy"]["ports"]
    assert set(services["proxy"]["networks"]) & set(services["worker"]["networks"]) == {"inside"}


def test_several_workers_share_one_postgresql(services: dict[str, Any]) -> None:
    worker = services["worker"]

    assert worker["deploy"]["replicas"] == 2
    assert worker["environment"]["XIZE_DATABASE_URL"].startswith("postgresql://")
    assert worker["profiles"] == services["database"]["profiles"] == services["proxy"]["profiles"]


def _compose() -> list[str] | None:
    """How Compose is called here, where it is there at all."""
    ways = (["docker", "compose"], ["docker-compose"])
    here = (way for way in ways if shutil.which(way[0]))
    return next((way for way in here if not subprocess.run([*way, "version"], check=False).returncode), None)


@pytest.mark.parametrize("profile", ["", "several"])
def test_compose_itself_takes_the_file(profile: str) -> None:
    compose = _compose()
    if compose is None:
        pytest.skip("needs docker compose")
    command = [*compose, "-f", str(HOUSE / "compose.yaml"), "--profile", profile, "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_no_secret_stands_in_the_file(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("TOKEN", "PASSWORD", "SECRET", "KEYS")):
                assert value.startswith("${"), name


def test_the_proxy_asks_for_addresses_that_exist_and_hides_the_numbers() -> None:
    caddy = (HOUSE / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert "health_uri /readyz" in caddy
    assert "@inside path /metrics" in caddy
    assert "flush_interval -1" in caddy
