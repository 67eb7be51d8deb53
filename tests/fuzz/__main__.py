"""``make fuzz``: every target for a bounded time under atheris, in a throwaway environment beside ours."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.seeds import examples
from tests.fuzz.targets import TARGETS

HOUSE = Path(__file__).parents[2]
LONGEST = 4_000  # bytes of an input
MEMORY = 1_500  # megabytes that a target may use
_HANG = 20  # seconds after which libFuzzer itself calls an input a hang


def environment(folder: Path) -> Path | None:
    """A Python with atheris that sees our packages too; None where atheris cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pinned = ("--require-hashes", "--requirement", str(HOUSE / "requirements-fuzz.txt"))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", *pinned], check=False
    )
    return python if done.returncode == 0 else None


def fuzz(python: Path, name: str, seconds: int, folder: Path) -> bool:
    """Fuzz one target; whether nothing was found. What was found is kept as ``crash-…`` in the folder."""
    corpus = folder / name
    corpus.mkdir()
    for number, example in enumerate(examples()):
        (corpus / f"seed{number}").write_bytes(example)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-timeout={_HANG}",
        f"-artifact_prefix={HOUSE / 'data'}/fuzz-{name}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    done = subprocess.run(
        [python, "-m", "tests.fuzz.harness", name, *options, corpus],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    runs = [
        line.rpartition(" ")[2] for line in done.stderr.splitlines() if "number_of_executed_units" in line
    ]
    verdict = "FOUND" if done.returncode else "nothing found"
    print(f"{name:18}{runs[0] if runs else '?':>10} inputs  {verdict}", flush=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-1500:], sep="\n")
    return not done.returncode


def main() -> int:
    """Fuzz what is named, or everything; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    chosen = parser.parse_args()
    (HOUSE / "data").mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="xize-fuzz-") as folder:
        python = environment(Path(folder) / "environment")
        if python is None:
            print("atheris cannot be installed here; `XIZE_FUZZ_EXAMPLES=2000 make test` looks without it")
            return 1
        corpora = Path(folder)
        names = chosen.targets or list(TARGETS)
        found = [name for name in names if not fuzz(python, name, chosen.seconds, corpora)]
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
