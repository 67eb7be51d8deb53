"""The wheel and the source distribution, built once from a copy of the tree, and the wheel installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOMS

HOUSE = Path(__file__).parents[2]
_SOURCE = (*ROOMS, "scripts", "pyproject.toml", "README.md", "LICENSE", "requirements.in")


@dataclass(frozen=True, slots=True)
class Packages:
    """What a release holds."""

    source: Path
    wheel: Path


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Built as a release builds them. The checkout itself stays as it is."""
    folder = tmp_path_factory.mktemp("packages")
    tree = folder / "tree"
    tree.mkdir()
    for name in _SOURCE:
        if (HOUSE / name).is_dir():
            shutil.copytree(HOUSE / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(HOUSE / name, tree / name)
    _run(sys.executable, str(tree / "scripts" / "build-release"), str(folder / "dist"))
    [source] = (folder / "dist").glob("*.tar.gz")
    [wheel] = (folder / "dist").glob("*.whl")
    return Packages(source, wheel)


@pytest.fixture(scope="session")
def installed(packages: Packages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``xize`` of a new environment that holds the wheel.

    The packages that it needs are those of the environment that runs the tests, lent by path: that the locked
    ones install by their hashes is what ``make run`` shows.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    _run(*pip, "install", "--quiet", "--no-index", "--no-deps", str(packages.wheel))
    [site] = home.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return home / "bin" / "xize"


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
