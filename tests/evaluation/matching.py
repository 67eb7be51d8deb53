"""When a reply's text, references and fact values count as the expected ones."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from tests.evaluation.product import Reply
from tests.evaluation.sets import as_list, covers


@functools.cache
def _simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def plain(text: str) -> str:
    """Width, spacing, letter case and script taken away."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return str(_simplified().convert(folded))


def absent(reply: Reply, expected: Iterable[Any]) -> list[str]:
    """The expected texts (or lists of alternatives) of which none stands in the reply."""
    text = plain(reply.get("text") or "")
    return [
        f"says none of {as_list(one)}"
        for one in expected
        if not any(plain(str(alternative)) in text for alternative in as_list(one))
    ]


def present(reply: Reply, unwanted: Iterable[str]) -> list[str]:
    """The texts that must not stand in the reply and do."""
    text = plain(reply.get("text") or "")
    return [f"says {one!r}" for one in unwanted if plain(one) in text]


def cited(reply: Reply) -> list[str]:
    """References of a conversation's reply."""
    return [one["ref"] for one in reply.get("citations") or []]


def reference_faults(reply: Reply, expect: Mapping[str, Any]) -> list[str]:
    """What is wrong with the citations by ``refs_any``, ``refs_all``, ``refs_none``."""
    refs = cited(reply)

    def among(expected: str) -> bool:
        return any(covers(expected, ref) for ref in refs)

    faults = [f"does not cite {one}" for one in expect.get("refs_all", ()) if not among(one)]
    faults += [f"cites {one}" for one in expect.get("refs_none", ()) if among(one)]
    wanted = expect.get("refs_any", ())
    if wanted and not any(among(one) for one in wanted):
        faults.append(f"cites none of {wanted}, but {refs}")
    return faults


def same(name: str, expected: Any, actual: Any) -> bool:
    """Whether a fact's value is the expected one; see the head of utterances.yaml for the loose forms."""
    if isinstance(expected, dict) and "oneof" in expected:
        return any(same(name, one, actual) for one in expected["oneof"])
    if isinstance(expected, dict) and "loose" in expected:
        return isinstance(actual, dict)
    if isinstance(expected, dict) and "loose_or" in expected:
        return isinstance(actual, dict) or actual in expected["loose_or"]
    if name == "industry":
        return any(plain(one) in plain(str(actual)) for one in as_list(expected))
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    return bool(expected == actual)
