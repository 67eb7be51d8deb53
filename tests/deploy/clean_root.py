"""The Dockerfile's steps carried out where there is no container engine: in a root directory of our own, made
of mounts that only its processes see, with the absolute paths that the steps name.

What it cannot do: the base image is this machine's system (its Python in place of the slim image's), packages
of the system are not installed (``apt-get``), and dependencies are those of the environment that runs the
tests; that they install is what ``make run`` shows.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from types import TracebackType

from tests.deploy.dockerfile import HOUSE, Stage

_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr")
_ENVIRONMENT = "/mnt/environment"  # the packages that run the tests …
_DEPENDENCIES = "/mnt/dependencies"  # … and of them what the image would have
_PATIENCE = 60  # seconds: a limit for broken machines, not a measurement
_STOP_WITHIN = 10
_USER = "10001"
_HAS_PYTHON = shutil.which("python", path=f"{sys.base_prefix}/bin") is not None  # Debian says python3


def can_make_roots() -> bool:
    """Whether this machine lets us mount."""
    tools = all(map(shutil.which, ("unshare", "chroot", "setpriv", "mount")))
    return tools and os.geteuid() == 0 and not subprocess.run(["unshare", "--mount", "true"]).returncode


class CleanRoot:
    """A root directory as the image's would be, and its service."""

    def __init__(self, folder: Path, build: Stage, last: Stage) -> None:
        self.root = folder / "root"
        self._folder = folder
        self._build = build
        self._last = last
        self._environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
        }
        self._place = "/"
        self._service: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])

    def __enter__(self) -> CleanRoot:
        for name in (
            "etc",
            "dev",
            "proc",
            "tmp",
            "opt",
            "srv",
            "build",
            "mnt/dependencies",
            "mnt/environment",
        ):
            (self.root / name).mkdir(parents=True)
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if entry.name != "pip" and not entry.name.startswith("pip-"):  # the image has its own for a while
                (self.root / _DEPENDENCIES.lstrip("/") / entry.name).symlink_to(
                    f"{_ENVIRONMENT}/{entry.name}"
                )
        for name in _SYSTEM:
            there = Path("/", name)
            if there.is_symlink():
                (self.root / name).symlink_to(there.readlink())
            elif there.is_dir():
                (self.root / name).mkdir()
        for name in ("passwd", "group", "shadow", "nsswitch.conf", "hosts", "resolv.conf", "login.defs"):
            if Path("/etc", name).exists():
                shutil.copy(Path("/etc", name).resolve(), self.root / "etc" / name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._service is not None and self._service.poll() is None:
            os.killpg(self._service.pid, signal.SIGKILL)
            self._service.wait()

    def build(self) -> None:
        """Carry out both stages and start the service as the last one's user."""
        for step in self._build.steps:
            self._carry_out(step.word, step.text)
        self._place = "/"
        for step in self._last.steps:
            self._carry_out(step.word, step.text)
        shutil.rmtree(self.root / "build")  # the first stage's files are not in the image
        self._start()

    def _carry_out(self, word: str, text: str) -> None:
        if word == "WORKDIR":
            self._place = text
            (self.root / text.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif word == "COPY" and not text.startswith("--from"):
            self._copy(*text.split())
        elif word == "ENV":
            for pair in shlex.split(text):
                name, _, value = pair.partition("=")
                self._environment[name] = value.replace("$PATH", self._environment["PATH"])
        elif word == "RUN":
            self._run(text)

    def _copy(self, *words: str) -> None:
        target = self.root / self._place.lstrip("/") / words[-1]
        for name in words[:-1]:
            if (HOUSE / name).is_dir():
                shutil.copytree(HOUSE / name, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(HOUSE / name, target)

    def _run(self, text: str) -> None:
        if "apt-get" in text:
            return  # see the module's docstring
        if "--require-hashes" in text:
            version = f"python{sys.version_info.major}.{sys.version_info.minor}"
            pointer = self.root / "opt/xize/lib" / version / "site-packages/dependencies.pth"
            # Before what venv brought along: pip would have replaced it by the pinned versions.
            pointer.write_text(f"import sys; sys.path.insert(0, {_DEPENDENCIES!r})", encoding="utf-8")
            return
        done = self._inside(["sh", "-ec", text if _HAS_PYTHON else text.replace("python -m", "python3 -m")])
        assert not done.returncode, f"{text}\n{done.stdout}\n{done.stderr}"

    def _inside(
        self, command: list[str], *, user: str = "", read_only: bool = False
    ) -> subprocess.CompletedProcess[str]:
        entered = self._entered(command, user=user, read_only=read_only)
        return subprocess.run(entered, capture_output=True, text=True, timeout=_PATIENCE, check=False)

    def _entered(self, command: list[str], *, user: str = "", read_only: bool = False) -> list[str]:
        """The command in the root, which only it sees put together."""
        root = shlex.quote(str(self.root))
        mounts = [f"mount --bind {root} {root}"]
        mounts += [
            f"mount --bind -o ro /{name} {root}/{name}"
            for name in _SYSTEM
            if Path("/", name).is_dir() and not Path("/", name).is_symlink()
        ]
        if sys.base_prefix != "/usr":
            # A Python that is not the system's stands where the image has its own, and where it was built
            # for: it looks for its library there.
            for place in ("/usr/local", sys.base_prefix):
                mounts.append(f"mkdir -p {root}{place} && mount --bind -o ro {sys.base_prefix} {root}{place}")
        mounts += [
            f"mount --bind -o ro {sysconfig.get_path('purelib')} {root}{_ENVIRONMENT}",
            f"mount --rbind /dev {root}/dev",
            f"mount --rbind /proc {root}/proc",
            f"mount -t tmpfs tmpfs {root}/tmp",  # noqa: S108 - the root's own
            f"mount --bind {root}/srv {root}/srv",
        ]
        if read_only:
            mounts += [
                f"mount --bind {root}/srv/data {root}/srv/data",
                f"mount -o remount,bind,ro {root}/srv",
                f"mount -o remount,bind,ro {root}",
            ]
        switch = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"]
        inside = [
            *(switch if user else []),
            *("env", "-i", *(f"{name}={value}" for name, value in self._environment.items())),
            *("sh", "-c", f'cd {self._place} && exec "$@"', "sh", *command),
        ]
        script = "\n".join([*mounts, f"exec chroot {root} {shlex.join(inside)}"])
        return ["unshare", "--mount", "sh", "-ec", script]

    # --- the service -----------------------------------------------------------------------------

    def _start(self) -> None:
        (command,) = [step for step in self._last.steps if step.word == "CMD"]
        self._environment["XIZE_HTTP_PORT"] = str(self._port)
        self._service = subprocess.Popen(
            self._entered(command.words, user=_USER, read_only=True), start_new_session=True
        )

    def health(self) -> int:
        """The exit code of the image's health check, once it is well or patience is over."""
        (check,) = self._last.texts("HEALTHCHECK")
        command = json.loads(check.partition("CMD ")[2])
        end = time.monotonic() + _PATIENCE
        while (code := self._inside(command, user=_USER).returncode) and time.monotonic() < end:
            assert self._service is not None
            assert self._service.poll() is None, "the service ended by itself"
            time.sleep(0.2)
        return code

    def has(self, *tools: str) -> bool:
        """Whether the product's own environment holds one of these programs."""
        return any((self.root / "opt/xize/bin" / tool).exists() for tool in tools)

    def try_to_write(self, path: str) -> str:
        """What the system says when the service's user writes there."""
        return self._inside(["sh", "-c", f"echo x > {path}"], user=_USER, read_only=True).stderr

    def user(self) -> str:
        """The number of the user that the service runs as."""
        assert self._service is not None
        status = Path(f"/proc/{self._service.pid}/status").read_text(encoding="utf-8")
        return next(line.split()[1] for line in status.splitlines() if line.startswith("Uid:"))

    def stop(self) -> int:
        """Ask it to stop as the engine does; the exit code."""
        assert self._service is not None
        (number,) = self._last.texts("STOPSIGNAL")
        self._service.send_signal(signal.Signals[number])
        return self._service.wait(timeout=_STOP_WITHIN)
