"""A Dockerfile as a list of stages and steps, read as far as ours goes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: ``RUN``, its text with continued lines joined."""

    word: str
    text: str

    @property
    def words(self) -> list[str]:
        """The exec form's words. Raises ValueError for the shell form."""
        return list(json.loads(self.text))


@dataclass(slots=True)
class Stage:
    """What stands after one FROM."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def texts(self, word: str) -> list[str]:
        """The texts of all instructions of a kind."""
        return [step.text for step in self.steps if step.word == word]


def stages(path: Path = HOUSE / "Dockerfile") -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    found: list[Stage] = []
    for step in _steps(path.read_text(encoding="utf-8")):
        if step.word == "FROM":
            base, _, name = step.text.partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append(step)
    return found


def _steps(text: str) -> list[Step]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [Step(*line.split(None, 1)) for line in joined.splitlines()]
