"""The systemd units: they can be read, shut their service in, and name files that agree with each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings
from tests.deploy.dockerfile import HOUSE

DEPLOY = HOUSE / "deploy"
UNITS = ("xize.service", "xize-backup.service", "xize-backup.timer")
MOST_EXPOSED = 20  # tenths of systemd's own measure, of 100
_needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")


class _Unit(ConfigParser):
    """A unit file, whose keys may stand twice."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, interpolation=None, comment_prefixes=("#",))
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read_string((DEPLOY / name).read_text(encoding="utf-8"))


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with programs that are there on every machine."""
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/xize/bin/xize", "/bin/true"), encoding="utf-8")
    return tmp_path


@_needs_systemd
def test_systemd_finds_nothing_wrong(units: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(units / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@_needs_systemd
def test_the_service_is_shut_in(units: Path) -> None:
    done = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}"),
            str(units / "xize.service"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-500:]


def test_it_is_stopped_gently_and_loaded_again_by_a_signal() -> None:
    service = _Unit("xize.service")["Service"]

    assert service["KillSignal"] == "SIGTERM"
    assert int(service["TimeoutStopSec"]) > 10
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert service["ExecStartPre"].endswith("xize preflight")


def test_service_backup_and_litestream_speak_of_the_same_database() -> None:
    paths = set()
    for name in ("xize.service", "xize-backup.service"):
        paths |= set(re.findall(r"sqlite:///(\S+)", (DEPLOY / name).read_text(encoding="utf-8")))
    copied = yaml.safe_load((DEPLOY / "litestream.yml").read_text(encoding="utf-8"))

    assert paths == {copied["dbs"][0]["path"]} == {"/var/lib/xize/xize.db"}


def test_every_setting_that_is_named_is_one() -> None:
    known = {f"XIZE_{name.upper()}" for name in Settings.model_fields}
    outside = {"XIZE_POSTGRES_PASSWORD", "XIZE_DOMAIN", "XIZE_UPSTREAM"}  # of the proxy
    files = [HOUSE / "compose.yaml", HOUSE / "Dockerfile", *DEPLOY.rglob("*.*")]
    named = {name for file in files for name in re.findall(r"XIZE_[A-Z_]+", file.read_text(encoding="utf-8"))}

    assert named - known - outside == set()
