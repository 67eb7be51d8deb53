"""What the image promises, read from its Dockerfile. ``make image`` carries the steps out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.clean_root import CleanRoot, can_make_roots
from tests.deploy.dockerfile import HOUSE, stages

BUILD, LAST = stages()


def test_the_last_stage_starts_from_a_slim_base_of_its_own() -> None:
    assert BUILD.base == LAST.base
    assert LAST.base.endswith("-slim")
    assert not LAST.name


def test_it_does_not_run_as_root() -> None:
    assert LAST.texts("USER") == ["xize"]
    assert "--uid 10001 xize" in " ".join(LAST.texts("RUN"))


def test_the_last_stage_holds_no_tool_to_build_or_install_with() -> None:
    last = " ".join(LAST.texts("RUN"))
    built = " ".join(BUILD.texts("RUN"))

    assert "pip install" not in last
    assert "pip uninstall --yes pip" in last
    assert "pip uninstall --yes pip setuptools" in built
    for tool in ("gcc", "build-essential", "git", "curl"):
        assert tool not in last.split()


def test_dependencies_are_pinned_by_hash() -> None:
    installs = [text for text in BUILD.texts("RUN") if "pip install" in text]

    assert "--require-hashes" in installs[0]
    assert all("--no-deps" in text for text in installs[1:])


def test_commands_are_in_exec_form_so_that_signals_reach_us() -> None:
    (command,) = [step for step in LAST.steps if step.word == "CMD"]
    (check,) = LAST.texts("HEALTHCHECK")

    assert command.words == ["xize", "serve"]
    assert 'CMD ["python", "-c",' in check
    assert LAST.texts("STOPSIGNAL") == ["SIGTERM"]


def test_no_secret_stands_in_the_image() -> None:
    for stage in (BUILD, LAST):
        for text in (*stage.texts("ENV"), *stage.texts("ARG")):
            assert not any(word in text for word in ("TOKEN", "PASSWORD", "SECRET", "KEY"))


def test_every_file_that_is_copied_is_there_and_let_through() -> None:
    let_through = (HOUSE / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for text in BUILD.texts("COPY"):
        for name in text.split()[:-1]:
            assert (HOUSE / name).exists()
            assert f"!{name}" in let_through


@pytest.mark.skipif(os.environ.get("XIZE_IMAGE") != "1", reason="slow: `make image` runs it")
@pytest.mark.skipif(not can_make_roots(), reason="needs the right to mount: root, and unshare")
def test_the_steps_carried_out_in_a_clean_root_give_a_service(tmp_path: Path) -> None:
    with CleanRoot(tmp_path, BUILD, LAST) as root:
        root.build()
        assert root.health() == 0
        assert not root.has("pip", "gcc")
        assert "Read-only file system" in root.try_to_write("/opt/xize/x")
        assert root.user() == "10001"
        assert root.stop() == 0


def test_the_package_that_is_built_holds_every_data_file(tmp_path: Path) -> None:
    """Files are found by pattern: one of a new kind would be missing in the image and nowhere else."""
    tracked = {
        path.relative_to(HOUSE).as_posix()
        for room in ("bot", "knowledge", "rules_engine", "storage")
        for path in (HOUSE / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    source = tmp_path / "source"
    source.mkdir()
    for name in (*(text for text in BUILD.texts("COPY")),):
        for item in name.split()[:-1]:
            copy = shutil.copytree if (HOUSE / item).is_dir() else shutil.copy
            copy(HOUSE / item, source / item)
    built = tmp_path / "built"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from setuptools import setup; setup()",
            "-q",
            "build",
            "--build-lib",
            str(built),
        ],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    inside = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}

    assert tracked - inside == set()
