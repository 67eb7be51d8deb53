"""``make audit``: known holes in the pinned dependencies, by pip-audit. Where no advisory service can be
reached, or it does not know a package, this says so instead of passing in silence; with
XIZE_REQUIRE_AUDIT=1, as on every push and tag, an audit that could not be made is a failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FILES = ("requirements.txt", "requirements-dev.txt")
_PATIENCE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Audit:
    """What is known of one file's packages."""

    holes: tuple[str, ...]  # "name version: advisory, mended in …"
    unknown: tuple[str, ...]  # packages that the service does not know
    looked_up: int

    @property
    def made(self) -> bool:
        """Whether anything was looked up at all."""
        return self.looked_up > 0


def read(report: Mapping[str, Any]) -> Audit:
    """pip-audit's JSON, read."""
    packages = report["dependencies"]
    holes = tuple(
        f"{package['name']} {package['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no release yet'}"
        for package in packages
        for hole in package.get("vulns", ())
    )
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Audit(holes, unknown, len(packages) - len(unknown))


def ask(file: str) -> Audit | None:
    """The audit of a file; None where the service cannot be reached."""
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "pip_audit",
                "--disable-pip",
                "--require-hashes",
                "--progress-spinner=off",
            ),
            *("--format", "json", "--requirement", file),
        ],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return read(json.loads(done.stdout)) if done.stdout.startswith("{") else None


def told(file: str, audit: Audit | None) -> str:
    """One file's audit in words."""
    if audit is None or not audit.made:
        return f"{file}: NOT AUDITED, no advisory service could be reached from here"
    lines = [f"{file}: {audit.looked_up} packages looked up, {len(audit.holes)} with known holes"]
    if audit.unknown:
        lines.append(f"  not known to the service: {', '.join(audit.unknown)}")
    return "\n".join([*lines, *(f"  {hole}" for hole in audit.holes)])


def fails(audit: Audit | None, *, required: bool) -> bool:
    """Whether a hole is known, or there is no audit where one is required."""
    if audit is None or not audit.made:
        return required
    return bool(audit.holes)


def main() -> int:
    """Audit all files; 1 when one fails."""
    required = os.environ.get("XIZE_REQUIRE_AUDIT") == "1"
    failed = False
    for file in FILES:
        audit = ask(file)
        print(told(file, audit))  # noqa: T201 - a command
        failed = fails(audit, required=required) or failed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
