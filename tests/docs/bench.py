"""A place where commands of the documents are tried: a folder of its own with what they name in it, and
``xize`` on the path, which is the code under test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook

from tests.bot.commands.test_serve import free_port
from tests.conftest import ROOMS
from tests.docs.pages import HOUSE
from tests.waiting import PATIENCE, well

_SHIM = '#!/bin/sh\nexport PYTHONPATH="{path}"\nexec "{python}" {arguments} "$@"\n'
_ROSTER = (
    ("姓名", "学历", "专业", "审核师证书", "社保月数", "职称"),
    ("甲", "本科", "环境工程", "国家", 24, "高级工程师"),
    ("乙", "大专", "给排水", "广东省", 11, ""),
)
_LIST = (
    ("企业名称", "统一社会信用代码", "区", "行业", "类型"),
    ("深圳市宏达电镀有限公司", "91440300MA5DA1234H", "宝安区", "电镀", "强制"),
)


class Bench:
    """A folder, its environment, and what was printed in it so far."""

    def __init__(self, folder: Path, *, copy: bool = False) -> None:
        """With ``copy`` the rooms are copied into it, so that commands may change them."""
        self.folder = folder
        self.port = free_port()
        self._tools(folder / ".venv" / "bin")
        for name in ("docs", "deploy", "requirements.txt"):
            (folder / name).symlink_to(HOUSE / name)
        for room in ROOMS if copy else ():
            shutil.copytree(HOUSE / room, folder / room)  # with what is compiled of it
        _workbook(folder / "list.xlsx", _LIST)
        _workbook(folder / "roster.xlsx", _ROSTER)
        shutil.copy(HOUSE / "docs" / "walk" / "rules.txt", folder / "rules.txt")
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XIZE_")},
            "PATH": f"{folder / '.venv' / 'bin'}:{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XIZE_HTTP_PORT": str(self.port),
        }

    def _tools(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        for name, arguments in (("xize", "-P -m bot"), ("python", "-P")):
            shim = _SHIM.format(python=sys.executable, path=f"{self.folder}:{HOUSE}", arguments=arguments)
            (folder / name).write_text(shim, encoding="utf-8")
            (folder / name).chmod(0o755)

    def run(self, command: str) -> str:
        """What a command printed. Fails when it ends with an error."""
        done = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{command}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 4,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def serve(self, command: str) -> int:
        """The status with which a command that goes on says that it is ready; it is stopped then."""
        process = subprocess.Popen(
            ["bash", "-c", f"exec env {command.removesuffix('&')}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            answer = well(f"http://127.0.0.1:{self.port}/readyz", process)
            assert answer is not None, f"not served; it ended with {process.poll()}"
            return answer.status_code
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _workbook(path: Path, rows: tuple[tuple[str | int, ...], ...]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
