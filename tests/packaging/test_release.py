"""What a release holds, and that it works where nothing of the checkout is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import httpx

from tests.bot.commands.test_serve import free_port
from tests.packaging.conftest import HOUSE, ROOMS, Packages
from tests.waiting import PATIENCE, well


def _files_of_the_rooms() -> set[str]:
    return {
        path.relative_to(HOUSE).as_posix()
        for room in ROOMS
        for path in (HOUSE / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


def _surroundings(**own: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8", **own}


def _said(xize: Path, folder: Path, *arguments: str) -> str:
    """What the installed command prints, asked from a folder that has nothing to do with the checkout."""
    done = subprocess.run(
        [str(xize), *arguments],
        cwd=folder,
        env=_surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE * 4,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- what is inside ----------------------------------------------------------------------------


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(packages: Packages) -> None:
    with zipfile.ZipFile(packages.wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert inside == _files_of_the_rooms()


def test_the_source_distribution_holds_what_the_wheel_is_built_of(packages: Packages) -> None:
    with tarfile.open(packages.source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}

    assert inside >= _files_of_the_rooms() | {"pyproject.toml", "requirements.in", "README.md", "LICENSE"}


def test_the_wheel_says_what_it_needs_and_under_which_licence(packages: Packages) -> None:
    told = _metadata(packages.wheel)
    needed = (HOUSE / "requirements.in").read_text(encoding="utf-8").split()

    assert told["License-Expression"] == "MIT"
    assert told["Requires-Python"] == ">=3.11"
    assert sorted(re.sub(r"\s", "", one) for one in told.get_all("Requires-Dist", ())) == sorted(needed)


# --- that it works -----------------------------------------------------------------------------


def test_the_installed_command_answers_from_anywhere(installed: Path, tmp_path: Path) -> None:
    answer = _said(installed, tmp_path, "ask", "自行组织审核需要几名审核师？")

    assert "4名" in answer
    assert "第二十一条" in answer


def test_the_installed_law_and_rules_are_whole(installed: Path, tmp_path: Path) -> None:
    assert "no problems" in _said(installed, tmp_path, "knowledge", "check")
    assert "no problems" in _said(installed, tmp_path, "rules", "check")


def test_the_installed_code_is_not_the_checkouts(installed: Path, tmp_path: Path) -> None:
    """Else the tests here would show nothing."""
    done = subprocess.run(
        [str(installed.with_name("python")), "-c", "import bot, knowledge; print(bot.__file__)"],
        cwd=tmp_path,
        env=_surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(done.stdout).is_relative_to(installed.parents[1])


def test_the_installed_service_shows_its_page(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "told.txt").open("wb") as told:
        service = subprocess.Popen(
            [str(installed), "serve"],
            cwd=tmp_path,
            env=_surroundings(XIZE_HTTP_PORT=str(port)),
            stdout=told,
            stderr=told,
        )
    try:
        first = well(f"http://127.0.0.1:{port}/", service)
        assert first is not None, f"no page; it ended with {service.poll()}"
        page = first.text
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as browser:
            loaded = [browser.get(sheet).status_code for sheet in sheets]
        assert loaded == [200] * len(loaded) != []
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(timeout=PATIENCE)


def test_a_tag_that_is_not_the_version_builds_nothing(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, HOUSE / "scripts" / "build-release", tmp_path, "--tag", "v0.0.0"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 1
    assert "v0.0.0" in built.stderr
    assert not list(tmp_path.iterdir())
